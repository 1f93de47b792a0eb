"""One run of an instrument, the rows of its demo, and results as JSON."""
