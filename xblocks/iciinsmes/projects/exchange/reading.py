"""A file from outside, read with mistrust: every value is looked at, and what is wrong is named with its place."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from iciinsmes.evidence.data import MEGABYTE
from iciinsmes.lib.untrusted import read_json

from .take_out import FORMAT, VERSION

#: Bytes of a file that is read; a project with a year of entries is a tenth of it.
MOST_BYTES = 5 * MEGABYTE
#: What the file is called in a bundle with tables.
JSON_NAME = "project.json"
_YEARS = range(1990, 2100)


class BadFile(Exception):
    """The file is none that can be brought in: ``place`` is where in it, ``why`` is for the person."""

    def __init__(self, why: str | Promise, place: str = "") -> None:
        self.why = str(why)
        self.place = place
        super().__init__(f"{place}: {why}")


class Value:
    """A value of the file with the place where it stands."""

    def __init__(self, value: Any, place: str = "") -> None:
        self.value = value
        self.place = place

    def bad(self, why: str | Promise) -> BadFile:
        """Return the error that names this place."""
        return BadFile(why, self.place)

    def at(self, key: str) -> Value:
        """Return the value under a key; None where there is none."""
        if not isinstance(self.value, dict):
            raise self.bad(_("Something else was expected here."))
        return Value(self.value.get(key), f"{self.place} → {key}" if self.place else key)

    def each(self, most: int) -> Iterator[Value]:
        """Return the values of a list, counted from 1 in their places."""
        if not isinstance(self.value, list):
            raise self.bad(_("A list was expected here."))
        if len(self.value) > most:
            raise self.bad(_("These are too many; %(most)d are possible.") % {"most": most})
        return (Value(each, f"{self.place} {number}") for number, each in enumerate(self.value, 1))

    def text(self, most: int) -> str:
        """Return a text without signs that no database keeps."""
        if not isinstance(self.value, str):
            raise self.bad(_("A text was expected here."))
        if len(self.value) > most:
            raise self.bad(_("This is too long."))
        return self.value.replace("\x00", "")

    def choice(self, values: Collection[str]) -> str:
        """Return one of these words."""
        if not isinstance(self.value, str) or self.value not in values:
            raise self.bad(_("“%(value)s” is not known here.") % {"value": str(self.value)[:40]})
        return self.value

    def number(self, least: int, most: int) -> int:
        """Return a whole number within bounds."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or not least <= self.value <= most:
            raise self.bad(_("A whole number was expected here."))
        return self.value

    def yes_no(self) -> bool:
        """Return whether it is so."""
        if not isinstance(self.value, bool):
            raise self.bad(_("Yes or no was expected here."))
        return self.value

    def id(self) -> UUID:
        """Return an id."""
        try:
            return UUID(str(self.value))
        except ValueError:
            raise self.bad(_("An id was expected here.")) from None

    def day(self) -> date:
        """Return a day."""
        try:
            found = date.fromisoformat(str(self.value))
        except ValueError:
            raise self.bad(_("A day was expected here.")) from None
        if found.year not in _YEARS:
            raise self.bad(_("The year cannot be right."))
        return found

    def moment(self) -> datetime:
        """Return a moment with its zone."""
        try:
            found = datetime.fromisoformat(str(self.value))
            found = found.astimezone(UTC) if found.tzinfo else found
        except (ValueError, OverflowError):
            raise self.bad(_("A moment was expected here.")) from None
        if found.tzinfo is None or found.year not in _YEARS:
            raise self.bad(_("A moment was expected here."))
        return found

    def mapping(self) -> Mapping[str, Any]:
        """Return what stands here under names."""
        if not isinstance(self.value, dict):
            raise self.bad(_("Something else was expected here."))
        return self.value

    @property
    def is_there(self) -> bool:
        """Whether there is anything."""
        return self.value is not None


def opened(content: bytes) -> Value:
    """Return what a file says: the JSON of a project, alone or in the bundle with its tables.

    Raises:
        BadFile: it is no such file, or larger than `MOST_BYTES`.
    """
    if len(content) > MOST_BYTES:
        raise BadFile(
            _("The file is larger than %(size)d MB. If it is a bundle, unpack it and choose “project.json” out of it.")
            % {"size": MOST_BYTES // MEGABYTE}
        )
    text = _from_bundle(content) if content.startswith(b"PK\x03\x04") else content
    try:
        found = read_json(text.decode("utf-8-sig"))
        # Halves of signs are text to JSON and to no database.
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise BadFile(_("This file cannot be read. Is it the one that was saved as “project.json”?")) from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BadFile(_("This is not the file of a project."))
    if found.get("version") != VERSION:
        raise BadFile(_("The file comes from another version, which this site cannot read."), "version")
    return Value(found)


def _from_bundle(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as bundle, bundle.open(JSON_NAME) as inside:
            text = inside.read(MOST_BYTES + 1)
    except (KeyError, OSError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error):
        raise BadFile(_("This file cannot be read. Is it the one that was saved as “project.json”?")) from None
    if len(text) > MOST_BYTES:
        raise BadFile(_("The file is too large."))
    return text
