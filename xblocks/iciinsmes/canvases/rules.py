"""The order of cards and the grid of places: no database, no clock."""

from __future__ import annotations

from collections.abc import Sequence

from iciinsmes.toolbox.data import Instrument

from .data import Area

#: A card in an order: its id and its place.
Entry = tuple[int, str]


def moved(order: Sequence[Entry], card: int, place: str, before: int | None) -> list[Entry]:
    """Return the order after a card went to a place.

    Args:
        order: all cards; an order over all places, of which each place shows its own cards.
        card: one of them.
        place: where it goes.
        before: the card of that place which it stands before; at the end for None and for one that is not there.
    """
    rest = [entry for entry in order if entry[0] != card]
    if (before, place) in rest:
        index = rest.index((before, place))  # type: ignore[arg-type]
    else:
        index = 1 + max((index for index, entry in enumerate(rest) if entry[1] == place), default=len(rest) - 1)
    return [*rest[:index], (card, place), *rest[index:]]


def stepped(order: Sequence[Entry], card: int, by: int) -> list[Entry]:
    """Return the order after a card changed places with its neighbour: the one before for -1, the one after for 1."""
    place = dict(order)[card]
    mates = [entry[0] for entry in order if entry[1] == place]
    index = mates.index(card) + by
    if not 0 <= index < len(mates):
        return list(order)
    swap = {card: mates[index], mates[index]: card}
    return [(swap.get(each, each), its_place) for each, its_place in order]


def places(instrument: Instrument) -> tuple[str, ...]:
    """Return the places of an instrument's canvas in the order of its choices; one without a name if it has none."""
    canvas = instrument.canvas
    if canvas is None or not canvas.place:
        return ("",)
    return next(
        tuple(str(choice.value) for choice in column.choices)
        for column in instrument.columns
        if column.key == canvas.place
    )


def areas(instrument: Instrument) -> tuple[Area, ...]:
    """Return where each place of the layout lies; empty if it has none, and cards stand in a row."""
    layout = instrument.canvas.layout if instrument.canvas else ()
    cells: dict[str, list[tuple[int, int]]] = {}
    for row, line in enumerate(layout, 1):
        for column, place in enumerate(line, 1):
            if place:
                cells.setdefault(place, []).append((row, column))
    return tuple(
        Area(
            place,
            row=min(row for row, _column in found),
            column=min(column for _row, column in found),
            row_end=max(row for row, _column in found) + 1,
            column_end=max(column for _row, column in found) + 1,
        )
        for place, found in cells.items()
    )
