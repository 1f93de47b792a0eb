"""The folder and the database of this campus: private, used by one campus at a time, and belonging together."""
