"""Cards: added, changed, moved, removed and brought back, one at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import ENGLISH, Instrument, Language, Text, Value, msg

from .canvases import changing, living, readable
from .data import CardData, Changes
from .drawn import computed_from, drawn
from .errors import StaleCard, TooManyCards, UnknownCard, WrongCard
from .models import Canvas, CanvasCard
from .rules import Entry, moved, places, stepped
from .serializers import card_data, values_to_json

#: More cards are no canvas any more but a table, and belong into a spreadsheet.
MAX_CARDS = 200

#: How long a removed card can be brought back.
_WAY_BACK = timedelta(days=1)


def add_card(
    *, canvas_id: UUID, user_id: int, place: str, cells: Mapping[str, str], language: Language = ENGLISH
) -> CardData:
    """Put a new card at the end of a place.

    Args:
        canvas_id: the canvas.
        user_id: who adds it.
        place: a value of the place column; empty for a canvas without places.
        cells: column key to what was typed.
        language: of the person: says what a comma in a number means.

    Raises:
        UnknownCanvas: there is none that the person may change.
        WrongCard: something that was typed does not fit.
        TooManyCards: the canvas has `MAX_CARDS` cards.
    """
    with changing(canvas_id, user_id) as canvas:
        instrument = drawn(canvas.instrument)
        values = _read(instrument, place, cells, language)
        cards = living(canvas)
        if len(cards) >= MAX_CARDS:
            raise TooManyCards
        card = CanvasCard.objects.create(
            canvas=canvas,
            # A place may be named by another word for it.
            place=str(values[_place_key(instrument)]) if _place_key(instrument) else "",
            values=values_to_json(instrument, values),
            position=len(cards),
            change=canvas.change,
            changed_by_id=user_id,
            changed_at=timezone.now(),
        )
    return card_data(instrument, card)


def change_card(
    *,
    canvas_id: UUID,
    user_id: int,
    card_id: int,
    revision: int,
    cells: Mapping[str, str],
    language: Language = ENGLISH,
) -> CardData:
    """Change what stands on a card.

    Args:
        canvas_id: the canvas.
        user_id: who changes it.
        card_id: one of its cards.
        revision: of the card as the person had read it.
        cells: column key to what was typed; the place does not count.
        language: of the person.

    Raises:
        UnknownCanvas: there is none that the person may change.
        UnknownCard: it is gone.
        StaleCard: somebody has changed it since; nothing was changed now.
        WrongCard: something that was typed does not fit.
    """
    with changing(canvas_id, user_id) as canvas:
        instrument = drawn(canvas.instrument)
        card = _card(canvas, card_id)
        values = values_to_json(instrument, _read(instrument, card.place, cells, language))
        if card.revision != revision:
            raise StaleCard(card_data(instrument, card))
        if card.values != values:
            card.values, card.revision = values, revision + 1
            card.changed_by_id, card.changed_at, card.change = user_id, timezone.now(), canvas.change
            card.save(update_fields=["values", "revision", "changed_by", "changed_at", "change"])
    return card_data(instrument, card)


def complete_cards(
    *, canvas_id: UUID, user_id: int, cells: Mapping[int, Mapping[str, str]], language: Language = ENGLISH
) -> Mapping[int, Mapping[str, Text]]:
    """Write on cards what they lack to be computed from; what they say already stays as it is.

    Args:
        canvas_id: the canvas.
        user_id: who adds it.
        cells: id of a card to column key to what was typed; cards that are gone are passed over.
        language: of the person.

    Returns:
        What is wrong, by card and column; nothing is written on those cards.

    Raises:
        UnknownCanvas: there is none that the person may change.
    """
    wrong: dict[int, Mapping[str, Text]] = {}
    with changing(canvas_id, user_id) as canvas:
        columns = computed_from(canvas.instrument)
        instrument = replace(drawn(canvas.instrument), columns=columns)
        for card in living(canvas):
            if card.pk not in cells:
                continue
            values, errors = toolbox.read_row(instrument=instrument, cells=cells[card.pk], language=language)
            asked = [column.key for column in columns if column.key in cells[card.pk]]
            if found := {key: errors[key] for key in asked if key in errors}:
                wrong[card.pk] = found
                continue
            added = values_to_json(instrument, {key: values[key] for key in asked})
            card.values, card.revision = {**added, **_said(card.values)}, card.revision + 1
            card.changed_by_id, card.changed_at, card.change = user_id, timezone.now(), canvas.change
            card.save(update_fields=["values", "revision", "changed_by", "changed_at", "change"])
    return wrong


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def move_card(*, canvas_id: UUID, user_id: int, card_id: int, place: str, before: int | None = None) -> CardData:
    """Move a card to a place, before another card there or to its end; its words and their revision stay as they are.

    Raises:
        UnknownCanvas: there is none that the person may change.
        UnknownCard: it is gone.
        WrongCard: there is no such place.
    """
    with changing(canvas_id, user_id) as canvas:
        instrument = drawn(canvas.instrument)
        card = _card(canvas, card_id)
        if place not in places(instrument):
            raise WrongCard({_place_key(instrument): msg("is not one of the answers")})
        cards = living(canvas)
        card = _order(canvas, cards, moved(_entries(cards), card.pk, place, before), card)
    return card_data(instrument, card)


def step_card(*, canvas_id: UUID, user_id: int, card_id: int, by: int) -> CardData:
    """Let a card change places with the one before it at its place (``by`` -1), or with the one after it (1).

    Raises:
        UnknownCanvas: there is none that the person may change.
        UnknownCard: it is gone.
    """
    with changing(canvas_id, user_id) as canvas:
        card = _card(canvas, card_id)
        cards = living(canvas)
        card = _order(canvas, cards, stepped(_entries(cards), card.pk, by), card)
    return card_data(drawn(canvas.instrument), card)


def remove_card(*, canvas_id: UUID, user_id: int, card_id: int) -> None:
    """Take a card off the canvas; for a day it can be brought back.

    Raises:
        UnknownCanvas: there is none that the person may change.
        UnknownCard: it is gone.
    """
    with changing(canvas_id, user_id) as canvas:
        card = _card(canvas, card_id)
        now = timezone.now()
        canvas.cards.filter(pk=card.pk).update(removed_at=now)
        canvas.cards.filter(removed_at=None, position__gt=card.position).update(position=F("position") - 1)
        canvas.cards.filter(removed_at__lt=now - _WAY_BACK).delete()


def bring_back_card(*, canvas_id: UUID, user_id: int, card_id: int) -> CardData:
    """Put a removed card back to the end of its place.

    Raises:
        UnknownCanvas: there is none that the person may change.
        UnknownCard: it was not removed, or too long ago.
        TooManyCards: the canvas has `MAX_CARDS` cards.
    """
    with changing(canvas_id, user_id) as canvas:
        card = canvas.cards.filter(pk=card_id, removed_at__isnull=False).first()
        if card is None:
            raise UnknownCard
        count = canvas.cards.filter(removed_at=None).count()
        if count >= MAX_CARDS:
            raise TooManyCards
        card.removed_at, card.position, card.change = None, count, canvas.change
        card.save(update_fields=["removed_at", "position", "change"])
    return card_data(drawn(canvas.instrument), card)


def find_card(*, canvas_id: UUID, reader_id: int, card_id: int) -> CardData:
    """Return a card.

    Raises:
        UnknownCanvas: there is none that the person may read.
        UnknownCard: it is gone.
    """
    canvas = readable(canvas_id, reader_id)
    return card_data(drawn(canvas.instrument), _card(canvas, card_id))


def changes_since(*, canvas_id: UUID, reader_id: int, change: int) -> Changes | None:
    """Return what changed after a page had seen ``change``, None for nothing; that answer reads the canvas only.

    Raises:
        UnknownCanvas: there is none that the person may read.
    """
    canvas = readable(canvas_id, reader_id)
    if canvas.change == change:
        return None
    instrument = drawn(canvas.instrument)
    cards = living(canvas)
    return Changes(
        change=canvas.change,
        cards=tuple(card_data(instrument, card) for card in cards if card.change > change),
        order=tuple(card.pk for card in cards),
    )


def _read(instrument: Instrument, place: str, cells: Mapping[str, str], language: Language) -> Mapping[str, Value]:
    key = _place_key(instrument)
    cells = {**cells, key: place} if key else cells
    values, errors = toolbox.read_row(instrument=instrument, cells=cells, language=language)
    if errors:
        raise WrongCard(errors)
    return values


def _place_key(instrument: Instrument) -> str:
    return instrument.canvas.place if instrument.canvas else ""


def _card(canvas: Canvas, card_id: int) -> CanvasCard:
    card = canvas.cards.filter(pk=card_id, removed_at=None).first()
    if card is None:
        raise UnknownCard
    return card


def _entries(cards: Sequence[CanvasCard]) -> list[Entry]:
    return [(card.pk, card.place) for card in cards]


def _order(canvas: Canvas, cards: Sequence[CanvasCard], order: Sequence[Entry], card: CanvasCard) -> CanvasCard:
    """Write positions and places that differ, and return the moved card as it is then."""
    by_id = {each.pk: each for each in cards}
    changed = []
    for position, (card_id, place) in enumerate(order):
        row = by_id[card_id]
        if (row.position, row.place) != (position, place):
            row.position, row.place = position, place
            changed.append(row)
    # Only the card that was moved looks different; the others keep what a page shows of them.
    by_id[card.pk].change = canvas.change
    CanvasCard.objects.bulk_update({*changed, by_id[card.pk]}, ["position", "place", "change"])
    return by_id[card.pk]
