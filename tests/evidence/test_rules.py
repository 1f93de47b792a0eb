from __future__ import annotations

from uuid import uuid4

import pytest

from iciinsmes.evidence.data import EvidenceData, EvidenceRules
from iciinsmes.evidence.errors import ContentRefused, RuleBroken, TooLarge
from iciinsmes.evidence.rules import Taken, check_announced, check_room, check_rules

RULES = EvidenceRules(max_files=2, max_file_bytes=100, max_total_bytes=150, kinds=("photo",), required=True)


def file(size: int = 10, content_type: str = "image/jpeg") -> EvidenceData:
    return EvidenceData(
        id=uuid4(), owner_id=1, name="a.jpg", description="", size=size, content_type=content_type, kept=False
    )


@pytest.mark.parametrize(
    ("name", "size", "error", "words"),
    [
        ("a.jpg", 0, RuleBroken, "empty"),
        ("a.jpg", -5, RuleBroken, "empty"),
        ("a.jpg", 101, TooLarge, "up to"),
        ("a.svg", 10, ContentRefused, "photos"),
        ("a.html", 10, ContentRefused, "photos"),
    ],
)
def test_a_file_that_cannot_count_is_refused_before_it_is_sent(name, size, error, words):
    with pytest.raises(error) as refused:
        check_announced(name=name, size=size, rules=RULES)
    assert words in refused.value.message


def test_the_largest_allowed_file_is_allowed():
    check_announced(name="a.JPG", size=100, rules=RULES)


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        (Taken(files=2, bytes=0, course_bytes=0), "up to 2 files"),
        (Taken(files=1, bytes=91, course_bytes=0), "together"),
        (Taken(files=1, bytes=0, course_bytes=951), "no room"),
    ],
)
def test_no_room_left(taken, words):
    with pytest.raises(RuleBroken) as refused:
        check_room(size=60, taken=taken, rules=RULES, quota=1010)
    assert words in refused.value.message


def test_exactly_enough_room():
    check_room(size=60, taken=Taken(files=1, bytes=90, course_bytes=950), rules=RULES, quota=1010)


def test_hand_in_names_every_broken_rule():
    assert check_rules([file()], RULES) == []
    assert check_rules([], RULES) == ["Add at least one file as evidence."]
    assert check_rules([], EvidenceRules()) == []
    messages = check_rules([file(101), file(content_type="text/csv"), file(60)], RULES)
    assert len(messages) == 4


def test_what_a_page_says_about_the_rules():
    rules = EvidenceRules(kinds=("photo", "table", "gone"))
    assert rules.camera
    assert rules.kind_names == "photos, tables"
    assert rules.accept.startswith("image/jpeg,")
    assert {"jpg", "heic", "csv"} <= set(rules.extensions)
    assert "svg" not in rules.extensions
