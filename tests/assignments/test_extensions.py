"""More time: for a learner, a firm or everybody, and what was late and no longer is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.assignments import api
from iciinsmes.assignments.data import LateRule
from iciinsmes.assignments.errors import NotExcepted, OwnWork
from iciinsmes.assignments.models import Extension
from iciinsmes.assignments.rules import late_percent
from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.companies import api as companies
from iciinsmes.jobs import scheduled
from iciinsmes.platform import Role
from iciinsmes.waiting import api as waiting_room
from iciinsmes_campus.host import CampusHost

from .conftest import BLOCK, COURSE, person
from .judged import assess, grade_of, hand_in, told

DUE = datetime(2026, 10, 21, 16, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
pytestmark = pytest.mark.django_db


@pytest.fixture
def dated(monkeypatch):
    """The host's due dates; one that is set for a person holds for that one."""
    own: dict[int, datetime | None] = {}
    monkeypatch.setattr(CampusHost, "due_date", lambda _self, user_id, _key: own.get(user_id, DUE))
    return own


@pytest.fixture
def version(strict):
    return api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=strict)


def more(teacher, due_at, **whom):
    return api.extend(usage_key=BLOCK, course_key=COURSE, by_id=teacher.id, due_at=due_at, reason="Trade fair.", **whom)


def due_of(*people):
    return [api.due_dates(user_ids=[each.id for each in people], usage_key=BLOCK)[each.id] for each in people]


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
