"""The page of the data model: every table with its columns, in the words of the models."""

from __future__ import annotations

from collections.abc import Iterator

from .rooms import subject
from .tables import Column, Table, all_tables

_HEAD = """\
# Data model

```{image} ../images/data-model.svg
:alt: Each room's tables in a frame of their own, with arrows to the tables that they belong to.
:width: 100%
```

Picture and page are made from the models by `make drawings`; a check fails when one of them is no longer true. What a
room keeps about a thing of a higher room, it keeps by a UUID or the key of a block or course run. `Work` is a person's
dealing with one assignment over all its rounds: the [glossary](glossary.md) has the other words.
What an erasure does to each table stands in [Personal data](privacy.md).
"""
_HOUSES = {"iciinsmes": "The add-on", "iciinsmes_campus": "The campus"}


def data_model_page() -> str:
    """Return the page as Markdown."""
    parts = [_HEAD]
    for name, rooms in all_tables().items():
        parts.append(f"## {_HOUSES[name]}\n")
        for room, tables in rooms.items():
            parts.append(f"### `{room}`\n\n{subject(name, room)}.\n")
            for table in tables:
                parts += _table(table)
    return "\n".join(parts).rstrip() + "\n"


def _table(table: Table) -> Iterator[str]:
    yield f"#### {table.name}\n"
    yield from (f"{paragraph}\n" for paragraph in table.words)
    if table.personal:
        yield f"Personal data: {table.personal}.\n"
    yield "| column | holds | |\n|---|---|---|"
    yield from (_column(column) for column in table.columns)
    yield ""
    if table.rules:
        yield f"{_first_large('; '.join(table.rules))}.\n"


def _column(column: Column) -> str:
    holds = f"link to {column.points_to}" if column.points_to else column.kind
    goes = ["goes with it"] if column.owned else []
    note = ", ".join([*goes, *([column.note] if column.note else [])])
    return f"| `{column.name}` | {holds} | {note.replace('|', chr(92) + '|')} |"


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]
