"""What the rows of the invented firms say in other languages than English: words only, without arithmetic.

A table of words has for each language what it says for an English word of the rows. Numbers, days and keys stand in the
instrument, once for all languages.
"""
