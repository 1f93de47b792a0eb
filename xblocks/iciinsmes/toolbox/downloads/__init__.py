"""Template files to fill in, which are read back: what stands in them, as text and as a spreadsheet."""
