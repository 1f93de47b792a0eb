"""From whatever a company's programs write to clean rows of an instrument, with nothing dropped in silence.

The way of a table: `files` makes a sheet of raw cells, `tidying` takes out what is no data, `columns` tells which
column is which, `people` keeps names out, `cells` says what a cell means in the words of `languages`, and `rows` puts
it together.
"""
