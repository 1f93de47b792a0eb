"""Clean rows for an instrument, and what is said about those that do not fit."""
