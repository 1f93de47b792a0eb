"""What authors wrote, frozen as JSON together with its words in other languages.

The JSON is the author's own; beside its keys stands one more with the texts that read differently elsewhere, by
language and place. So a frozen thing reads the same for ever in each language, and whatever is no text, such as keys,
points and limits, cannot differ between them.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

log = logging.getLogger(__name__)

#: The key that no data class has a field for.
KEY = "other_languages"


class _OtherStructure(Exception):
    """Something other than a text differs; the message is its place."""


def with_words(
    content: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]], *, texts: Collection[str], name: str
) -> dict[str, Any]:
    """Return content as it is frozen: with its words in other languages, or as it is where there are none.

    A language in which anything but a text differs is left out and logged; its readers see the author's own words.

    Args:
        content: what the author wrote, as JSON.
        others: the same by language.
        texts: names of fields that hold texts for people, or lists of them.
        name: what it is about, for the log.
    """
    words: dict[str, dict[str, str]] = {}
    for language, other in sorted(others.items()):
        found: dict[str, str] = {}
        try:
            _compare(content, other, "", "", texts, found)
        except _OtherStructure as error:
            _tell(name, language, str(error))
        else:
            if found:
                words[language] = found
    return {**content, KEY: words} if words else dict(content)


def languages_in(content: Mapping[str, Any]) -> frozenset[str]:
    """Return the languages of which frozen content has words besides the author's own."""
    return frozenset(content.get(KEY, ()))


def as_read(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return frozen content in the active language, and as its author wrote it where it has no words of that."""
    words = content.get(KEY)
    if words is None:
        return content
    own = {name: value for name, value in content.items() if name != KEY}
    language = best_of(words)
    return own if language is None else dict(_reworded(own, "", words[language]))


def best_of(languages: Collection[str], wanted: str | None = None) -> str | None:
    """Return which of these languages serves a reader, as Django falls back: ``de`` serves ``de-at``; None for none.

    Args:
        languages: their codes.
        wanted: the reader's language; the active one by default.
    """
    code = (wanted or get_language() or "").lower()
    return next((found for found in (code, code.partition("-")[0]) if found and found in languages), None)


def _compare(own: Any, other: Any, place: str, name: str, texts: Collection[str], found: dict[str, str]) -> None:
    if type(own) is not type(other):
        raise _OtherStructure(place)
    if isinstance(own, Mapping):
        if own.keys() != other.keys():
            raise _OtherStructure(place)
        for key, value in own.items():
            _compare(value, other[key], f"{place}/{key}", key, texts, found)
    elif isinstance(own, list):
        if len(own) != len(other):
            raise _OtherStructure(place)
        for number, value in enumerate(own):
            _compare(value, other[number], f"{place}/{number}", name, texts, found)
    elif own != other:
        # A text that is there in one language only changes what a page asks.
        if name not in texts or not isinstance(own, str) or not own or not other:
            raise _OtherStructure(place)
        found[place] = other


def _reworded(value: Any, place: str, words: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _reworded(each, f"{place}/{key}", words) for key, each in value.items()}
    if isinstance(value, list):
        return [_reworded(each, f"{place}/{number}", words) for number, each in enumerate(value)]
    return words.get(place, value)


@lru_cache(maxsize=1000)
def _tell(name: str, language: str, place: str) -> None:
    """Log it once in a process: a block is compared whenever somebody opens it."""
    log.error("%s reads as its author wrote it in %s: %s is no translation", name, language, place or "it")
