"""One person's data as a whole: handed out, erased, kept no longer than needed; and the trail to read."""
