"""Finding again, in sentences, the people whom other columns of the same file name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ..languages import all_words
from ..names import plain_name
from ..sheet import Raw
from .sentences import MASK

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s.,'\u2019-]{1,3}")
_FIGURES = re.compile(r"\+?\d(?:[ ()/.-]{0,2}\d){5,}")
_MAIL = re.compile(r"(?P<box>[^\s@]{1,64})@\S+")

_SHORTEST_NAME = 3
_FEWEST_FIGURES = 6
#: Longer values, such as an address with the country, are found by their first words.
_LONGEST_VALUE = 6

#: What Polish and Hungarian, and the genitive elsewhere, put behind a name.
_ENDINGS = frozenset(all_words(lambda pack: pack.people.name_endings.split()))
_LONGEST_ENDING = max(map(len, _ENDINGS))

#: Ordinary words that are names as well. A name that is missing there is only masked once too often.
_COMMON_WORDS = frozenset(plain_name(word) for word in all_words(lambda pack: pack.people.common.split()))

#: The same words come again and again.
_REMEMBERED = 50_000
_plain = lru_cache(maxsize=_REMEMBERED)(plain_name)


class KnownPeople:
    """Names, addresses and numbers of the people in a file, made to be found in any number of texts in linear time.

    A value is found as a whole, in either order, and each word of a name alone unless it is also an ordinary word:
    then only with a capital letter within a sentence, or beside another part of a name.
    """

    def __init__(self, names: Iterable[Raw], others: Iterable[Raw]) -> None:
        """Take the cells of columns with names and of those with addresses; each may hold mails and numbers."""
        self._values: set[tuple[str, ...]] = set()
        self._parts: set[str] = set()
        self._ordinary: set[str] = set()
        self._figures: set[str] = set()
        for words in _filled(names):
            if not self._add_contact(words):
                parts = self._add_value(words)
                self._values.add(parts[::-1])
                self._add_parts(parts)
        for words in _filled(others):
            if not self._add_contact(words):
                # The street; the town behind it is not personal.
                self._add_value(words.partition(",")[0])
        self._values = {value for value in self._values if len(value) > 1}
        self._is_known = lru_cache(maxsize=_REMEMBERED)(self._is_name)
        self._first = {value[0] for value in self._values}
        self._stems = self._parts | {part[:-1] for part in self._parts if part[-1] in "aiy" and len(part) > 3}
        self._figures = {figures for figures in self._figures if len(figures) >= _FEWEST_FIGURES}

    def masked(self, words: str) -> str:
        """Return a text without them."""
        if self._figures:
            words = _FIGURES.sub(lambda found: MASK if _only_figures(found[0]) in self._figures else found[0], words)
        if not self._parts and not self._values:
            return words
        tokens = _WORD.findall(words)
        hits = list(map(self._is_known, tokens))
        plain = list(map(_plain, tokens))
        notable = [place for place, form in enumerate(plain) if form in self._first or form in self._ordinary]
        if not notable and not any(hits):
            return words
        found = list(_WORD.finditer(words))
        for place in notable:
            form = plain[place]
            if form in self._ordinary and found[place][0][0].isupper():
                beside = any(hits[max(place - 1, 0) : place + 2])
                hits[place] = hits[place] or beside or _is_within_sentence(words, found[place].start())
            if form in self._first:
                for length in range(min(_LONGEST_VALUE, len(plain) - place), 1, -1):
                    if tuple(plain[place : place + length]) in self._values:
                        hits[place : place + length] = [True] * length
                        break
        return _cut(words, [word.span() for word, hit in zip(found, hits, strict=True) if hit])

    def _add_contact(self, words: str) -> bool:
        if found := _MAIL.fullmatch(words):
            self._add_parts(_parts(found["box"]))
            return True
        is_number = sum(map(str.isdigit, words)) * 2 > len(words)
        if is_number:
            self._figures.add(_only_figures(words))
        return is_number

    def _add_value(self, words: str) -> tuple[str, ...]:
        parts = tuple(_parts(words))[:_LONGEST_VALUE]
        self._values.add(parts)
        return parts

    def _add_parts(self, parts: Iterable[str]) -> None:
        for part in parts:
            if not part.isalpha():
                continue
            is_sure = len(part) >= _SHORTEST_NAME and part not in _COMMON_WORDS
            (self._parts if is_sure else self._ordinary).add(part)

    def _is_name(self, word: str) -> bool:
        plain = _plain(word)
        if plain in self._parts:
            return True
        if not word[0].isupper():
            return False
        return any(
            plain[:-length] in self._stems and plain[-length:] in _ENDINGS
            for length in range(1, min(_LONGEST_ENDING, len(plain) - _SHORTEST_NAME) + 1)
        )


def _filled(cells: Iterable[Raw]) -> set[str]:
    """Return the different values as words; a spreadsheet keeps a telephone number as 4512345678.0."""
    written = (str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell or "") for cell in cells)
    return {words.strip() for words in written if words.strip()}


def _parts(words: str) -> list[str]:
    return [_plain(word) for word in _WORD.findall(words)]


def _only_figures(words: str) -> str:
    return "".join(filter(str.isdigit, words))


def _is_within_sentence(words: str, start: int) -> bool:
    before = words[:start].rstrip()
    return bool(before) and before[-1] not in ".!?:;…"


def _cut(words: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with one mask for each row of neighbouring spans."""
    pieces: list[str] = []
    end = 0
    for start, stop in spans:
        if not (pieces and _GAP.fullmatch(words, end, start)):
            pieces += [words[end:start], MASK]
        end = stop
    return "".join([*pieces, words[end:]])
