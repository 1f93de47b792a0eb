"""A canvas as its templates show it: places with cards, the words of a card, the form of a card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from iciinsmes.platform import host
from iciinsmes.toolbox.api import RowField, reader_language, row_fields, value_words, written
from iciinsmes.toolbox.data import Column, Instrument, Language, Text, show

from .data import CanvasData, CardData
from .drawn import drawn
from .rules import areas, places

#: So many tints are there for places; one that is as good as any other follows from the place's number.
TINTS = 5


@dataclass(frozen=True)
class CardView:
    """A card: its words, the other columns that say something, and who else changed it last; empty for the reader."""

    id: int
    place: str
    change: int
    words: str
    facts: tuple[tuple[str, str], ...]
    who: SafeString | str
    at: datetime


@dataclass(frozen=True)
class PlaceView:
    """A place with its cards. ``style`` puts it into the grid of a wide screen."""

    key: str
    title: str
    tint: int
    style: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True)
class CardForm:
    """The form of a card: its words first, then what else it may say; ``error`` concerns the whole card."""

    words: RowField
    others: tuple[RowField, ...]
    error: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether the other fields are to be seen at once: they are needed, hold something, or are wrong."""
        return any(field.required or field.value or field.error for field in self.others)


def instrument_of(canvas: CanvasData) -> Instrument:
    """Return the instrument whose rows the cards are."""
    return drawn(canvas.instrument)


def board(instrument: Instrument, views: Iterable[CardView]) -> tuple[PlaceView, ...]:
    """Return all places with their cards, the places in the order of the layout."""
    views = tuple(views)
    titles = place_titles(instrument, reader_language())
    found = [
        (area.place, f"grid-area: {area.row} / {area.column} / {area.row_end} / {area.column_end}")
        for area in areas(instrument)
    ] or [(place, "") for place in places(instrument)]
    return tuple(
        PlaceView(key, titles[key], index % TINTS, style, tuple(view for view in views if view.place == key))
        for index, (key, style) in enumerate(found)
    )


def card_views(instrument: Instrument, cards: Iterable[CardData], reader_id: int) -> tuple[CardView, ...]:
    """Return cards as they are shown; the number of queries does not grow with them."""
    cards = tuple(cards)
    others = {card.changed_by for card in cards if card.changed_by is not None} - {reader_id}
    names = host().names(others) if others else {}
    language = reader_language()
    return tuple(
        CardView(
            id=card.id,
            place=card.place,
            change=card.change,
            words=str(card.values[_text(instrument).key]),
            facts=facts(instrument, card, language),
            who=_who(names[card.changed_by], card.changed_at) if card.changed_by in names else "",
            at=card.changed_at,
        )
        for card in cards
    )


def newest_of_others(views: Iterable[CardView]) -> SafeString | str:
    """Return who else changed a card last, and when; empty for nobody."""
    last = max((view for view in views if view.who), key=lambda view: view.at, default=None)
    return last.who if last else ""


def facts(instrument: Instrument, card: CardData, language: Language) -> tuple[tuple[str, str], ...]:
    """Return short title and value of what a card says besides its words."""
    return tuple(
        # What follows a comma is the scale, which the form explains.
        (show(column.title, language).partition(",")[0], value_words(column, card.values[column.key], language))
        for column in _others(instrument)
        if card.values.get(column.key) is not None
    )


def place_titles(instrument: Instrument, language: Language) -> dict[str, str]:
    """Return the name of each place; cards without places have the name of the instrument."""
    if instrument.canvas is None or not instrument.canvas.place:
        return {"": show(instrument.title, language)}
    (column,) = (column for column in instrument.columns if column.key == instrument.canvas.place)
    return {str(choice.value): show(choice.title, language) for choice in column.choices}


def card_form(
    instrument: Instrument,
    card: CardData | None = None,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, Text] | None = None,
    error: str = "",
) -> CardForm:
    """Return the form of a new card, of one as it stands, or of what was typed and refused."""
    language = reader_language()
    if typed is None:
        values = card.values if card else {}
        typed = {key: written(value, language) for key, value in values.items()}
    texts = {key: show(text, language) for key, text in (errors or {}).items()}
    (words,) = row_fields([_text(instrument)], typed, texts, language)
    return CardForm(words, row_fields(_others(instrument), typed, texts, language), error)


def _text(instrument: Instrument) -> Column:
    return next(column for column in instrument.columns if instrument.canvas and column.key == instrument.canvas.text)


def _others(instrument: Instrument) -> tuple[Column, ...]:
    canvas = instrument.canvas
    taken = {canvas.place, canvas.text} if canvas else set()
    return tuple(column for column in instrument.columns if column.key not in taken)


def _who(name: str, at: datetime) -> SafeString:
    return format_html("{}, {}", name, _ago(at))


def _ago(at: datetime) -> SafeString:
    """Return how long ago it was; the page keeps it up to date."""
    words = _("%(time)s ago") % {"time": timesince(at)}
    return format_html('<time datetime="{}" data-ago>{}</time>', at.isoformat(), words)
