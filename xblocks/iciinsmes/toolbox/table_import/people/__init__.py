"""Keeping people out of the data: columns that name them, and names within sentences."""
