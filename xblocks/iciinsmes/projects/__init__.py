"""Company development projects: what a firm changes for its customers, from the trigger to what has come of it."""
