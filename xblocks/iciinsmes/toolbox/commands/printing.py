"""What was understood of a table and what came out, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iciinsmes.toolbox.data import ImportedTable, Result, ResultTable, RowProblem, TakenColumn, by_kind
from iciinsmes.toolbox.instruments.framework import show, show_value

#: More lines about the same thing tell nothing new.
_MOST_LINES = 20


def printed_intake(taken: Sequence[TakenColumn], intake: ImportedTable) -> Iterator[str]:
    """Yield which column was taken for what, how many rows are used, and why others are not."""
    for entry in taken:
        yield _taken(entry)
        if entry.rivals:
            yield _rivals(entry)
    if taken:
        left_out = len(intake.rows_left_out)
        yield f"Rows used: {intake.rows_used}" + (f", left out: {left_out}" if left_out else "")
    yield from _problems(intake.problems)
    yield from map(show, intake.notes)
    if taken:
        yield ""


def _taken(entry: TakenColumn) -> str:
    cells = f": {', '.join(entry.cells)} …" if entry.cells else ""
    return f"{show(entry.column.title)} ({entry.column.key}) is column {entry.number}, “{entry.heading}”{cells}"


def _rivals(entry: TakenColumn) -> str:
    names = ", ".join(f"{number}, “{heading}”" for number, heading in entry.rivals)
    change = f"--column {entry.column.key}={entry.rivals[0][0]}"
    return f"  It could also be column {names}. To change it: {change}"


def _problems(problems: Sequence[RowProblem]) -> Iterator[str]:
    """Yield a line for each thing that is wrong, those of one kind together: the first, and how many more there are."""
    for kind in by_kind(problems):
        for same in kind[:_MOST_LINES]:
            word = "line" if same.count == 1 else "lines"
            yield f"{word} {same.lines}, {show(same.column)}: {show(same.text)}"
        if more := sum(same.count for same in kind[_MOST_LINES:]):
            yield f"and {more} more lines of this kind"


def printed_result(result: Result) -> Iterator[str]:
    """Yield the verdict, the figures, the tables and the notes of a result."""
    yield f"{result.verdict.level.upper()}: {show(result.verdict.text)}"
    yield ""
    for figure in result.figures:
        line = f"{show(figure.title)}: {show_value(figure.value, figure.unit, figure.decimals)}"
        if figure.low is not None and figure.high is not None:
            low, high = (show_value(end, figure.unit, figure.decimals) for end in (figure.low, figure.high))
            line += f" ({low} to {high})"
        yield line + (f", n = {figure.n}" if figure.n is not None else "")
    for table in result.tables:
        yield ""
        yield from _table(table)
    for text in (*result.notes, *(condition.text for condition in result.conditions if not condition.met)):
        yield ""
        yield show(text)


def _table(table: ResultTable) -> Iterator[str]:
    rows = [[show(heading.title) for heading in table.headings]]
    rows += [
        [show_value(cell, heading.unit, heading.decimals) for heading, cell in zip(table.headings, row, strict=True)]
        for row in table.rows
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield show(table.title)
    for row in rows:
        yield "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
