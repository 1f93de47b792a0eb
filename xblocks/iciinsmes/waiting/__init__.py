"""What waits for whom: one table for every kind of thing that somebody has to act on."""
