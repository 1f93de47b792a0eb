"""Events: each is published where it happens, and none of them holds anything but ids."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import transaction

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import MentorNeed, MentorRule
from iciinsmes.assignments.subjects import round_subject
from iciinsmes.canvases import api as canvases
from iciinsmes.exercises import api as exercises
from iciinsmes.exercises.data import Answers, ExerciseSettings, ExerciseStep
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import MentorContact
from iciinsmes.platform import Role, host
from iciinsmes.platform.events import EVENTS, checked
from iciinsmes_campus.learning.models import TrackingEvent
from tests.desk.conftest import make_task
from tests.mentors.conftest import BACK, MATTER, YES, token
from tests.people import SME1, person
from tests.privacy.deeds import judge, save

W01 = SME1.make_usage_key("workplace_assignment", "w01")
TOOL = SME1.make_usage_key("digital_tool", "loyalty")
#: Fields that may be there besides ids and keys of blocks.
PLAIN = {"version": int, "confirmed": bool, "by_staff": bool}
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def anna(db):
    return person("anna", Role.LEARNER, first_name="Anna", last_name="Lindmoor")


@pytest.fixture
def tea(db):
    return person("tea", Role.TEACHER)


def version():
    task = replace(make_task(), statement=False, mentor=MentorRule(need=MentorNeed.OPTIONAL, checks=()))
    return assignments.freeze_task(usage_key=W01, course_key=SME1, task=task)


def ask(owner, round_id):
    contact = MentorContact(name="Lars Fyn", email="lars@example.org", language="en", role="owner")
    return mentors.request_sign_off(
        subject=round_subject(round_id, SME1, None), asked_by=owner.pk, contact=contact, matter=MATTER
    )


def hand_in(owner, task):
    """Hand in what is written, and return the round."""
    draft = assignments.work_of(user_id=owner.pk, usage_key=W01).draft
    if not draft.revision:
        save(owner, W01)
        draft = assignments.work_of(user_id=owner.pk, usage_key=W01).draft
    made = assignments.hand_in(user_id=owner.pk, usage_key=W01, base_revision=draft.revision, version_id=task.id)
    return made.id


def live(anna, tea) -> None:
    """Let everything happen that is published."""
    task = version()
    round_id = hand_in(anna, task)
    assignments.withdraw(user_id=anna.pk, usage_key=W01, round_id=round_id)
    round_id = hand_in(anna, task)
    mentors.answer(token=token(ask(anna, round_id)), form=BACK)
    round_id = hand_in(anna, task)
    mentors.answer(token=token(ask(anna, round_id)), form=YES)
    assignments.mark_opened(round_id=round_id, by_id=tea.pk)
    judge(round_id, task, tea, feedback="Zaunkönig")
    assignments.release(round_id=round_id, assessor_id=tea.pk, outcome="passed")
    assignments.reopen(round_id=round_id, by_id=tea.pk, reason="Zaunkönig")
    settings = ExerciseSettings(title="Loyalty", instrument="net-promoter-score")
    exercises.open_exercise(user_id=anna.pk, usage_key=TOOL, course_key=SME1, settings=settings)
    attempt = exercises.begin(user_id=anna.pk, usage_key=TOOL, data_set_id=None, options={})
    while attempt.step is not ExerciseStep.DONE:
        attempt = exercises.answer(
            user_id=anna.pk, attempt_id=attempt.id, step=attempt.step, given=Answers(words="Zaunkönig")
        )
    canvas = canvases.create_canvas(
        owner_id=anna.pk, course_key=SME1, instrument="value-proposition-canvas", title="Zaunkönig"
    )
    canvases.save_version(canvas_id=canvas.id, user_id=anna.pk, note="Zaunkönig")


def test_everything_that_is_listed_happens_and_holds_nothing_but_ids(anna, tea):
    live(anna, tea)
    rows = list(TrackingEvent.objects.filter(name__startswith="iciinsmes."))
    assert {row.name for row in rows} == set(EVENTS)
    for row in rows:
        assert (row.user_id, row.course_key) == (anna.pk, SME1)
        assert row.usage_key in (W01, TOOL, None)
        for field, value in row.data.items():
            is_id = field.endswith("_id") and UUID.fullmatch(str(value))
            assert is_id or type(value) is PLAIN.get(field), (row.name, field)


def test_a_learner_who_goes_through_it_leaves_them_in_order(anna, tea):
    live(anna, tea)
    work = TrackingEvent.objects.filter(usage_key=W01).order_by("id").values_list("name", flat=True)
    assert [name.removeprefix("iciinsmes.") for name in work] == [
        "work.handed_in",
        "work.withdrawn",
        "work.handed_in",
        "mentor.asked",
        "mentor.answered",
        "work.returned",
        "work.handed_in",
        "mentor.asked",
        "mentor.answered",
        "work.opened",
        "work.released",
        "work.passed",
        "work.reopened",
    ]
    answers = TrackingEvent.objects.filter(name="iciinsmes.mentor.answered").order_by("id")
    assert [row.data["confirmed"] for row in answers] == [False, True]


@pytest.mark.parametrize("name", EVENTS)
def test_a_field_is_an_id_a_key_or_plain(name):
    fields = EVENTS[name].fields
    assert fields["user_id"] is int
    for field, found in fields.items():
        assert field == "usage_key" or field.endswith("_id") or PLAIN[field] is found, field


@pytest.mark.django_db
def test_what_is_rolled_back_is_not_published(anna):
    with transaction.atomic():
        hand_in(anna, version())
        transaction.set_rollback(True)
    assert not TrackingEvent.objects.exists()


GOOD = {"user_id": 7, "usage_key": str(W01), "round_id": str(uuid4())}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("iciinsmes.work.handed_in", {**GOOD, "name": "Anna"}),
        ("iciinsmes.work.handed_in", {"user_id": 7}),
        ("iciinsmes.work.handed_in", {**GOOD, "user_id": "7"}),
        ("iciinsmes.work.handed_in", {**GOOD, "user_id": True}),
        ("iciinsmes.work.burnt", GOOD),
    ],
)
def test_an_event_that_is_not_as_listed_is_a_mistake(name, data):
    with pytest.raises(ValueError, match="event"):
        checked(name, data)
    with pytest.raises(ValueError, match="event"):
        host().publish_event(name, data, SME1)
