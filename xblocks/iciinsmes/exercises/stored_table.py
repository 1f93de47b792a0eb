"""Clean rows and options as they are stored: words, numbers, yes and no, and days as ISO 8601."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from typing import Any

from iciinsmes.toolbox.data import Instrument, Table, Value, value_from_json, value_to_json


def pack(table: Table) -> bytes:
    """Return a table as compressed JSON; the same table gives the same bytes."""
    columns = {key: [value_to_json(value) for value in values] for key, values in table.columns.items()}
    text = json.dumps({"length": len(table), "columns": columns}, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=6, mtime=0)


def unpack(instrument: Instrument, content: bytes) -> Table:
    """Return the table that `pack` wrote; columns that the instrument does not have any more are left out."""
    data = json.loads(gzip.decompress(content))
    columns = {
        column.key: tuple(value_from_json(column.kind, value) for value in data["columns"][column.key])
        for column in instrument.columns
        if column.key in data["columns"]
    }
    return Table(columns, data["length"])


def options_to_json(options: Mapping[str, Value]) -> dict[str, Any]:
    """Write options of a run."""
    return {key: value_to_json(value) for key, value in options.items()}


def options_from_json(instrument: Instrument, data: Mapping[str, Any]) -> dict[str, Value]:
    """Return the options that `options_to_json` wrote; those that the instrument no longer has are left out."""
    return {
        option.key: value_from_json(option.kind, data[option.key])
        for option in instrument.options
        if option.key in data
    }
