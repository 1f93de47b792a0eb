"""What cards still lack when their instrument is to compute: asked for card by card, and written on the cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iciinsmes.toolbox.api import row_fields, typed_row
from iciinsmes.toolbox.data import Language, Text, show

from .cards import complete_cards
from .data import AskedCard, CanvasData, LackingCard, Rest
from .drawn import drawn
from .tables import lacking_cards


def ask_for_rest(
    *, canvas: CanvasData, user_id: int, language: Language, sent: Mapping[str, Any] | None = None
) -> Rest:
    """Write on the cards what a form brings, and return those that still lack something to be computed from.

    Args:
        canvas: as this person sees it.
        user_id: who is asked.
        language: of the person.
        sent: of a form with the fields that were returned before; None if none came.

    Raises:
        UnknownCanvas: there is none that the person may change.
    """
    lacking = lacking_cards(canvas_id=canvas.id, reader_id=user_id)
    typed: dict[int, dict[str, str]] = {}
    wrong: Mapping[int, Mapping[str, Text]] = {}
    if lacking and sent is not None:
        typed = {each.card.id: typed_row(each.columns, sent, _prefix(each)) for each in lacking}
        wrong = complete_cards(canvas_id=canvas.id, user_id=user_id, cells=typed, language=language)
        lacking = lacking_cards(canvas_id=canvas.id, reader_id=user_id)
    shape = drawn(canvas.instrument).canvas
    cards = tuple(
        AskedCard(
            str(each.card.values.get(shape.text, "") if shape else ""),
            row_fields(
                each.columns,
                typed.get(each.card.id, {}),
                {key: show(text, language) for key, text in wrong.get(each.card.id, {}).items()},
                language,
                _prefix(each),
            ),
        )
        for each in lacking
    )
    return Rest(cards, is_refused=bool(wrong))


def _prefix(lacking: LackingCard) -> str:
    return f"card-{lacking.card.id}-"
