"""What can go wrong with canvases; every error is the caller's to show, none is a defect."""

from __future__ import annotations

from collections.abc import Mapping

from iciinsmes.toolbox.data import Text

from .data import CardData


class CanvasError(Exception):
    """Base of all errors of this room."""


class UnknownCanvas(CanvasError):
    """There is no such canvas, or not for this person."""


class NoCanvas(CanvasError):
    """The rows of this instrument cannot be edited as cards."""


class UnknownCard(CanvasError):
    """There is no such card on the canvas; somebody may have removed it."""


class UnknownVersion(CanvasError):
    """The canvas has no such version."""


class StaleCard(CanvasError):
    """Somebody was faster: ``card`` is what stands there now."""

    def __init__(self, card: CardData) -> None:
        self.card = card
        super().__init__(str(card.id))


class WrongCard(CanvasError):
    """What was typed does not fit: ``errors`` says why, by column key."""

    def __init__(self, errors: Mapping[str, Text]) -> None:
        self.errors = errors
        super().__init__(", ".join(errors))


class TooManyCards(CanvasError):
    """There are as many canvases, cards or versions as there may be."""
