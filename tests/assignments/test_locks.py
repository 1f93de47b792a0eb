"""A mentor, a teacher and learners act on the same round in one moment, on the database as it is.

Each has a connection of its own. Where one order of two deeds is looked at, the second begins while the first holds its
locks; else all begin together.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace

import pytest
from django.db import connection

from iciinsmes.assignments import api
from iciinsmes.assignments.data import MentorNeed, MentorRule, Verb
from iciinsmes.assignments.errors import AssignmentError
from iciinsmes.assignments.models import Round, Work
from iciinsmes.assignments.subjects import round_subject
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors import sign_off_answers
from iciinsmes.mentors.errors import MentorsError
from iciinsmes.mentors.models import MentorAnswer, MentorRequest
from iciinsmes.review import api as review
from iciinsmes.waiting.models import WaitingItem
from tests.mentors.conftest import MATTER, OWNER, YES, token

from .conftest import BLOCK, COURSE, GOOD, hand_in, work, write

pytestmark = pytest.mark.django_db(transaction=True)

#: Long enough for a deed that nobody holds back; one that waits goes on afterwards.
HELD_BACK = 0.5

Deed = Callable[[], object]


@pytest.fixture
def version(task, db):
    together = replace(task, team=True, mentor=MentorRule(need=MentorNeed.OPTIONAL))
    return api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=together)


class Beside:
    """Deeds of other people, each with a connection of its own; what no room raises on purpose fails the test."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(max_workers=8)
        self.begun: list[Future[None]] = []

    def start(self, deed: Deed) -> Future[None]:
        def run() -> None:
            try:
                do(deed)
            finally:
                connection.close()

        self.begun.append(self.pool.submit(run))
        return self.begun[-1]

    def hold_back(self, deed: Deed) -> None:
        """Start it, and go on when it is done or waits for somebody."""
        wait([self.start(deed)], timeout=HELD_BACK)

    def all_at_once(self, deeds: Sequence[Deed]) -> None:
        barrier = threading.Barrier(len(deeds))

        def after_the_others(deed: Deed) -> Deed:
            return lambda: (barrier.wait(), deed())

        for deed in deeds:
            self.start(after_the_others(deed))
        self.end()

    def end(self) -> None:
        for one in self.begun:
            one.result()


def do(deed: Deed) -> None:
    """Do it; a refusal is an answer."""
    with contextlib.suppress(AssignmentError, MentorsError, review.ReviewError):
        deed()


@pytest.fixture
def beside():
    found = Beside()
    with found.pool:
        yield found


def ask(row, learner):
    return mentors.request_sign_off(
        subject=round_subject(row.shared_id, COURSE, None),
        asked_by=learner.id,
        contact=replace(OWNER, email=""),
        matter=MATTER,
    )


def answer_by(request) -> Deed:
    link = token(request)
    return lambda: mentors.answer(token=link, form=YES)


def release_by(teacher, row, version) -> Deed:
    review.propose(
        subject=row.id,
        rubric_id=version.rubric_id,
        assessor_id=teacher.id,
        points={},
        comments={},
        feedback="Once more.",
        base_revision=None,
    )
    return lambda: api.release(round_id=row.id, assessor_id=teacher.id, outcome="revise")


def withdraw_by(learner, row) -> Deed:
    return lambda: api.withdraw(user_id=learner.id, usage_key=BLOCK, round_id=row.id)


def reopen_by(teacher, row) -> Deed:
    return lambda: api.reopen(round_id=row.id, by_id=teacher.id, reason="Another try.")


def half_states() -> list[str]:
    """Return what does not fit together: works, their rounds and timelines, and what mentors were asked and said."""
    broken = []
    for one in Work.objects.select_related("owner"):
        rounds = list(one.rounds.order_by("number"))
        if [row.number for row in rounds] != list(range(1, one.round_count + 1)):
            broken.append(f"{one.owner} counts {one.round_count} rounds and has {len(rounds)}")
        own = {row.id for row in rounds}
        shared = set(Round.objects.filter(team__in=[row.team for row in rounds[-1:]]).values_list("id", flat=True))
        if one.state in ("handed_in", "confirmed"):
            queued = WaitingItem.objects.filter(subject__in={rounds[-1].id} | shared).count()
        else:
            queued = -WaitingItem.objects.filter(subject__in=own).count()
        if queued != (one.state in ("handed_in", "confirmed")):
            broken.append(f"{one.owner} is {one.state} and stands {queued} times in the queue")
        shown = work(one.owner).timeline
        confirmed = sum(event.verb == Verb.CONFIRMED for event in shown)
        answers = MentorAnswer.objects.filter(subject__in=[row.team or row.id for row in rounds]).count()
        if confirmed != answers:
            broken.append(f"{one.owner} has {answers} answers and reads of {confirmed}")
    for row in Round.objects.exclude(team=None):
        if Round.objects.filter(team=row.team).count() != 2:
            broken.append("half a team has handed in")
    for asked in MentorRequest.objects.filter(state="open"):
        waiting = Round.objects.filter(work__state="handed_in")
        if not waiting.filter(team=asked.subject).exists() and not waiting.filter(id=asked.subject).exists():
            broken.append("a mentor is asked about what waits for nobody")
    return broken


@pytest.fixture(params=["release", "withdraw", "reopen"])
def deed(request, anna, version, teacher):
    """A round that waits, a mentor who was asked, and what somebody else does about it."""
    row = hand_in(anna, version)
    other = {
        "release": lambda: release_by(teacher, row, version),
        "withdraw": lambda: withdraw_by(anna, row),
        "reopen": lambda: reopen_by(teacher, row),
    }[request.param]()
    return row, ask(row, anna), other


def test_others_wait_for_a_mentor_who_is_answering(deed, beside, monkeypatch):
    _row, request, other = deed
    checked = sign_off_answers._checked

    def checked_while_another_begins(form):
        beside.hold_back(other)
        return checked(form)

    monkeypatch.setattr(sign_off_answers, "_checked", checked_while_another_begins)
    do(answer_by(request))
    beside.end()
    assert MentorAnswer.objects.count() == 1
    assert half_states() == []


def test_a_mentor_waits_for_others_who_are_deciding(deed, beside, monkeypatch):
    _row, request, other = deed
    revoke_all = mentors.revoke_all

    def revoke_while_the_mentor_answers(**options):
        beside.hold_back(answer_by(request))
        revoke_all(**options)

    monkeypatch.setattr(mentors, "revoke_all", revoke_while_the_mentor_answers)
    do(other)
    beside.end()
    assert not MentorAnswer.objects.exists()
    assert MentorRequest.objects.get().state == "revoked"
    assert half_states() == []


@pytest.mark.parametrize(
    "what", ["remind", "ask anew", "withdraw the link", "open the link", "ask the coach", "sign for"]
)
def test_everything_about_a_mentor_waits_for_a_release(what, anna, version, teacher, beside, monkeypatch):
    row = hand_in(anna, version)
    request = ask(row, anna)
    link = token(request)
    about = {"request_id": request.id, "asked_by": anna.id}
    mentors_deed: Deed = {
        "remind": lambda: mentors.remind(**about),
        "ask anew": lambda: mentors.renew(**about),
        "withdraw the link": lambda: mentors.revoke(**about),
        "open the link": lambda: mentors.mark_opened(token=link),
        "ask the coach": lambda: mentors.ask_coach(token=link, question="Does a phone call count?"),
        "sign for": lambda: mentors.sign_for(
            subject=round_subject(row.shared_id, COURSE, None),
            owner_id=anna.id,
            coordinator_id=teacher.id,
            reason="The owner said so on the phone.",
            form=YES,
        ),
    }[what]
    revoke_all = mentors.revoke_all

    def revoke_while_another_begins(**options):
        beside.hold_back(mentors_deed)
        revoke_all(**options)

    release = release_by(teacher, row, version)
    monkeypatch.setattr(mentors, "revoke_all", revoke_while_another_begins)
    do(release)
    beside.end()
    assert work(anna).state == "revise"
    assert not MentorAnswer.objects.exists()


@pytest.mark.parametrize("_turn", range(5))
def test_two_hand_in_for_each_other(_turn, anna, bo, version, beside):
    # The one who joined later began first: her work has the lower id, and the higher owner.
    revisions = {user.id: write(user) for user in (bo, anna)}
    pair = {anna.id, bo.id}

    def hand_in_by(user) -> Deed:
        others = pair - {user.id}
        revision = revisions[user.id]
        return lambda: api.hand_in(
            user_id=user.id, usage_key=BLOCK, base_revision=revision, version_id=version.id, colleague_ids=others
        )

    beside.all_at_once([hand_in_by(anna), hand_in_by(bo), hand_in_by(anna), hand_in_by(bo)])
    assert Round.objects.count() == 2
    assert Round.objects.values("team").distinct().count() == 1
    assert half_states() == []


@pytest.mark.parametrize("_turn", range(5))
def test_a_team_its_mentor_and_its_teacher_at_once(_turn, anna, bo, version, teacher, beside):
    write(bo)
    row = hand_in(anna, version, bo)
    request = ask(row, anna)
    revision = work(bo).draft.revision
    again: Deed = lambda: api.hand_in(  # noqa: E731 - as the other deeds are
        user_id=bo.id, usage_key=BLOCK, base_revision=revision, version_id=version.id, colleague_ids=[anna.id]
    )
    beside.all_at_once(
        [
            answer_by(request),
            withdraw_by(anna, row),
            release_by(teacher, row, version),
            again,
            lambda: api.save_draft(user_id=anna.id, usage_key=BLOCK, answers=GOOD, base_revision=1),
        ]
    )
    assert half_states() == []
