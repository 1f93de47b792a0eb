"""Which column of a sheet is which of an instrument, and what its cells are worth."""
