"""What tells of a person, and where it may stand: tables, rows and objects."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.files.storage import storages
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model


def traces_of(person: Any) -> tuple[str, ...]:
    """Return what tells of a person wherever it stands; ids of people in these tests are long and their own."""
    return (str(person.pk), person.username, person.email, person.first_name, person.last_name)


def tables() -> Iterator[type[Model]]:
    """Yield every table of the add-on."""
    yield from apps.get_app_config("iciinsmes").get_models()


def holds_personal_data(table: type[Model]) -> bool:
    """Tell what the table's own description says."""
    return ".. pii:" in (table.__doc__ or "")


def rows_with(table: type[Model], traces: tuple[str, ...]) -> list[str]:
    """Return the rows in which one of the traces stands, in any column."""
    rows = (json.dumps(row, cls=_AnyEncoder, ensure_ascii=False) for row in table._default_manager.values())
    return [row for row in rows if any(trace.casefold() in row.casefold() for trace in traces)]


def objects(folder: str = "") -> Iterator[str]:
    """Yield the names of all objects in the private storage."""
    storage = storages["iciinsmes"]
    folders, files = storage.listdir(folder)
    for name in files:
        yield f"{folder}/{name}".lstrip("/")
    for name in folders:
        yield from objects(f"{folder}/{name}".lstrip("/"))


class _AnyEncoder(DjangoJSONEncoder):
    """Also writes keys of courses and blocks, and what is compressed."""

    def default(self, o: Any) -> Any:
        if isinstance(o, bytes):
            # Rows of customer data are kept compressed.
            return gzip.decompress(o).decode()
        try:
            return super().default(o)
        except TypeError:
            return str(o)
