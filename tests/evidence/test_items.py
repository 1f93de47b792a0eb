"""Evidence that is no file: what is accepted, whose it is, and what two tabs do to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from iciinsmes.evidence import api
from iciinsmes.evidence.data import EvidenceRules, item_from_json, item_to_json

from .conftest import BLOCK, OTHER_BLOCK, draft, give

RULES = EvidenceRules(max_files=3, kinds=("table", "link", "note"))
NOTE = {"date": "2026-11-20", "place": "Counter", "text": "Two customers left.\nNobody asked why."}


def add(user, kind: str, rules=RULES, usage_key=BLOCK, question="", **fields: str):
    return api.add_item(
        owner_id=user.id,
        subject=draft(user.id, usage_key),
        kind=kind,
        fields=fields,
        rules=rules,
        question=question,
    )


def change(user, item, revision: int, **fields: str):
    return api.change_item(
        item_id=item.id, owner_id=user.id, subject=draft(user.id, BLOCK).id, fields=fields, base_revision=revision
    )


def problems(user, kind: str, **fields: str) -> dict[str, str]:
    with pytest.raises(api.ItemRefused) as refused:
        add(user, kind, **fields)
    assert api.items_of(subject=draft(user.id, BLOCK).id) == ()
    return refused.value.problems


@pytest.mark.parametrize(
    ("typed", "url", "host"),
    [
        ("https://example.org/reviews?a=b@c", "https://example.org/reviews?a=b@c", "example.org"),
        (" example.org/page ", "https://example.org/page", "example.org"),
        ("HTTP://Example.org", "HTTP://Example.org", "example.org"),
        ("https://żółw.pl/", "https://żółw.pl/", "żółw.pl"),
    ],
)
def test_a_link(anna, typed, url, host):
    item = add(anna, "link", url=typed, title="Reviews")
    assert (item.content["url"], item.host, item.title) == (url, host, "Reviews")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "javascript:alert(1)",
        "java\x00script:alert(1)",
        "data:text/html,x",
        "ftp://example.org",
        "https://",
        "https://bank.example@evil.example/",
        "https://exa mple.org",
        "https://example.org/" + "x" * 2000,
        "https://[::1",
    ],
)
def test_what_is_no_web_address(anna, typed):
    assert "whole address" in problems(anna, "link", url=typed)["url"]


def test_a_note(anna):
    item = add(anna, "note", **NOTE)
    assert (item.date.isoformat(), item.content["place"]) == ("2026-11-20", "Counter")
    assert item.content["text"] == NOTE["text"]


def test_a_note_names_every_wrong_field(anna):
    tomorrow = timezone.now().date() + timedelta(days=2)
    assert set(problems(anna, "note", date=tomorrow.isoformat())) == {"date", "place", "text"}
    assert set(problems(anna, "note", **{**NOTE, "date": "yesterday"})) == {"date"}
    assert set(problems(anna, "note", **{**NOTE, "text": "x" * 20_001, "place": "y" * 201})) == {"text", "place"}


def test_a_table_with_and_without_headings(anna):
    item = add(anna, "table", title="Channels", text="channel\tn\nphone\t4,5", header="on")
    assert (item.head, item.body) == (["channel", "n"], [["phone", "4,5"]])
    assert add(anna, "table", text="1;2").head == []


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("link", {"url": "https://example.org", "title": "Reviews"}),
        ("note", NOTE),
        ("table", {"title": "Channels", "text": "channel\tn\nphone\t4,5", "header": "on"}),
    ],
)
def test_what_was_added_can_be_changed_and_survives_as_json(anna, kind, fields):
    item = add(anna, kind, **fields)
    assert api.fields_of(item) == fields
    assert item_from_json(item_to_json(item)) == item
    assert change(anna, item, 1, **fields) == item


def test_a_kind_that_the_task_does_not_allow(anna):
    with pytest.raises(api.RuleBroken):
        add(anna, "link", rules=EvidenceRules(), url="https://example.org")
    with pytest.raises(api.RuleBroken):
        add(anna, "photo")


def test_items_and_files_share_the_room(anna):
    rules = EvidenceRules(max_files=2, kinds=("table", "link", "note"))
    add(anna, "link", rules=rules, url="https://example.org")
    give(anna, "a.csv", b"a;b\n", rules=rules)
    with pytest.raises(api.RuleBroken):
        add(anna, "note", rules=rules, **NOTE)
    with pytest.raises(api.RuleBroken):
        give(anna, "b.csv", b"c;d\n", rules=rules)
    add(anna, "note", rules=rules, usage_key=OTHER_BLOCK, **NOTE)


def test_items_count_for_the_quota_of_the_course(anna, settings):
    settings.ICIINSMES_EVIDENCE_QUOTA_BYTES = 200
    add(anna, "note", usage_key=OTHER_BLOCK, **NOTE)
    with pytest.raises(api.RuleBroken):
        add(anna, "note", **{**NOTE, "text": "x" * 100})


def test_an_answer_that_got_lost_adds_nothing_twice(anna):
    assert add(anna, "note", **NOTE) == add(anna, "note", **NOTE)
    assert add(anna, "note", question="where", **NOTE).question == "where"
    assert len(api.items_of(subject=draft(anna.id, BLOCK).id)) == 2


def test_two_tabs(anna):
    item = add(anna, "note", **NOTE)
    first = change(anna, item, 1, **{**NOTE, "place": "Workshop"})
    assert first.revision == 2
    with pytest.raises(api.StaleItem) as stale:
        change(anna, item, 1, **{**NOTE, "place": "Yard"})
    assert stale.value.current == first
    assert change(anna, item, 2, **{**NOTE, "place": "Yard"}).content["place"] == "Yard"


def test_somebody_else_s(anna, bo):
    item = add(anna, "note", **NOTE)
    for attempt in (
        lambda: change(bo, item, 1, **NOTE),
        lambda: api.remove_item(item_id=item.id, owner_id=bo.id, subject=draft(bo.id, BLOCK).id),
        lambda: api.item_of(item_id=item.id, owner_id=bo.id, subject=draft(bo.id, BLOCK).id),
        lambda: api.remove_item(item_id=item.id, owner_id=anna.id, subject=draft(anna.id, OTHER_BLOCK).id),
    ):
        with pytest.raises(api.UnknownFile):
            attempt()
    assert api.items_of(subject=draft(bo.id, BLOCK).id) == ()


def test_removed_and_forgotten(anna):
    item = add(anna, "note", **NOTE)
    add(anna, "link", url="https://example.org")
    api.remove_item(item_id=item.id, owner_id=anna.id, subject=draft(anna.id, BLOCK).id)
    assert [left.kind for left in api.items_of(subject=draft(anna.id, BLOCK).id)] == ["link"]
    assert api.forget(subject=draft(anna.id, BLOCK).id) == 1
    assert api.items_of(subject=draft(anna.id, BLOCK).id) == ()


def test_a_hand_in_tells_kinds_that_are_not_allowed_any_more(anna):
    items = [add(anna, "link", url="https://example.org")]
    assert api.check_rules([], RULES, items) == []
    (message,) = api.check_rules([], EvidenceRules(), items)
    assert "links" in message


def test_the_same_file_may_stand_at_two_questions(anna):
    def begin(question: str):
        return api.begin_upload(
            owner_id=anna.id,
            subject=draft(anna.id, BLOCK),
            name="a.csv",
            size=4,
            sha256="",
            rules=RULES,
            question=question,
        )

    for question in ("where", "why", "why"):
        upload = begin(question)
        api.receive_chunk(upload_id=upload.id, owner_id=anna.id, offset=0, content=b"a;b\n")
        api.finish_upload(upload_id=upload.id, owner_id=anna.id, rules=RULES)
    assert [file.question for file in api.files_of(subject=draft(anna.id, BLOCK).id)] == ["where", "why"]
