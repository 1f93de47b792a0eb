"""What comes out of the door of canvases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from iciinsmes.toolbox.api import RowField
from iciinsmes.toolbox.data import Column, Value


@dataclass(frozen=True)
class CanvasData:
    """A canvas as one person may use it. ``change`` counts the changes of its cards."""

    id: UUID
    owner_id: int
    course_key: CourseKey
    company_id: int | None
    instrument: str
    title: str
    shared_with_company: bool
    shared_with_staff: bool
    change: int
    created_at: datetime
    changed_at: datetime
    is_own: bool
    may_edit: bool


@dataclass(frozen=True)
class CardData:
    """A card: ``values`` by column without the place. ``revision`` counts changes of its words, from 1.

    ``changed_by`` is None when that person is forgotten.
    """

    id: int
    place: str
    values: Mapping[str, Value]
    revision: int
    change: int
    changed_by: int | None
    changed_at: datetime


@dataclass(frozen=True)
class LackingCard:
    """A card that says too little to compute from, and the columns that it lacks: needed ones, and other numbers."""

    card: CardData
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class AskedCard:
    """A card by its words, and the fields that it lacks."""

    words: str
    fields: tuple[RowField, ...]


@dataclass(frozen=True)
class Rest:
    """The cards that still lack something; ``is_refused`` says that something which was typed for them does not fit."""

    cards: tuple[AskedCard, ...]
    is_refused: bool


@dataclass(frozen=True)
class OpenCanvas:
    """A canvas with its cards in their order."""

    canvas: CanvasData
    cards: tuple[CardData, ...]


@dataclass(frozen=True)
class Changes:
    """What changed since a page asked last: those cards, and the ids of all cards in their order."""

    change: int
    cards: tuple[CardData, ...]
    order: tuple[int, ...]


@dataclass(frozen=True)
class CanvasVersionData:
    """A version in a list; numbers count from 1."""

    number: int
    note: str
    card_count: int
    made_by: int | None
    made_at: datetime


@dataclass(frozen=True)
class Area:
    """Where a place lies in the grid of a wide screen: lines count from 1, the last one is outside."""

    place: str
    row: int
    column: int
    row_end: int
    column_end: int
