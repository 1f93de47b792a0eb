"""Rows of a list of orders that are no order of their own: cancelled ones, further lines of one, other currencies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from iciinsmes.toolbox.instruments.framework import Column, Instrument, Text, ValueKind, msg

from ..cells.amounts import decimal_sign, number, numbers
from ..columns.headings import ColumnNames
from ..columns.reading import cell_words, yes_no
from ..languages import all_words
from ..languages.pack import OrderWords
from ..names import plain_name
from ..sheet import Raw, Sheet, is_filled

#: The instruments that add up orders, with the column of the money.
_MONEY = {"recency-frequency-money": "amount", "customer-value": "sales"}
_ORDER = Column("order_no", msg("Order number"), ValueKind.KEY)
#: Numbers of orders have figures; a column "Name" may hold them, or people.
_FIGURES_SHARE = 0.9
_SHOWN_CHARS = 10
_NUMBER = re.compile(r"#?[\w./-]*\d[\w./-]*")
_BELOW = re.compile(r"[-(\u2010-\u2015\u2212]")
#: So many orders must stand there several times with one sum before it is taken for that of the order.
_FEWEST_REPEATED = 3


def rows_without_order(
    instrument: Instrument, sheet: Sheet, mapping: Mapping[str, int]
) -> tuple[Mapping[int, Text], tuple[Text, ...]]:
    """Return the places of rows that are not to be counted, with the reason, and what else is to be known.

    Args:
        instrument: only those that add up orders leave rows out.
        sheet: the raw cells.
        mapping: instrument column to index in the sheet.
    """
    money = mapping.get(_MONEY.get(instrument.key, ""))
    if money is None:
        return {}, ()
    taken = frozenset(mapping.values())
    found: dict[int, Text] = {}
    for find in (_undone, _payments, _foreign, _other_side):
        for place, text in find(sheet, taken).items():
            found.setdefault(place, text)
    for place, text in _further_lines(instrument, sheet, money, mapping, found).items():
        found.setdefault(place, text)
    return found, _notes(sheet, money, found)


def _columns(sheet: Sheet, part: Callable[[OrderWords], Iterable[str]]) -> list[int]:
    """Return the columns with one of these names."""
    names = _words(part)
    return [index for index, heading in enumerate(sheet.names) if plain_name(heading) in names]


def _undone(sheet: Sheet, taken: frozenset[int]) -> dict[int, Text]:
    found: dict[int, Text] = {}
    undone = _words(lambda words: words.undone)
    for index in _columns(sheet, lambda words: words.states):
        found |= _saying(sheet, index, undone)
    for index in _columns(sheet, lambda words: words.cancelled):
        if index in taken:
            continue
        for place, cell in enumerate(sheet.column(index)):
            if cell is not None and is_filled(cell) and yes_no(cell_words(cell)) is not False:
                found.setdefault(place, msg("is no order: “%(column)s” is filled", column=sheet.names[index]))
    return found


def _payments(sheet: Sheet, taken: frozenset[int]) -> dict[int, Text]:
    """Return the rows with payments of invoices that the same list has."""
    invoices, payments = _words(lambda words: words.invoices), _words(lambda words: words.payments)
    found: dict[int, Text] = {}
    for index in _columns(sheet, lambda words: words.states):
        if index not in taken and _saying(sheet, index, invoices):
            found |= _saying(sheet, index, payments)
    return found


def _words(part: Callable[[OrderWords], Iterable[str]]) -> frozenset[str]:
    return frozenset(plain_name(word) for word in all_words(lambda pack: part(pack.orders)))


def _saying(sheet: Sheet, index: int, words: frozenset[str]) -> dict[int, Text]:
    """Return the rows that say one of these words in a column."""
    cells = sheet.column(index)
    # WooCommerce may write wc-cancelled.
    saying = {cell for cell in set(cells) if isinstance(cell, str) and plain_name(cell).removeprefix("wc ") in words}
    return {
        place: msg("is no order: “%(status)s” in “%(column)s”", status=cell, column=sheet.names[index])
        for place, cell in enumerate(cells)
        if isinstance(cell, str) and cell in saying
    }


def _foreign(sheet: Sheet, taken: frozenset[int]) -> dict[int, Text]:
    """Return the rows whose currency is not that of the most rows; sums of several mean nothing."""
    return {
        place: msg("is in %(currency)s; most rows are in %(main)s", currency=cell, main=main)
        for place, cell, main in _unlike_most(sheet, _columns(sheet, lambda words: words.currency), taken)
    }


def _other_side(sheet: Sheet, taken: frozenset[int]) -> dict[int, Text]:
    """Return the rows on the other side of the books than most: beside invoices, payments and credits of them."""
    return {
        place: msg("is on another side of the books (%(side)s) than most rows (%(main)s)", side=cell, main=main)
        for place, cell, main in _unlike_most(sheet, _columns(sheet, lambda words: words.sides), taken)
    }


def _unlike_most(sheet: Sheet, columns: Iterable[int], taken: frozenset[int]) -> Iterator[tuple[int, str, str]]:
    """Yield the places of rows that say something else in a column than most, with that and what most say."""
    for index in columns:
        cells = [cell_words(cell).strip().upper()[:_SHOWN_CHARS] for cell in sheet.column(index)]
        counts = Counter(filter(None, cells))
        if index in taken or len(counts) < 2:
            continue
        main = counts.most_common(1)[0][0]
        yield from ((place, cell, main) for place, cell in enumerate(cells) if cell and cell != main)


def _further_lines(
    instrument: Instrument, sheet: Sheet, money: int, mapping: Mapping[str, int], without: Mapping[int, Text]
) -> dict[int, Text]:
    """Return the second and later lines of orders, where each order stands once with its sum and again with each item.

    Shopify writes the sum into the first line of an order only, WooCommerce into each of them. Where the lines of any
    order hold different sums, these are sums of the lines.
    """
    numbers = _order_numbers(instrument, sheet, frozenset(mapping.values()))
    amounts = sheet.column(money)
    lines: dict[str, list[int]] = {}
    for place, order in enumerate(numbers):
        if order and place not in without:
            lines.setdefault(order, []).append(place)
    repeated = {order: places for order, places in lines.items() if len(places) > 1}
    for places in repeated.values():
        first, *others = (amounts[place] for place in places)
        if any(is_filled(other) and other != first for other in others):
            return {}
    has_sums = any(is_filled(amounts[place]) for places in repeated.values() for place in places[1:])
    if has_sums and len(repeated) < _FEWEST_REPEATED:
        return {}
    return {
        place: msg("is one more line of order %(order)s, which is counted once", order=order[:30])
        for order, places in repeated.items()
        for place in places[1:]
    }


def _order_numbers(instrument: Instrument, sheet: Sheet, taken: frozenset[int]) -> Sequence[str]:
    """Return the number of the order in each row; nothing if no column has them."""
    names = ColumnNames(instrument, _ORDER, ())
    claims = [(claim, index) for index, heading in enumerate(sheet.names) if (claim := names.claim(heading))]
    for _claim, index in sorted(claims):
        cells = [cell_words(cell).strip() for cell in sheet.column(index)]
        given = [cell for cell in cells if cell]
        has_figures = sum(_NUMBER.fullmatch(cell) is not None for cell in given) >= _FIGURES_SHARE * len(given)
        if given and has_figures and index not in taken:
            return cells
    return ()


def _notes(sheet: Sheet, money: int, without: Mapping[int, Text]) -> tuple[Text, ...]:
    """Say where amounts are below zero, and where money was given back, which amounts still hold."""
    notes = []
    amounts = sheet.column(money)
    negative = _below_zero(amounts, sheet.comma_is_decimal)
    if below := sum(cell in negative for place, cell in enumerate(amounts) if place not in without):
        text = msg("Rows with an amount below 0, which is taken off the sales: %(count)s.", count=below)
        notes.append(text)
    for index in _columns(sheet, lambda words: words.refunded):
        given_back = numbers(sheet.column(index), sheet.comma_is_decimal)
        count = sum(bool(value) for place, value in enumerate(given_back) if place not in without)
        if count:
            notes.append(
                msg(
                    "“%(column)s” has money that was given back. Rows with it: %(count)s. The amounts still hold it.",
                    column=sheet.names[index],
                    count=count,
                )
            )
    return tuple(notes)


def _below_zero(cells: Sequence[Raw], comma_is_decimal: bool | None) -> frozenset[Raw]:
    """Return the different cells with a number below zero; only those with a sign for it have to be read."""
    different = set(cells)
    if not _BELOW.search("".join(map(str, different))):
        return frozenset()
    signed = [cell for cell in different if isinstance(cell, float) or (isinstance(cell, str) and _BELOW.search(cell))]
    sign = decimal_sign(cells, comma_is_decimal)
    return frozenset(cell for cell in signed if (number(cell, sign) or 0) < 0)
