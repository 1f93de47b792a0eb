"""A college's own file: read back as it was written, and every mistake named where it stands."""

from __future__ import annotations

import copy
import json

import pytest
from django.utils import translation

from iciinsmes.self_check import api
from iciinsmes.self_check.authoring import model_of_settings
from iciinsmes.self_check.data import CheckSettings
from iciinsmes.self_check.errors import WrongModel
from iciinsmes.self_check.labels import show
from iciinsmes.self_check.model_file import from_stored, stored
from iciinsmes.self_check.rules import outcome
from iciinsmes.self_check.shipped import shipped_model

FILE = json.loads(api.write_model(api.shipped_model()))


def read(content):
    text = content if isinstance(content, str) else json.dumps(content)
    return model_of_settings(CheckSettings(title="T", model=text))


def problems(content) -> list[str]:
    with pytest.raises(WrongModel) as caught:
        read(content)
    return list(caught.value.problems)


def changed(**parts) -> dict:
    return {**copy.deepcopy(FILE), **parts}


def with_item(**parts) -> dict:
    content = copy.deepcopy(FILE)
    content["items"][3].update(parts)
    return content


def test_the_file_that_is_handed_out_asks_and_scores_what_the_shipped_model_does():
    found, shipped = read(FILE), shipped_model()
    assert [(item.code, item.dimension, item.axis, item.advice) for item in found.items] == [
        (item.code, item.dimension, item.axis, item.advice) for item in shipped.items
    ]
    assert found.scale.steps == shipped.scale.steps
    assert {"en", "de", "da", "pl", "hu"} <= set(FILE["items"][0]["text"])
    assert outcome(found, {}).dimensions == outcome(shipped, {}).dimensions


def test_no_file_is_the_shipped_model():
    assert read("  \n") == shipped_model()


def test_a_version_is_found_by_what_it_asks():
    model = read(FILE)
    content_hash, content = stored(model)
    assert from_stored(json.loads(json.dumps(content))) == model
    assert stored(read(json.dumps(FILE, indent=7)))[0] == content_hash
    assert stored(read(with_item(text="We do something else.")))[0] != content_hash
    assert stored(read(with_item(reverse=True)))[0] != content_hash


def test_texts_are_read_in_the_readers_language_and_else_in_english():
    text = read(with_item(text={"en": "Lost", "de": "Verloren", "pt-br": "Perdidos"})).items[3].text
    for language, words in {"de": "Verloren", "de-at": "Verloren", "hu": "Lost", "pt-br": "Perdidos"}.items():
        with translation.override(language):
            assert show(text) == words
    only = read(with_item(text="Kun dansk")).items[3].text
    with translation.override("hu"):
        assert show(only) == "Kun dansk"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{\n "scale": {"low": 0,}\n}', "line 2"),
        ("[" * 100_000, "no JSON"),
        ("[]", "the file: must be an object"),
        (changed(version=3), "the file: does not know “version”"),
        (changed(items=[]), "items: must be a list of 1 to 60"),
        (changed(dimensions={}), "dimensions: must be a list"),
        (changed(scale={"low": 4, "high": 0}), "scale: low and high"),
        (changed(scale={"low": 0, "high": 4, "words": ["a"]}), "scale.words: must be a list of 5 words"),
        (changed(scale=None), "scale: must be an object"),
        (with_item(text=""), "items[3].text: must be a text"),
        (with_item(text={"EN": "x"}), "items[3].text"),
        (with_item(text={"en": 3}), "items[3].text"),
        (with_item(code="a b"), "items[3].code"),
        (with_item(code=4), "items[3].code"),
        (with_item(code="1"), "items: the code “1” stands there twice"),
        (with_item(dimension="D9"), "items[3].dimension: is the code of no dimension"),
        (with_item(dimension=["D1"]), "items[3].dimension"),
        (with_item(axis="both"), "items[3].axis: must be one of responsive, proactive"),
        (with_item(axis=[]), "items[3].axis"),
        (with_item(advice="T99"), "items[3].advice"),
        (with_item(weight=0), "items[3].weight"),
        (with_item(weight="NaN"), "items[3].weight"),
        (with_item(reverse="no"), "items[3].reverse"),
        (with_item(scale={"low": 0, "high": 50}), "items[3].scale"),
        (with_item(reversed=True), "items[3]: does not know “reversed”"),
        (changed(advice=[{"code": "EW", "title": "x", "link": "javascript:alert(1)"}]), "advice[0].link"),
    ],
)
def test_each_mistake_is_named_where_it_stands(content, says):
    assert any(says in problem for problem in problems(content)), problems(content)


def test_all_mistakes_are_told_at_once():
    content = changed()
    content["items"][0]["axis"] = "x"
    content["items"][7]["text"] = ""
    assert len(problems(content)) == 2


def test_a_dimension_without_statements_and_an_axis_without_any_are_mistakes():
    content = changed()
    content["dimensions"].append({"code": "D7", "title": "Empty"})
    assert "dimensions[6]" in problems(content)[0]
    content = changed()
    for item in content["items"]:
        item["axis"] = "responsive"
    assert "proactive" in problems(content)[0]
