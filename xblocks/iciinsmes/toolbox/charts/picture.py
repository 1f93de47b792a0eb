"""What every drawing starts from: a chart, its table, and the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from iciinsmes.lib.drawing import WIDTH
from iciinsmes.toolbox.instruments.framework import Cell, Chart, Heading, Language, ResultTable, show, show_value

#: More rows would be unreadable on a phone; the table has them all.
MAX_ROWS = 20


@dataclass(frozen=True)
class Picture:
    """A chart with the numbers it shows, and how wide it is drawn.

    Columns are named by their keys, or left out with an empty one.
    """

    chart: Chart
    table: ResultTable
    language: Language
    width: float = WIDTH

    @property
    def title(self) -> str:
        """The name of the chart."""
        return show(self.chart.title, self.language)

    def labels(self, key: str = "") -> list[str]:
        """Return the names of the rows."""
        return [self.shown(key or self.chart.label, cell) for cell in self.table.column(key or self.chart.label)]

    def numbers(self, key: str) -> list[float | None]:
        """Return a column of numbers; None where there is none."""
        if not key:
            return [None] * len(self.table.rows)
        return [float(cell) if isinstance(cell, int | float) else None for cell in self.table.column(key)]

    def emphasis(self) -> list[bool]:
        """Tell for each row whether it is marked."""
        key = self.chart.emphasis
        return [cell is True for cell in self.table.column(key)] if key else [False] * len(self.table.rows)

    def heading(self, key: str) -> str:
        """Return the title of a column."""
        return show(self._heading(key).title, self.language)

    def shown(self, key: str, value: Cell) -> str:
        """Write a value as the table does."""
        heading = self._heading(key)
        return show_value(value, heading.unit, heading.decimals, self.language)

    def _heading(self, key: str) -> Heading:
        return self.table.headings[self.table.place(key)]
