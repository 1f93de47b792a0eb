"""Who saw and changed what: one line a deed, never changed afterwards."""
