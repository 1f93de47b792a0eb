"""English of European readers: day before month, 24 hours."""
