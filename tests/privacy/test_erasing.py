"""After an erasure nothing tells of the person any more, in whichever table, and nobody else has lost anything."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from iciinsmes.assignments.models import Round, Work
from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies.models import Company, CompanyImport, CompanyRun
from iciinsmes.evidence import api as evidence
from iciinsmes.privacy import api as privacy
from iciinsmes.privacy.errors import PersonNotFound
from iciinsmes.review import api as review
from iciinsmes.review.models import Assessment
from tests.people import SME1

from .conftest import OTHER
from .deeds import CANARY, W02, begin, send
from .traces import holds_personal_data, objects, rows_with, tables, traces_of

pytestmark = pytest.mark.django_db
#: Tables that belong to no course run: preferences of the account, and the directory of support of the whole site.
_OF_NO_RUN = {
    "NoticePreference",
    "Reminder",
    "SupportChange",
    "SupportEditor",
    "SupportEntry",
    "SupportImport",
}


def found(person: Any, *words: str) -> dict[str, list[str]]:
    every = {table.__name__: rows_with(table, (*traces_of(person), *words)) for table in tables()}
    return {name: rows for name, rows in every.items() if rows}


@pytest.fixture
def erase(django_capture_on_commit_callbacks):
    def erase(person: Any, **more: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            privacy.erase(**{"user_id": person.pk, "asked_by": None, "reason": "command", **more})

    return erase


def test_every_table_with_personal_data_is_tried(everything):
    annotated = {table.__name__ for table in tables() if holds_personal_data(table)}
    assert annotated - set(found(everything["anna"])) == set(), "let the person into these tables in fill_everything"


def test_no_other_table_has_anything_about_the_person(everything):
    silent = {table.__name__ for table in tables() if not holds_personal_data(table)}
    assert silent & set(found(everything["anna"])) == set(), "these tables say that they hold no personal data"


@pytest.mark.parametrize("course_key", [None, SME1], ids=["everywhere", "in the course run"])
def test_nothing_is_left_of_the_person(everything, erase, course_key):
    assert list(objects())
    erase(everything["anna"], course_key=course_key)
    left = found(everything["anna"], CANARY)
    if course_key is not None:
        left = {name: rows for name, rows in left.items() if name not in _OF_NO_RUN}
    assert left == {}
    assert list(objects()) == []


def test_others_keep_what_is_theirs(everything, erase):
    bo = everything["bo"]
    upload = begin(bo, W02, b"bo")
    send(bo, upload, b"bo")
    rounds = set(Round.objects.filter(work__owner=bo).values_list("id", flat=True))
    erase(everything["anna"])
    assert set(Round.objects.filter(work__owner=bo).values_list("id", flat=True)) == rounds
    released = review.released(subjects=rounds)
    assert [(result.outcome, result.assessor_id, result.feedback) for result in released.values()] == [
        ("passed", None, "well done")
    ]
    assert evidence.get(evidence_id=upload.id).name == f"{CANARY}.csv"
    assert Company.objects.count() == 2
    (left,) = CompanyImport.objects.all()
    assert [line[6] for line in left.table["lines"]] == ["nobody"]


def test_what_a_teacher_released_stays_the_learners(everything, erase):
    anna, tea = everything["anna"], everything["tea"]
    erase(tea)
    assert found(tea) == {}
    (round_id,) = Round.objects.filter(work__owner=anna).values_list("id", flat=True)
    result = review.released(subjects=[round_id])[round_id]
    assert (result.outcome, result.assessor_id, result.feedback) == ("passed", None, f"{CANARY} well done")


def test_only_the_course_run_is_erased(everything, erase):
    anna = everything["anna"]
    erase(anna, course_key=OTHER)
    assert Work.objects.filter(owner=anna).count() == 2
    assert Assessment.objects.filter(assessor=anna).count() == 2
    assert len(list(objects())) == 5


def test_a_firm_of_one_person_goes_with_that_person(people, erase):
    solo = Company.objects.create(name="Annegret Quellbrunn", country="DE", size_class="1")
    CompanyRun.objects.create(company=solo, course_key=SME1)
    solo.memberships.create(user=people["anna"], course_key=SME1)
    erase(people["anna"])
    assert not Company.objects.exists()


def test_a_firm_of_one_person_with_a_coach_stays(people, erase):
    solo = Company.objects.create(name="Werkstatt", country="DE", size_class="1")
    CompanyRun.objects.create(company=solo, course_key=SME1)
    solo.memberships.create(user=people["anna"], course_key=SME1)
    solo.coaches.create(user=people["cora"], course_key=SME1)
    erase(people["anna"])
    assert CompanyRun.objects.filter(company=solo).exists()


def test_the_trail_tells_that_it_was_done_and_not_about_whom(everything, erase):
    erase(everything["anna"], asked_by=everything["cora"].pk, reason="asked", course_key=SME1)
    (entry,) = audit_log.page_of(course_key=SME1, verb="data_erased").entries
    assert (entry.actor_id, entry.person_id, entry.detail) == (everything["cora"].pk, None, {"reason": "asked"})


def test_everywhere_means_a_line_in_each_course_run_that_knows_the_person(everything, erase):
    audit_log.record(course_key=OTHER, verb="firm_left", actor_id=everything["anna"].pk, subject="company:1")
    erase(everything["anna"])
    for course_key in (SME1, OTHER):
        assert len(audit_log.page_of(course_key=course_key, verb="data_erased").entries) == 1


def test_erasing_twice_is_no_error(everything, erase):
    for _time in range(2):
        erase(everything["anna"])
    assert found(everything["anna"]) == {}


def test_an_error_leaves_everything_as_it_was(everything, monkeypatch):
    def fail(**_arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(audit_log, "record", fail)
    with pytest.raises(RuntimeError):
        privacy.erase(user_id=everything["anna"].pk, asked_by=None, reason="command", course_key=SME1)
    assert Work.objects.filter(owner=everything["anna"]).count() == 2
    assert len(list(objects())) == 5


def test_nobody_cannot_be_erased(db):
    with pytest.raises(PersonNotFound):
        privacy.erase(user_id=1, asked_by=None, reason="command")


def test_the_command_erases_after_asking(everything, monkeypatch, capsys, django_capture_on_commit_callbacks):
    anna = everything["anna"]
    monkeypatch.setattr("builtins.input", lambda _question: "no")
    with pytest.raises(CommandError, match="Nothing is erased"):
        call_command("ici_forget_person", anna.username)
    assert found(anna)
    monkeypatch.setattr("builtins.input", lambda _question: anna.username)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("ici_forget_person", anna.username)
    assert found(anna) == {}
    assert not storages["iciinsmes"].listdir("uploads")[1]


def test_the_command_knows_no_strangers(db):
    with pytest.raises(CommandError, match="There is no account nobody"):
        call_command("ici_forget_person", "nobody")
