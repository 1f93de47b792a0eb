"""Clean rows, as an instrument gets them: whole columns, already of the right type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

#: What a cell holds once it was read; None where an optional cell is empty.
Value = str | int | float | bool | date | None


@dataclass(frozen=True)
class Table:
    """Rows by column: each column a tuple, all of the same length.

    Ten thousand rows are a handful of tuples instead of ten thousand dictionaries. Optional columns that the learner
    does not have are missing here, and read as if every cell were empty.
    """

    columns: Mapping[str, tuple[Value, ...]]
    length: int

    @staticmethod
    def of(keys: Sequence[str], rows: Iterable[Sequence[Value]]) -> Table:
        """Make a table of rows whose values follow ``keys``."""
        turned = list(zip(*rows, strict=True)) or [() for _key in keys]
        return Table(dict(zip(keys, turned, strict=True)), len(turned[0]) if turned else 0)

    def __len__(self) -> int:
        return self.length

    def has(self, key: str) -> bool:
        """Tell whether a column is there and holds anything."""
        return any(value is not None and value != "" for value in self.columns.get(key, ()))

    def texts(self, key: str) -> Sequence[str]:
        """Return the words of a column, empty where there are none."""
        return [str(value) if value is not None else "" for value in self._column(key)]

    def numbers(self, key: str) -> Sequence[float]:
        """Return the numbers of a required column."""
        return cast("Sequence[float]", self._column(key))

    def integers(self, key: str) -> Sequence[int]:
        """Return the whole numbers of a required column, or of a choice whose values are whole numbers."""
        return cast("Sequence[int]", self._column(key))

    def dates(self, key: str) -> Sequence[date]:
        """Return the days of a required column."""
        return cast("Sequence[date]", self._column(key))

    def maybe_numbers(self, key: str) -> Sequence[float | None]:
        """Return the numbers of an optional column, None where there are none."""
        return cast("Sequence[float | None]", self._column(key))

    def maybe_dates(self, key: str) -> Sequence[date | None]:
        """Return the days of an optional column, None where there are none."""
        return cast("Sequence[date | None]", self._column(key))

    def maybe_flags(self, key: str) -> Sequence[bool | None]:
        """Return yes and no of an optional column, None where there is neither."""
        return cast("Sequence[bool | None]", self._column(key))

    def _column(self, key: str) -> Sequence[Value]:
        return self.columns.get(key) or (None,) * self.length


@dataclass(frozen=True)
class Settings:
    """The options of one run, complete and of the right type."""

    values: Mapping[str, Value]

    def text(self, key: str) -> str:
        """Return a word or a choice; empty if not given."""
        return str(self.values[key] or "")

    def yes(self, key: str) -> bool:
        """Tell whether a switch is on."""
        return self.values[key] is True

    def number(self, key: str) -> float:
        """Return a number that has a default."""
        return float(cast("float", self.values[key]))

    def maybe_number(self, key: str) -> float | None:
        """Return a number, or None if it was not given."""
        return cast("float | None", self.values[key])

    def maybe_date(self, key: str) -> date | None:
        """Return a day, or None if it was not given."""
        return cast("date | None", self.values[key])
