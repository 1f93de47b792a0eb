"""What Django knows about our tables: where each belongs, its columns, and to which other it points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from inspect import getdoc

import django
from django.apps import apps
from django.db import models

from .rooms import CONTRACTS, house, packages

#: What a table is deleted with; other links go empty when their end does.
_OWNING = ("CASCADE", "PROTECT")


@dataclass(frozen=True)
class Column:
    """A column; ``points_to`` is a table's name, ``owned`` says that a row does not outlive the one it points to."""

    name: str
    kind: str
    note: str
    points_to: str = ""
    owned: bool = False


@dataclass(frozen=True)
class Table:
    """A table of a room, with the words of its model and what it says about people."""

    name: str
    words: tuple[str, ...]
    personal: str
    columns: tuple[Column, ...]
    rules: tuple[str, ...]

    def links(self) -> Sequence[Column]:
        """Return the columns that point to other tables."""
        return [column for column in self.columns if column.points_to]


def tables_of(name: str) -> dict[str, list[Table]]:
    """Return the tables of a house by room, from the highest floor to the lowest."""
    django.setup()
    found: dict[str, list[Table]] = {}
    for model in apps.get_app_config(name).get_models():
        found.setdefault(model.__module__.split(".")[1], []).append(_table(model))
    floors = [room for floor in house(name).floors for room in floor]
    ordered = [*floors, *(room for room in packages(name) if room not in floors)]
    return {room: found[room] for room in ordered if room in found}


def all_tables() -> dict[str, dict[str, list[Table]]]:
    """Return the tables of both houses."""
    return {name: tables_of(name) for name in CONTRACTS}


def _table(model: type[models.Model]) -> Table:
    said = re.sub(r"``([^`]+)``", r"`\1`", getdoc(model) or "")
    paragraphs = tuple(" ".join(part.split()) for part in said.split("\n\n") if not part.startswith(".. "))
    personal = re.search(r"^\.\. pii: (.+)$", said, re.MULTILINE)
    return Table(
        name=model.__name__,
        words=paragraphs,
        personal=personal[1] if personal else "",
        columns=tuple(_column(field) for field in model._meta.local_fields),
        rules=(*_unique(model), *_indexes(model)),
    )


def _column(field: models.Field) -> Column:
    is_id = isinstance(field, models.UUIDField)
    kind = "UUID" if is_id else type(field).__name__.removesuffix("Field")
    if field.max_length and not is_id:
        kind += f" {field.max_length}"
    note = [str(field.help_text)] if field.help_text else []
    note += ["may be empty"] if field.null else []
    note += ["unique"] if field.unique and not field.primary_key and not field.is_relation else []
    if not isinstance(field, models.ForeignKey):
        return Column(field.name, kind, ", ".join(note))
    owned = field.remote_field.on_delete.__name__ in _OWNING
    return Column(field.name, "link", ", ".join(note), field.related_model.__name__, owned)


def _unique(model: type[models.Model]) -> list[str]:
    constraints = (found for found in model._meta.constraints if isinstance(found, models.UniqueConstraint))
    return [
        f"one row for each {', '.join(f'`{name}`' for name in found.fields)}"
        + (f" where `{found.condition}`" if found.condition else "")
        for found in constraints
        if found.fields
    ]


def _indexes(model: type[models.Model]) -> list[str]:
    return [
        f"read by {', '.join(f'`{name}`' for name in found.fields)}" for found in model._meta.indexes if found.fields
    ]
