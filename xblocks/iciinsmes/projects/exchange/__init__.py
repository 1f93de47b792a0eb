"""A project out of the site and into another one: as tables for a spreadsheet, and as a file that says everything."""
