"""More time, work that need not be done, rounds that do not count, other results, and beginning anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.assignments import api
from iciinsmes.assignments.data import LateRule, MentorNeed, MentorRule
from iciinsmes.assignments.errors import NotEditable, NotExcepted, OwnWork, Waived
from iciinsmes.assignments.models import Extension
from iciinsmes.assignments.rules import late_percent
from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.companies import api as companies
from iciinsmes.jobs import scheduled
from iciinsmes.notices.models import Notice
from iciinsmes.platform import Role, host
from iciinsmes.review import api as review
from iciinsmes.waiting import api as waiting_room
from iciinsmes_campus.host import CampusHost
from iciinsmes_campus.learning import api as learning

from .conftest import BLOCK, COURSE, GOOD, attach, person

DUE = datetime(2026, 10, 21, 16, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
POINTS = {"completeness": Decimal(3), "finding": Decimal(2)}
pytestmark = pytest.mark.django_db


@pytest.fixture
def dated(monkeypatch):
    """The host's due dates; one that is set for a person holds for that one."""
    own: dict[int, datetime | None] = {}
    monkeypatch.setattr(CampusHost, "due_date", lambda _self, user_id, _key: own.get(user_id, DUE))
    return own


@pytest.fixture
def strict(task):
    """A day costs ten percent."""
    return replace(task, late=LateRule(percent_per_day=Decimal(10)), attempts=2)


@pytest.fixture
def learner(db):
    return person("lea", Role.LEARNER)


@pytest.fixture
def teacher(db):
    return person("tea", Role.TEACHER)


@pytest.fixture
def version(strict):
    return api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=strict)


def more(teacher, due_at, **whom):
    return api.extend(usage_key=BLOCK, course_key=COURSE, by_id=teacher.id, due_at=due_at, reason="Trade fair.", **whom)


def due_of(*people):
    return [api.due_dates(user_ids=[each.id for each in people], usage_key=BLOCK)[each.id] for each in people]


def hand_in(user, version, at=None):
    """Hand in now, or at another moment."""
    attach(user)
    revision = api.work_of(user_id=user.id, usage_key=BLOCK).draft.revision
    draft = api.save_draft(user_id=user.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=revision)
    with pytest.MonkeyPatch.context() as clock:
        if at is not None:
            clock.setattr(timezone, "now", lambda: at)
        return api.hand_in(user_id=user.id, usage_key=BLOCK, base_revision=draft.revision, version_id=version.id)


def assess(round_id, teacher, version, outcome="passed", points=None):
    review.propose(
        subject=round_id,
        rubric_id=version.rubric_id,
        assessor_id=teacher.id,
        points=points or POINTS,
        comments={},
        feedback="Well seen.",
        base_revision=None,
    )
    return api.release(round_id=round_id, assessor_id=teacher.id, outcome=outcome)


def correct(round_id, teacher, version, base, outcome="passed", points=None, reason="I had overlooked a page."):
    return api.correct_result(
        round_id=round_id,
        by_id=teacher.id,
        rubric_id=version.rubric_id,
        points=points or POINTS,
        comments={},
        feedback="Seen again.",
        outcome=outcome,
        reason=reason,
        base=base,
    )


def grade_of(user):
    return learning.grades(user_id=user.id, course_key=COURSE).get(BLOCK)


def told(user):
    return list(Notice.objects.filter(user=user).order_by("id").values_list("kind", flat=True))


class TestMoreTime:
    def test_days_count_by_the_clock_over_a_change_of_it(self):
        later = api.days_later(DUE, 7, BERLIN)
        assert later == datetime(2026, 10, 28, 18, 0, tzinfo=BERLIN) == datetime(2026, 10, 28, 17, 0, tzinfo=UTC)

    @given(days=st.integers(1, 365), minutes=st.integers(0, 525_600))
    def test_the_clock_on_the_wall_shows_the_same(self, days, minutes):
        due_at = DUE + timedelta(minutes=minutes)
        later = api.days_later(due_at, days, BERLIN)
        before = due_at.astimezone(BERLIN)
        assert (later.hour, later.minute) == (before.hour, before.minute)
        assert later.date() - before.date() == timedelta(days=days)

    def test_the_later_of_the_hosts_date_and_the_own_counts(self, dated, learner, teacher, version):
        more(teacher, DUE + timedelta(days=3), owner_id=learner.id)
        other = person("bo", Role.LEARNER)
        assert due_of(learner, other) == [DUE + timedelta(days=3), DUE]
        dated[learner.id] = DUE + timedelta(days=9)
        assert due_of(learner) == [DUE + timedelta(days=9)]
        dated[learner.id] = None
        assert due_of(learner) == [None]

    def test_many_learners_cost_one_query(self, dated, teacher, version, django_assert_num_queries):
        more(teacher, DUE + timedelta(days=1))
        with django_assert_num_queries(1):
            found = api.due_dates(user_ids=range(1, 200), usage_key=BLOCK)
        assert set(found.values()) == {DUE + timedelta(days=1)}

    def test_a_firms_date_is_for_who_joins_later_and_stays_with_who_leaves(self, dated, teacher, version):
        early, late, gone, stranger = (person(name, Role.LEARNER) for name in ("ea", "la", "go", "st"))
        firm = companies.create_company(name="Nordlicht", country="DE")
        companies.join_company(company_id=firm.id, user_id=early.id, course_key=COURSE)
        companies.join_company(company_id=firm.id, user_id=gone.id, course_key=COURSE)
        companies.leave_company(user_id=gone.id, course_key=COURSE)
        more(teacher, DUE + timedelta(days=5), company_id=firm.id)
        companies.join_company(company_id=firm.id, user_id=late.id, course_key=COURSE)
        assert due_of(early, late, gone, stranger) == [*[DUE + timedelta(days=5)] * 2, DUE, DUE]
        companies.leave_company(user_id=early.id, course_key=COURSE)
        assert due_of(early) == [DUE + timedelta(days=5)]

    def test_the_latest_of_several_counts_and_taking_back_leaves_the_others(self, dated, learner, teacher, version):
        more(teacher, DUE + timedelta(days=2))
        own = more(teacher, DUE + timedelta(days=6), owner_id=learner.id)
        assert due_of(learner) == [DUE + timedelta(days=6)]
        for _twice in range(2):
            api.end_extension(extension_id=own.id, course_key=COURSE, by_id=teacher.id)
        assert due_of(learner) == [DUE + timedelta(days=2)]
        assert told(learner) == ["extended", "extension_ended"]

    def test_a_double_click_grants_once_and_tells_once(self, dated, learner, teacher, version):
        first, second = (more(teacher, DUE + timedelta(days=2), owner_id=learner.id) for _twice in range(2))
        assert first == second
        assert Extension.objects.count() == 1
        assert told(learner) == ["extended"]
        assert AuditLogEntry.objects.filter(verb="work.extended", person=learner, actor=teacher).count() == 1

    @pytest.mark.parametrize(
        ("days", "reason", "field"), [(0, "Fair.", "due_at"), (-1, "Fair.", "due_at"), (2, " ", "reason")]
    )
    def test_no_later_date_and_no_reason_are_refused(self, dated, learner, teacher, version, days, reason, field):
        with pytest.raises(NotExcepted) as refused:
            api.extend(
                usage_key=BLOCK,
                course_key=COURSE,
                by_id=teacher.id,
                due_at=DUE + timedelta(days=days),
                reason=reason,
                owner_id=learner.id,
            )
        assert list(refused.value.problems) == [field]
        assert not Extension.objects.exists()

    def test_nobody_grants_time_to_oneself(self, dated, teacher, version):
        with pytest.raises(OwnWork):
            more(teacher, DUE + timedelta(days=2), owner_id=teacher.id)

    def test_the_learner_sees_the_date_and_why(self, dated, learner, teacher, version):
        more(teacher, DUE + timedelta(days=2), owner_id=learner.id)
        work = api.work_of(user_id=learner.id, usage_key=BLOCK)
        assert (work.due_at, work.extension_reason) == (DUE + timedelta(days=2), "Trade fair.")
        hand_in(learner, version)
        assert api.work_of(user_id=learner.id, usage_key=BLOCK).rounds[0].due_at == DUE + timedelta(days=2)

    def test_more_time_mends_what_was_late_with_its_points(self, dated, learner, teacher, version):
        late = hand_in(learner, version, DUE + timedelta(days=2, hours=1))
        assert (late.late, late.late_percent) == (True, Decimal(30))
        assert waiting_room.queue(course_key=COURSE).items[0].late
        assess(late.id, teacher, version)
        before = grade_of(learner).earned
        more(teacher, DUE + timedelta(days=1), owner_id=learner.id)
        again = api.grading(round_id=late.id).round
        assert (again.late, again.late_percent) == (True, Decimal(20))
        more(teacher, DUE + timedelta(days=4), owner_id=learner.id)
        again = api.grading(round_id=late.id).round
        assert (again.late, again.late_percent, again.handed_in_at) == (False, Decimal(0), late.handed_in_at)
        assert grade_of(learner).earned > before
        marks = AuditLogEntry.objects.filter(verb="work.in_time").order_by("id")
        assert [mark.detail["late_percent_before"] for mark in marks] == ["30.00", "20.00"]

    def test_everybodys_time_mends_everybody_and_who_was_in_time_stays(
        self, dated, teacher, version, django_capture_on_commit_callbacks
    ):
        people = [person(f"p{number}", Role.LEARNER) for number in range(3)]
        for days, user in enumerate(people):
            hand_in(user, version, DUE + timedelta(days=days, minutes=-1))
        with django_capture_on_commit_callbacks(execute=True):
            more(teacher, DUE + timedelta(days=1, hours=1))
        found = [api.work_of(user_id=user.id, usage_key=BLOCK).rounds[0] for user in people]
        assert [row.late for row in found] == [False, False, True]
        assert found[0].due_at == DUE

    def test_what_a_queue_has_lost_is_mended_by_the_schedule(self, dated, learner, teacher, version):
        hand_in(learner, version, DUE + timedelta(hours=1))
        more(teacher, DUE + timedelta(days=1))
        assert api.work_of(user_id=learner.id, usage_key=BLOCK).rounds[0].late
        scheduled()["assignments.mend_lateness"].run()
        assert not api.work_of(user_id=learner.id, usage_key=BLOCK).rounds[0].late

    @given(hours=st.integers(1, 500), first=st.integers(0, 400), second=st.integers(0, 400))
    def test_more_time_never_costs_points(self, hours, first, second):
        rule = LateRule(percent_per_day=Decimal("7.5"), max_percent=Decimal(60))
        sooner, later = sorted((first, second))
        at = DUE + timedelta(hours=hours)
        assert late_percent(at, DUE + timedelta(hours=later), rule) <= late_percent(
            at, DUE + timedelta(hours=sooner), rule
        )


class TestNotNeeded:
    def waive(self, learner, teacher):
        return api.waive(
            owner_id=learner.id, usage_key=BLOCK, course_key=COURSE, by_id=teacher.id, reason="Did it at the chamber."
        )

    def end(self, learner, teacher):
        api.end_waiver(owner_id=learner.id, usage_key=BLOCK, course_key=COURSE, by_id=teacher.id)

    def test_it_counts_as_done_and_is_no_zero(self, learner, teacher, version):
        for _twice in range(2):
            self.waive(learner, teacher)
        assert grade_of(learner).possible == 0
        assert learning.completions(user_id=learner.id, course_key=COURSE)[BLOCK] == 1.0
        assert told(learner) == ["waived"]
        assert api.work_of(user_id=learner.id, usage_key=BLOCK).waiver.reason == "Did it at the chamber."

    def test_nothing_can_be_handed_in_until_it_is_taken_back(self, learner, teacher, version):
        self.waive(learner, teacher)
        with pytest.raises(Waived):
            hand_in(learner, version)
        for _twice in range(2):
            self.end(learner, teacher)
        assert grade_of(learner) is None
        assert BLOCK not in learning.completions(user_id=learner.id, course_key=COURSE)
        hand_in(learner, version)
        assert told(learner) == ["waived", "waiver_ended"]

    def test_what_waits_or_is_passed_is_not_waived(self, learner, teacher, version):
        row = hand_in(learner, version)
        with pytest.raises(NotExcepted):
            self.waive(learner, teacher)
        assess(row.id, teacher, version)
        with pytest.raises(NotExcepted):
            self.waive(learner, teacher)

    def test_after_another_round_the_earlier_points_come_back(self, learner, teacher, version):
        row = hand_in(learner, version)
        assess(row.id, teacher, version, "revise")
        before = grade_of(learner)
        self.waive(learner, teacher)
        self.end(learner, teacher)
        assert grade_of(learner) == before
        assert learning.completions(user_id=learner.id, course_key=COURSE)[BLOCK] == 1.0

    def test_nobody_waives_the_own(self, teacher, version):
        with pytest.raises(OwnWork):
            self.waive(teacher, teacher)


class TestAnotherResult:
    def test_the_new_one_counts_and_the_old_one_can_be_read(self, learner, teacher, version):
        row = hand_in(learner, version)
        first = assess(row.id, teacher, version, points={"completeness": Decimal(2), "finding": Decimal(2)})
        before = grade_of(learner).earned
        second = person("cora", Role.TEACHER)
        result = correct(row.id, second, version, first.revision)
        assert grade_of(learner).earned > before
        work = api.work_of(user_id=learner.id, usage_key=BLOCK)
        assert (work.state, work.rounds[0].assessment.assessor_id) == ("passed", second.id)
        (earlier,) = api.earlier_results(rounds=work.rounds, timeline=work.timeline)
        assert (earlier.reason, earlier.result.feedback) == ("I had overlooked a page.", "Well seen.")
        assert told(learner)[-1] == "corrected"
        assert result.feedback == "Seen again."

    def test_twice_the_same_is_once(self, learner, teacher, version):
        row = hand_in(learner, version)
        first = assess(row.id, teacher, version)
        for _twice in range(2):
            correct(row.id, teacher, version, first.revision, "revise")
        assert api.work_of(user_id=learner.id, usage_key=BLOCK).state == "revise"
        assert told(learner).count("corrected") == 1
        assert len(review.corrected(subjects=[row.id])[row.id]) == 1

    def test_who_saw_an_older_result_does_not_write_over_a_newer_one(self, learner, teacher, version):
        row = hand_in(learner, version)
        first = assess(row.id, teacher, version)
        correct(row.id, person("cora", Role.TEACHER), version, first.revision, "revise")
        with pytest.raises(review.StaleAssessment):
            correct(row.id, teacher, version, first.revision, points={**POINTS, "finding": Decimal(3)})

    def test_no_pass_without_a_mentor_who_has_to_confirm(self, learner, teacher, strict):
        needs = replace(strict, mentor=MentorRule(need=MentorNeed.REQUIRED))
        version = api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=needs)
        row = hand_in(learner, version)
        first = assess(row.id, teacher, version, "revise")
        with pytest.raises(NotExcepted):
            correct(row.id, teacher, version, first.revision)
        assert api.work_of(user_id=learner.id, usage_key=BLOCK).rounds[0].assessment == first

    def test_without_a_reason_or_result_nothing_changes(self, learner, teacher, version):
        row = hand_in(learner, version)
        with pytest.raises(NotExcepted):
            correct(row.id, teacher, version, 1)
        first = assess(row.id, teacher, version)
        with pytest.raises(review.InvalidAssessment):
            correct(row.id, teacher, version, first.revision, reason=" ")
        with pytest.raises(OwnWork):
            correct(row.id, learner, version, first.revision)
        assert review.released(subjects=[row.id])[row.id] == first

    def test_the_new_rubric_judges_and_the_old_judgement_stays(self, learner, teacher, version, strict):
        row = hand_in(learner, version)
        first = assess(row.id, teacher, version)
        criteria = strict.rubric.criteria
        newer = replace(strict, rubric=replace(strict.rubric, criteria=(criteria[0],)))
        now = api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=newer)
        result = correct(row.id, teacher, now, first.revision, points={"completeness": Decimal(3)})
        assert (result.earned, result.possible) == (3, 3)
        (kept,) = review.corrected(subjects=[row.id])[row.id]
        assert (kept.assessment.points, kept.assessment.rubric) == (first.points, first.rubric)
        assert api.grading(round_id=row.id).round.task.rubric == strict.rubric


class TestDoesNotCount:
    def test_the_round_stays_and_the_points_go(self, learner, teacher, version):
        row = hand_in(learner, version)
        assess(row.id, teacher, version)
        for _twice in range(2):
            api.cancel_round(round_id=row.id, by_id=teacher.id, reason="Handed in for somebody else.")
        work = api.work_of(user_id=learner.id, usage_key=BLOCK)
        assert (work.state, work.rounds_left) == ("revise", 2)
        assert work.rounds[0].cancelled_at is not None
        assert work.rounds[0].assessment.feedback == "Well seen."
        assert grade_of(learner) is None
        assert api.result_points(user_id=learner.id, usage_key=BLOCK) is None
        assert BLOCK not in learning.completions(user_id=learner.id, course_key=COURSE)
        assert told(learner).count("cancelled") == 1
        assert hand_in(learner, version).number == 2

    def test_what_waits_leaves_the_queue(self, learner, teacher, version):
        row = hand_in(learner, version)
        api.cancel_round(round_id=row.id, by_id=teacher.id, reason="A test.")
        assert not waiting_room.queue(course_key=COURSE).items
        first = review.proposals(subject=row.id)
        assert first == ()

    def test_the_round_before_counts_again(self, learner, teacher, version):
        first = hand_in(learner, version)
        assess(first.id, teacher, version, "revise")
        before = grade_of(learner)
        second = hand_in(learner, version)
        assess(second.id, teacher, version, points={"completeness": Decimal(3), "finding": Decimal(3)})
        api.cancel_round(round_id=second.id, by_id=teacher.id, reason="The wrong file.")
        assert grade_of(learner) == before
        with pytest.raises(NotExcepted):
            api.cancel_round(round_id=first.id, by_id=teacher.id, reason="Too.")


class TestBeginningAnew:
    def test_nothing_is_left_but_the_trail(self, learner, teacher, version):
        row = hand_in(learner, version)
        assess(row.id, teacher, version)
        api.reset_work(round_id=row.id, by_id=teacher.id, reason="The wrong course.")
        work = api.work_of(user_id=learner.id, usage_key=BLOCK)
        assert (work.state, work.rounds, dict(work.draft.answers)) == ("draft", (), {})
        assert grade_of(learner) is None
        assert host().due_dates([learner.id], BLOCK)
        (line,) = AuditLogEntry.objects.filter(verb="work_reset")
        assert (line.person_id, line.actor_id, line.detail["note"]) == (learner.id, teacher.id, "The wrong course.")
        assert told(learner)[-1] == "reset"

    def test_without_a_reason_everything_stays(self, learner, teacher, version):
        row = hand_in(learner, version)
        with pytest.raises(NotExcepted):
            api.reset_work(round_id=row.id, by_id=teacher.id, reason="")
        with pytest.raises(NotEditable):
            api.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=1)
