"""Names within sentences that what stands around them gives away: titles, greetings, signatures, "my name is".

A bare name in a sentence looks like any other word with a capital letter, so those are not looked for here;
`known_people` finds the ones that the same file names in another column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ..languages import PACKS, all_words
from ..languages.pack import PeopleWords

MASK = "…"

_WORD = re.compile(r"[^\W\d_]+")

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĘĚŁŃŇŐŘŚŠŤŮŰŹŻŽ"
_NAME = rf"(?:[{_CAPITAL}]['\u2019])?[{_CAPITAL}][^\W\d_]+(?:[-'\u2019][{_CAPITAL}][^\W\d_]+)*"


def _names(most: int) -> str:
    """Return the pattern of one to so many words that may be a name."""
    one = rf"(?:(?:von|van|de|der|zu|af)\s)*{_NAME}"
    return rf"{one}(?:\s{one}){{0,{most - 1}}}"


def _any(part: Callable[[PeopleWords], Iterable[str]]) -> str:
    """Return the pattern of any of the words of a part of the packs, the longest first."""
    words = sorted(set(all_words(lambda pack: part(pack.people))), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s").replace("'", "['\u2019]") for word in words)


_DEGREE = rf"(?:(?:{_any(lambda people: people.degrees)})\.(?:-\w{{1,9}}\.)?\s?)"
_TITLED = re.compile(
    r"(?P<before>\b(?:(?:"
    rf"(?i:{_any(lambda people: people.short_titles)})(?:\.\s?|\s)"
    rf"|(?:{_any(lambda people: people.capital_titles)})(?:\.\s?|\s)(?!{_any(lambda people: people.not_after_titles)})"
    rf"|(?i:{_any(lambda people: people.titles)})\s"
    rf"){_DEGREE}*|{_DEGREE}+)){_names(2)}"
)
_FOLLOWED = re.compile(
    rf"\b(?!(?:{_any(lambda people: people.not_before)})\b)"
    rf"{_names(2)}(?=\s(?:{_any(lambda people: people.behind)})\w{{0,5}}\b)"
)
_CALLED = re.compile(rf"(?P<before>\b(?i:{_any(lambda people: people.introductions)})[\s:]{{1,3}}){_names(3)}")
#: After these a name follows at once; at the very end of a text also one without a capital letter.
_SIGNED = re.compile(
    rf"(?P<before>\b(?i:{_any(lambda people: people.closings)})(?:\s?[,;:\u2013-]\s?|\.?\s))"
    rf"(?:{_names(3)}|[^\W\d_]+(?:\s[^\W\d_]+)?(?=[.!]?$))"
)
_THANKED = re.compile(
    rf"(?P<before>\b(?i:{_any(lambda people: people.thanks)})(?:\s?[,\u2013-]\s?|\s))"
    rf"{_names(2)}(?=[.!]?$)"
)
_GREETED = re.compile(
    rf"^(?P<before>(?:{_any(lambda people: map(str.capitalize, people.greetings))})\s)"
    rf"{_names(2)}(?=\s?[,!\u2013-])"
)


def _hints(part: Callable[[PeopleWords], Iterable[str]]) -> frozenset[str]:
    """Return the last word of each entry: what a text must have before a pattern is tried on it."""
    return frozenset(
        _WORD.findall(entry.lower())[-1] for pack in PACKS for entry in part(pack.people) if _WORD.search(entry)
    )


#: Each pattern with the words of which a text must have one: looking them up is much faster than seven patterns.
_FORMS = (
    (_hints(lambda people: people.greetings), _GREETED),
    (
        _hints(lambda people: (*people.titles, *people.short_titles, *people.capital_titles, *people.degrees)),
        _TITLED,
    ),
    (_hints(lambda people: people.introductions), _CALLED),
    (_hints(lambda people: people.closings), _SIGNED),
    (_hints(lambda people: people.thanks), _THANKED),
)
_BEHIND = tuple(f" {word}" for word in all_words(lambda pack: pack.people.behind))
_OTHER_FORMS = tuple((hint, re.compile(form)) for pack in PACKS for hint, form in pack.people.other_forms)


def without_titled_names(words: str) -> str:
    """Return a text without the names that follow a title, a greeting or the end of a letter, in all the languages."""
    lower = words.lower()
    found = set(_WORD.findall(lower))
    for hints, form in _FORMS:
        if not hints.isdisjoint(found):
            words = form.sub(rf"\g<before>{MASK}", words)
    if any(hint in lower for hint in _BEHIND):
        words = _FOLLOWED.sub(MASK, words)
    for hint, form in _OTHER_FORMS:
        if hint in lower:
            words = form.sub(MASK, words)
    return words
