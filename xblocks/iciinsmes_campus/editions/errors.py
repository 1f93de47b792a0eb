"""What can be wrong with the sources of a course, its catalogues or the edition of a country."""

from __future__ import annotations


class EditionError(Exception):
    """An edition cannot be made; the message names file and place for the person who wrote it."""


class UnreadableSource(EditionError):
    """A file of the course is not what its name says."""


class UnreadableCatalogue(EditionError):
    """A catalogue of translations cannot be read."""


class UnreadableCountry(EditionError):
    """The file of a country's edition cannot be read or names what the course does not have."""
