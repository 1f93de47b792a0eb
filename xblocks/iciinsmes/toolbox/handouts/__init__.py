"""Template files to fill in, which the intake reads back: what stands in them, as text and as a spreadsheet."""
