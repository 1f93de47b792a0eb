"""What the demo's people have done lies on the days that its texts give, wherever it is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from edx_django_utils.cache import RequestCache
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import Verb
from iciinsmes.assignments.models import Work
from iciinsmes.audit_log import api as audit_log
from iciinsmes.certificates.models import Certificate, CertificateStanding
from iciinsmes.exercises import api as exercises
from iciinsmes.exercises.data import ExerciseStep
from iciinsmes.gallery import api as gallery
from iciinsmes.mentors.models import MentorRequest
from iciinsmes.notices.models import Notice
from iciinsmes.waiting import api as waiting_room
from iciinsmes_campus.demo.api import load
from iciinsmes_campus.demo.course import COURSE_KEY

COURSE = CourseKey.from_string(COURSE_KEY)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Load the demo once, which takes seconds; the tests only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        now = timezone.now()
        load()
        yield now
        transaction.set_rollback(True)
    RequestCache.clear_all_namespaces()


@pytest.fixture(autouse=True)
def now(demo):
    return demo


def life(username, now):
    """What happened to the person's work, each with how many days ago."""
    work = Work.objects.get(owner__username=username)
    return [(Verb(line.verb).name, (now - line.at).days) for line in assignments.timeline(work_id=work.id)]


def test_the_life_of_a_work_is_in_the_past(now):
    assert life("zofia.poddebem", now) == [
        ("HANDED_IN", 16),
        ("MENTOR_ASKED", 16),
        ("LINK_OPENED", 15),
        ("CONFIRMED", 15),
        ("PASSED", 13),
    ]
    assert life("jonas.nordlicht", now) == [("HANDED_IN", 14), ("OPENED", 12), ("REVISE", 12), ("EXTENDED", 7)]


def test_nothing_happened_today_and_lists_are_in_the_order_of_days(now):
    lines = audit_log.page_of(course_key=COURSE).entries
    assert lines[0].at < now - timedelta(days=1)
    told = list(Notice.objects.order_by("id").values_list("created_at", flat=True))
    for moments in ([line.at for line in reversed(lines)], told):
        assert moments
        assert moments == sorted(moments)


def test_mentors_have_confirmed_two_rounds_and_one_link_is_open(now):
    rows = MentorRequest.objects.filter(subject_kind="round").order_by("created_at")
    assert [(row.asked_by.username.split(".")[0], row.state, (now - row.opened_at).days) for row in rows] == [
        ("zofia", "confirmed", 15),
        ("anna", "confirmed", 10),
        ("marek", "open", 3),
    ]
    counts = waiting_room.queue_counts(course_key=COURSE, overdue_before=timezone.now())
    # What lies with somebody is the request at a gate, for the owner of El-Service Fyn.
    assert (counts.waiting, counts.with_mentor) == (4, 1)


def test_one_certificate_is_issued_and_another_one_lacks_one_thing(now):
    (certificate,) = Certificate.objects.all()
    assert certificate.name == "Zofia Borowiczka"
    assert (now - certificate.issued_at).days == 3
    open_counts = dict(CertificateStanding.objects.values_list("learner__username", "open_count"))
    assert (open_counts["zofia.poddebem"], open_counts["marek.poddebem"]) == (0, 1)
    assert min(count for name, count in open_counts.items() if not name.endswith(".poddebem")) > 3


def test_one_round_is_shown_in_the_gallery(now):
    reader = User.objects.get(username="balint.szephaj")
    (entry,) = gallery.entries(course_key=COURSE, reader_id=reader.id).entries
    assert entry.round.answers["channels"].startswith("You know our first eight places")
    assert (now - entry.since).days == 13


def test_three_attempts_with_instruments_stand_at_different_steps(now):
    seen = {}
    for username, block in (
        ("mette.elservicefyn", "t02-recommend"),
        ("anna.nordlicht", "t05-complaints"),
        ("reka.szephaj", "t02-recommend"),
    ):
        user = User.objects.get(username=username)
        known = exercises.exercise_of(user_id=user.id, usage_key=COURSE.make_usage_key("digital_tool", block))
        (attempt,) = known.attempts
        data_sets = exercises.data_sets_of(owner_id=user.id, course_key=COURSE)
        assert all(data_set.created_at <= attempt.started_at for data_set in data_sets)
        seen[username] = (attempt.step, attempt.is_practice, len(data_sets), (now - attempt.started_at).days)
    assert seen == {
        "mette.elservicefyn": (ExerciseStep.DONE, False, 1, 4),
        "anna.nordlicht": (ExerciseStep.DECISION, False, 1, 2),
        "reka.szephaj": (ExerciseStep.DONE, True, 0, 3),
    }
