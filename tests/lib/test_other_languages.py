"""Frozen content with its words in other languages."""

from __future__ import annotations

import json
import logging
from copy import deepcopy
from typing import Any

import pytest
from django.utils import translation

from iciinsmes.lib.other_languages import KEY, as_read, best_of, languages_in, with_words

TEXTS = ("title", "text", "checks")
OWN = {
    "title": "Listen",
    "kind": "one",
    "points": "2",
    "count": 1,
    "wanted": True,
    "help": "",
    "checks": ["Is it true?", "Is it whole?"],
    "levels": [{"points": "0", "text": "None"}, {"points": "2", "text": "All"}],
}


def german() -> dict[str, Any]:
    other: dict[str, Any] = deepcopy(OWN)
    other["title"], other["checks"][1], other["levels"][1]["text"] = "Zuhören", "Ist es alles?", "Alle"
    return other


def frozen(other: dict) -> dict:
    return json.loads(json.dumps(with_words(OWN, {"de": other}, texts=TEXTS, name="A test")))


@pytest.mark.parametrize(("language", "expected"), [("de", german()), ("de-at", german()), ("en", OWN), ("da", OWN)])
def test_it_is_read_in_the_active_language(language, expected):
    content = frozen(german())
    with translation.override(language):
        assert as_read(content) == expected
    assert languages_in(content) == {"de"}


def test_only_the_words_that_differ_are_kept():
    assert frozen(german())[KEY] == {
        "de": {"/title": "Zuhören", "/checks/1": "Ist es alles?", "/levels/1/text": "Alle"}
    }


def test_content_of_one_language_is_as_it_always_was():
    assert with_words(OWN, {}, texts=TEXTS, name="A test") == OWN
    assert frozen(deepcopy(OWN)) == OWN
    assert as_read(OWN) is OWN


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda other: other.update(kind="two"), "/kind"),
        (lambda other: other.update(points="3"), "/points"),
        (lambda other: other.update(count=2), "/count"),
        (lambda other: other.update(count=True), "/count"),
        (lambda other: other.update(wanted=False), "/wanted"),
        (lambda other: other.update(title=""), "/title"),
        (lambda other: other.update(title=None), "/title"),
        (lambda other: other.update(help="Help"), "/help"),
        (lambda other: other["checks"].append("More?"), "/checks"),
        (lambda other: other["levels"].pop(), "/levels"),
        (lambda other: other["levels"][0].update(points="1"), "/levels/0/points"),
        (lambda other: other["levels"][0].pop("text"), "/levels/0"),
        (lambda other: other.update(more=1), "it"),
    ],
)
def test_whatever_is_no_translation_is_refused_and_logged(change, place, caplog):
    other = german()
    change(other)
    with caplog.at_level(logging.ERROR):
        content = with_words(OWN, {"de": other, "da": german()}, texts=TEXTS, name=f"{place} {other}")
    assert languages_in(content) == {"da"}
    assert f"in de: {place} is no translation" in caplog.text


def test_it_is_said_once(caplog):
    other = {**german(), "points": "7"}
    with caplog.at_level(logging.ERROR):
        for _look in range(3):
            with_words(OWN, {"de": other}, texts=TEXTS, name="Said once")
    assert caplog.text.count("Said once") == 1


@pytest.mark.parametrize(("wanted", "found"), [("DE-AT", "de"), ("de", "de"), ("da", None), ("", None)])
def test_a_language_serves_its_countries(wanted, found):
    with translation.override(None):
        assert best_of({"": "x", "de": "y"}, wanted) == found
