"""One run of an instrument, and its result as JSON."""
