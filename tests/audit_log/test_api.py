"""The trail: lines are added, read by thing and by page, and people can be taken out of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.audit_log import labels
from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.audit_log.retirement import expire, export_person, forget_person
from iciinsmes.lib.registry import UnknownKey
from tests.people import SME1, person

OTHER = CourseKey.from_string("course-v1:ICI+OTHER+2026")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _verbs_of_these_tests(monkeypatch):
    verbs = [*"abcdx", *"0123456", "work_opened", "elsewhere", "here", "there", "not hers", "old", "new"]
    monkeypatch.setattr(labels.VERBS, "_entries", dict.fromkeys(verbs, _("did")))


def add(verb: str = "work_opened", course_key: CourseKey = SME1, subject: str = "work:1", **more: Any) -> None:
    audit_log.record(course_key=course_key, verb=verb, subject=subject, **{"actor_id": None, **more})


def verbs(**filters: Any) -> list[str]:
    return [entry.verb for entry in audit_log.page_of(course_key=SME1, **filters).entries]


def test_a_line_is_added_in_one_statement(django_assert_num_queries):
    anna, tea = person("anna"), person("tea")
    with django_assert_num_queries(1):
        add(actor_id=tea.pk, person_id=anna.pk, detail={"round": 2})
    (entry,) = audit_log.entries_of(subject="work:1")
    assert (entry.verb, entry.actor_id, entry.person_id, entry.detail) == ("work_opened", tea.pk, anna.pk, {"round": 2})
    assert entry.course_key == SME1


def test_the_lines_of_a_thing_come_oldest_first_in_one_query(django_assert_num_queries):
    for verb in ("a", "b", "c"):
        add(verb)
    add("elsewhere", subject="work:11")
    with django_assert_num_queries(1):
        assert [entry.verb for entry in audit_log.entries_of(subject="work:1")] == ["a", "b", "c"]
    assert [entry.verb for entry in audit_log.entries_of(subject="work:1", verbs=["a", "c", "elsewhere"])] == ["a", "c"]


def test_a_name_without_account_is_kept_and_cut():
    add(actor_name="M" * 300)
    assert audit_log.entries_of(subject="work:1")[0].actor_name == "M" * 255


def test_pages_are_newest_first_and_complete():
    for number in range(7):
        add(str(number))
    add("elsewhere", course_key=OTHER)
    first = audit_log.page_of(course_key=SME1, limit=3)
    second = audit_log.page_of(course_key=SME1, limit=3, after=first.next_after)
    third = audit_log.page_of(course_key=SME1, limit=3, after=second.next_after)
    assert [entry.verb for page in (first, second, third) for entry in page.entries] == list("6543210")
    assert third.next_after is None


def test_pages_can_be_narrowed():
    anna, tea = person("anna"), person("tea")
    add("a", actor_id=anna.pk, person_id=anna.pk)
    add("b", actor_id=tea.pk, person_id=anna.pk)
    add("c", actor_id=tea.pk)
    assert verbs(person_id=anna.pk) == ["b", "a"]
    assert verbs(actor_id=tea.pk) == ["c", "b"]
    assert verbs(verb="a") == ["a"]
    assert verbs(actor_id=tea.pk, person_id=anna.pk, verb="b") == ["b"]
    assert verbs(actor_id=tea.pk, verb="a") == []


@pytest.mark.parametrize("length", [10, 1000])
def test_a_page_costs_one_query_at_any_length(length: int, django_assert_num_queries):
    anna = person("anna")
    rows = [AuditLogEntry(course_key=SME1, verb="x", person=anna, subject=f"work:{number}") for number in range(length)]
    AuditLogEntry.objects.bulk_create(rows, batch_size=500)
    with django_assert_num_queries(1):
        audit_log.page_of(course_key=SME1, person_id=anna.pk, verb="x", after=rows[-1].pk)


def test_a_forgotten_person_is_in_no_line_and_the_lines_stay():
    anna, tea = person("anna"), person("tea")
    add("a", actor_id=anna.pk, person_id=anna.pk, detail={"text": "Anna", "round": 2})
    add("b", actor_id=tea.pk, person_id=anna.pk, detail={"text": "Anna"})
    add("c", actor_name="Her boss", person_id=anna.pk)
    add("d", actor_id=tea.pk, detail={"kept": 1})
    forget_person(user_id=anna.pk)
    found = {entry.verb: entry for entry in audit_log.page_of(course_key=SME1).entries}
    assert sorted(found) == ["a", "b", "c", "d"]
    assert {entry.person_id for entry in found.values()} == {None}
    assert [found[verb].actor_id for verb in "abcd"] == [None, tea.pk, None, tea.pk]
    assert [found[verb].detail for verb in "abcd"] == [{"round": 2}, {}, {}, {"kept": 1}]
    assert found["c"].actor_name == ""


def test_forgetting_in_one_course_run_leaves_the_others():
    anna = person("anna")
    add("here", person_id=anna.pk)
    add("there", course_key=OTHER, person_id=anna.pk)
    forget_person(user_id=anna.pk, course_key=SME1)
    assert verbs(person_id=anna.pk) == []
    assert len(audit_log.page_of(course_key=OTHER, person_id=anna.pk).entries) == 1


def test_an_export_names_nobody_else():
    anna, tea = person("anna"), person("tea")
    add("a", actor_id=tea.pk, person_id=anna.pk, detail={"text": "by Tea"})
    add("b", actor_id=anna.pk, subject="company:4")
    add("c", actor_name="Her boss", person_id=anna.pk)
    add("not hers", actor_id=tea.pk)
    rows = list(export_person(user_id=anna.pk).tables["trail"])
    assert [(row["verb"], row["by"], row["about"], row["thing"]) for row in rows] == [
        ("a", "somebody else", "you", "work"),
        ("b", "you", None, "company"),
        ("c", None, "you", "work"),
    ]


def test_old_lines_expire():
    add("old")
    AuditLogEntry.objects.update(at=timezone.now() - timedelta(days=10))
    add("new")
    before = timezone.now() - timedelta(days=5)
    assert expire(before=before, dry_run=True) == 1
    assert verbs() == ["new", "old"]
    assert expire(before=before) == 1
    assert verbs() == ["new"]


def test_a_line_outlives_the_account():
    anna = person("anna")
    add(actor_id=anna.pk, person_id=anna.pk)
    anna.delete()
    (entry,) = audit_log.entries_of(subject="work:1")
    assert (entry.actor_id, entry.person_id) == (None, None)


def test_nothing_is_recorded_that_nobody_could_read():
    with pytest.raises(UnknownKey, match="verb of the trail 'dreamt'"):
        add("dreamt")
    with pytest.raises(UnknownKey):
        audit_log.record_about(course_key=SME1, verb="dreamt", actor_id=None, people=[])
    assert not AuditLogEntry.objects.exists()
