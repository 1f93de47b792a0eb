"""How well a heading says that its column is one of an instrument; what stands below it is looked at elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache

from iciinsmes.toolbox.instruments.framework import Column, Instrument, Language, ValueKind, show

from ..languages import PACKS, all_words
from ..names import plain_name

_HUMP = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-Z])")
_NUMBERED = re.compile(r"(?P<base>[a-z]+)_?(?P<number>\d+)")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
#: Shorter names, such as "no", are parts of too much.
_SHORTEST_PART = 3
_WORDS_OF_A_QUESTION = 6


class Match(IntEnum):
    """How a heading is known: as a title of the instrument, as another name, as a part of something longer."""

    TITLE = 0
    NAME = 1
    PART = 2


@dataclass(frozen=True, order=True)
class Claim:
    """What a heading has to say for itself, the best first.

    ``level`` is the place of its group of names, from 0; ``is_exact`` says that it is the name and no more.
    """

    match: Match
    level: int
    is_exact: bool = field(default=True, compare=False)


class ColumnNames:
    """All names by which a column of an instrument is known, and what it must not be called."""

    def __init__(self, instrument: Instrument, column: Column, languages: Sequence[Language]) -> None:
        self._titles = frozenset(plain_name(show(column.title, language)) for language in languages)
        self._names = list(names_of(instrument, column))
        self._is_money = _holds(column) == "money"
        self._is_key = column.kind is ValueKind.KEY
        self._others = _others(_holds(column))

    def claim(self, heading: str, question: str = "") -> Claim | None:
        """Return how well a heading fits, the best of its spellings; None if it does not.

        Args:
            heading: the name of a column.
            question: what a survey program wrote below it.
        """
        if plain_name(heading) in self._titles:
            return Claim(Match.TITLE, 0)
        if self._is_money and "%" in heading:
            return None
        explained = [] if self._is_key else plain_name(f"{heading} {question}").split()
        claims = (claim for words in (heading, question) for claim in self._of_spellings(words, explained))
        return min(claims, default=None)

    def _of_spellings(self, heading: str, explained: Sequence[str]) -> Iterator[Claim]:
        in_brackets = [word for words in _BRACKETS.findall(heading) for word in plain_name(words).split()]
        for spelling in {heading, _HUMP.sub(" ", heading), _BRACKETS.sub(" ", heading)}:
            yield from self._claims(plain_name(spelling), [*in_brackets, *explained], is_question=_is_question(heading))

    def within(self, words: str) -> tuple[int, int]:
        """Return where the longest name stands in plain words, from and to which letter; 0, 0 if there is none."""
        spans = [found.span() for _level, name in self._names for found in _pattern(name).finditer(words)]
        spans += [found.span() for title in self._titles for found in _pattern(title).finditer(words)]
        return max(spans, key=lambda span: span[1] - span[0], default=(0, 0))

    def _claims(self, words: str, whole: Sequence[str], *, is_question: bool) -> Iterator[Claim]:
        """Yield what a spelling has to say; ``whole`` are words that are looked at even if this spelling lacks them."""
        for level, name in self._names:
            found = _found(name, words)
            if found is None:
                continue
            rest = [*words[: found.start()].split(), *words[found.end() :].split()]
            named = found[0].split()
            others = [*rest, *(word for word in whole if word not in named)]
            # An open name may hide what it must not be: Steuerbetrag.
            if self._is_other([*others, *named] if "*" in name else others):
                continue
            # Beside the name of a key stand only words that leave it one; a question is longer than any name.
            if not rest or self._is_key or is_question:
                yield Claim(Match.NAME, level, is_exact=not rest)
            elif len(found[0]) >= _SHORTEST_PART:
                yield Claim(Match.PART, level, is_exact=False)

    def _is_other(self, words: Iterable[str]) -> bool:
        """Tell whether words make a name mean something else; beside that of a key only a few may stand at all."""
        found = (self._others.fullmatch(word) is not None for word in words)
        return not all(found) if self._is_key else any(found)


def _is_question(heading: str) -> bool:
    """Tell whether a heading is the question that people were asked, which holds more than a name."""
    return heading.rstrip(" *:").endswith("?") or len(heading.split()) >= _WORDS_OF_A_QUESTION


def names_of(instrument: Instrument, column: Column) -> Iterator[tuple[int, str]]:
    """Yield the names of a column with their levels; those of one group are as good as each other."""
    # The third question of ten is called sus3, and in most tables “SUS 3”.
    numbered = _NUMBERED.fullmatch(column.key)
    base, number = (numbered["base"], f" {numbered['number']}") if numbered else (column.key, "")
    yield 0, column.key.replace("_", " ")
    yield 0, f"{base}{number}"
    for pack in PACKS:
        groups = pack.headings.get(f"{instrument.key}/{base}") or pack.headings.get(base, ())
        yield from ((level, f"{name}{number}") for level, group in enumerate(groups) for name in group.split("|"))


def _holds(column: Column) -> str:
    """Return under which name packs say what a column must not be called; for keys, what else they may be called."""
    kinds = {ValueKind.KEY: "key", ValueKind.DATE: "day", ValueKind.WORD: "word", ValueKind.FREE_TEXT: "text"}
    if column.kind in (ValueKind.INTEGER, ValueKind.NUMBER):
        # Marks have both ends of a range, and money none.
        return "mark" if column.maximum is not None else "money"
    return kinds.get(column.kind, "")


def _found(name: str, words: str) -> re.Match[str] | None:
    """Return where a name stands in plain words; most names are not there, which is told without a pattern."""
    return _pattern(name).search(words) if all(part in words for part in _parts(name)) else None


@cache
def _parts(name: str) -> tuple[str, ...]:
    return tuple(plain_name(name.replace("*", " ")).split())


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return what finds a name within plain words; a star stands for any letters of a word."""
    parts = [_part(word) for word in name.split()]
    return re.compile(rf"(?<![^ ]){' '.join(parts)}(?![^ ])" if parts else r"(?!)")


def _part(word: str) -> str:
    return f"{'[^ ]*' * word.startswith('*')}{re.escape(plain_name(word))}{'[^ ]*' * word.endswith('*')}"


@cache
def _others(holds: str) -> re.Pattern[str]:
    words = all_words(lambda pack: pack.beside_headings.get(holds, "").split())
    return re.compile("|".join(map(_part, words)) or r"(?!)")
