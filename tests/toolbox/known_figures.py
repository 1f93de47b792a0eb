"""The figures of the demo data as they are known to be right, one file an instrument.

``python -m tests.toolbox.known_figures`` writes them anew, for a change that is meant; the commit says why.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from iciinsmes.toolbox import api
from iciinsmes.toolbox.data import ENGLISH, Instrument, Language, Result, Table, Text, Value, show

FOLDER = Path(__file__).with_name("known")

#: Other machines sum in another order; nobody reads the tenth decimal.
DIGITS = 9


def known(instrument: Instrument) -> dict[str, Any]:
    """What was written down for an instrument."""
    entries: dict[str, Any] = json.loads(_file(instrument).read_text(encoding="utf-8"))
    return entries


def figures_of(instrument: Instrument, table: Table, language: Language = ENGLISH) -> dict[str, Any]:
    """What an instrument makes of a table: place of each number to the number, with the options of the demo."""
    options = api.demo_options(instrument=instrument, language=language)
    return dict(_entries(api.run(instrument=instrument, table=table, options=options)))


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Name what is no longer as it was."""
    places = [*before, *(place for place in after if place not in before)]
    return [
        f"{place}: {before.get(place, 'nothing')} became {after.get(place, 'nothing')}"
        for place in places
        if before.get(place, "nothing") != after.get(place, "nothing")
    ]


def _entries(result: Result) -> Iterator[tuple[str, Any]]:
    yield "n", result.n
    yield "verdict", f"{result.verdict.level.value} {result.verdict.key}"
    yield "sentence", show(result.verdict.text)
    for figure in result.figures:
        yield f"figure {figure.key}", [_plain(value) for value in (figure.value, figure.low, figure.high, figure.n)]
    for table in result.tables:
        yield f"table {table.key}", [heading.key for heading in table.headings]
        for number, row in enumerate(table.rows, 1):
            yield f"table {table.key} row {number}", [_plain(cell) for cell in row]
    for condition in result.conditions:
        yield f"condition {condition.key}", condition.met
    for estimate in result.estimates:
        yield f"estimate {estimate.key}", _plain(estimate.answer)
    for question in result.questions:
        yield f"question {question.key}", [_plain(answer.text) for answer in question.answers if answer.right]


def _plain(value: Value | Text) -> str | int | float | bool | None:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    return show(value) if isinstance(value, Text) else value if not hasattr(value, "isoformat") else value.isoformat()


def _file(instrument: Instrument) -> Path:
    return FOLDER / f"{instrument.code}.json"


def _write(instrument: Instrument) -> None:
    entries = figures_of(instrument, api.demo_table(instrument=instrument))
    lines = (f"  {json.dumps(place)}: {json.dumps(entry, ensure_ascii=False)}" for place, entry in entries.items())
    _file(instrument).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    for each in api.all_instruments():
        _write(each)
