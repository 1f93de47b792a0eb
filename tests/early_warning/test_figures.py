"""Figures, limits and alarms of a firm through the door of the room: kept, frozen, answered, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from iciinsmes.companies import api as companies
from iciinsmes.early_warning import api
from iciinsmes.early_warning.data import RULES_VERSION, AlarmRule, Colour, MonthCell
from iciinsmes.early_warning.errors import NeedsWords, NotAllowedHere, StaleAlarm, UnknownAlarm, WrongFigures
from iciinsmes.early_warning.models import Alarm, MonthFigureVersion, WatchBaseline
from iciinsmes.notices.models import Notice
from iciinsmes.projects import api as projects
from iciinsmes.projects.data import Kind
from tests.early_warning.conftest import CASES, ORDERS, save, series
from tests.people import SME1


def alarms(people) -> list[tuple[Colour, AlarmRule]]:
    found = api.alarms_of(company_id=people.firm.id)
    return [(each.colour, each.reasons[0].rule) for each in sorted(found, key=lambda each: each.period)]


def colour_of(people) -> Colour:
    return api.watch_here(company_id=people.firm.id)[0].colour


def answer(people, alarm, user=None, **more):
    words = {"cause": "New driver", "action": "Show him the way", "due": date(2027, 1, 31), **more}
    return api.answer_alarm(
        company_id=people.firm.id,
        alarm_id=alarm.id,
        user_id=(user or people.anna).pk,
        course_key=SME1,
        **{"revision": alarm.revision, **words},
    )


def close(people, alarm, note="It was the snow", user=None):
    return api.close_alarm(
        company_id=people.firm.id,
        alarm_id=alarm.id,
        user_id=(user or people.anna).pk,
        course_key=SME1,
        revision=alarm.revision,
        note=note,
    )


# Alarms


def test_the_worked_series_raises_its_three_alarms_once(people):
    save(people, series(CASES, ORDERS))
    assert alarms(people) == [
        (Colour.RED, AlarmRule.TWICE),
        (Colour.AMBER, AlarmRule.BEYOND_2),
        (Colour.RED, AlarmRule.BEYOND_3),
    ]
    assert {each.version for each in api.alarms_of(company_id=people.firm.id)} == {RULES_VERSION}
    assert colour_of(people) is Colour.RED
    assert save(people, series(CASES, ORDERS)) == ()
    assert len(alarms(people)) == 3


def test_typed_month_by_month_or_at_once_the_limits_of_twelve_are_the_same(people):
    rows = series(CASES, ORDERS)
    save(people, rows[:12])
    before = list(WatchBaseline.objects.values_list("limits", flat=True))
    for cell in rows[12:]:
        save(people, [cell])
    assert list(WatchBaseline.objects.values_list("limits", flat=True)) == before
    assert len(alarms(people)) == 3


def test_correcting_an_old_month_keeps_every_alarm_with_its_note(people):
    rows = series(CASES, ORDERS)
    save(people, rows)
    first = min(api.alarms_of(company_id=people.firm.id), key=lambda each: each.period)
    close(people, first)
    save(people, [replace(rows[13], numerator=Decimal(2)), replace(rows[0], numerator=Decimal(30))])
    kept = api.alarm_here(company_id=people.firm.id, alarm_id=first.id)
    assert (kept.note, kept.holds, kept.is_open) == ("It was the snow", False, False)
    assert len(alarms(people)) == 3
    assert [row.numerator for row in MonthFigureVersion.objects.order_by("figure__month")] == [5, 6]


def test_an_alarm_asks_cause_action_and_day_and_closes_only_with_a_note(people):
    save(people, series(CASES, ORDERS))
    alarm = api.alarms_of(company_id=people.firm.id)[0]
    for missing in ({"cause": " "}, {"action": ""}, {"due": None}):
        with pytest.raises(NeedsWords):
            answer(people, alarm, **missing)
    with pytest.raises(NeedsWords):
        close(people, alarm, note="  ")
    answered = answer(people, alarm)
    assert (answered.cause, answered.answered_by, answered.is_open) == ("New driver", people.anna.pk, True)
    with pytest.raises(StaleAlarm):
        close(people, alarm)
    assert not close(people, answered).is_open


def test_one_answer_may_hold_for_all_open_alarms_of_an_indicator(people):
    save(people, series(CASES, ORDERS))
    alarm = api.alarms_of(company_id=people.firm.id)[0]
    answer(people, alarm, for_all=True)
    assert all(each.cause == "New driver" for each in api.alarms_of(company_id=people.firm.id))


def test_an_alarm_becomes_a_measure_once_and_begins_a_project_where_there_is_none(people):
    save(people, series(CASES, ORDERS))
    alarm = answer(people, api.alarms_of(company_id=people.firm.id)[0])
    made = {
        api.make_measure(
            company_id=people.firm.id, alarm_id=alarm.id, user_id=people.anna.pk, course_key=SME1, title="Complaints"
        )
        for _twice in range(2)
    }
    entries = projects.entries_of(project_id=made.pop(), kinds=[Kind.MEASURE])
    assert [(each.content["title"], each.content["due"]) for each in entries] == [("Show him the way", "2027-01-31")]
    assert api.alarm_here(company_id=people.firm.id, alarm_id=alarm.id).measure_id == entries[0].id


# New limits


def test_new_limits_need_a_reason_and_keep_the_old_ones_and_their_alarms(people):
    rows = series(CASES, ORDERS)
    save(people, rows)
    who = {"company_id": people.firm.id, "user_id": people.anna.pk, "course_key": SME1, "indicator": "E1"}
    with pytest.raises(NeedsWords):
        api.begin_baseline(**who, first_month=rows[12].month, reason=" ")
    with pytest.raises(WrongFigures):
        api.begin_baseline(**who, first_month=api.running_month() + 1, reason="Later")
    api.begin_baseline(**who, first_month=rows[12].month, reason="We make kitchens only")
    assert len(alarms(people)) == 3
    page = api.indicator_page(company_id=people.firm.id, user_id=people.anna.pk, course_key=SME1, key="E1")
    assert len(page.judged) == 2
    assert [each.colour for each in page.judged[1][1]] == [Colour.GREY] * 5
    assert [each.reason for each in page.baselines] == ["", "We make kitchens only"]
    assert colour_of(people) is Colour.GREY


def test_months_that_come_later_than_the_limits_do_not_move_them(people):
    rows = series(CASES, ORDERS)
    save(people, rows[2:])
    before = list(WatchBaseline.objects.values_list("limits", flat=True))
    save(people, rows[:2])
    assert list(WatchBaseline.objects.values_list("limits", flat=True)) == before


# Figures


@pytest.mark.parametrize(
    "cell",
    [
        MonthCell("E1", 0, Decimal(-1), Decimal(10)),
        MonthCell("E1", 0, Decimal("1.5"), Decimal(10)),
        MonthCell("E2", 0, Decimal(11), Decimal(10)),
        MonthCell("E11", 0, Decimal(6), Decimal(10)),
        MonthCell("E5", 0, Decimal(10) ** 16),
        MonthCell("E99", 0, Decimal(1)),
        MonthCell("E5", 1, Decimal(1)),
    ],
)
def test_figures_that_cannot_be_are_refused_in_words_and_nothing_is_entered(people, cell):
    month = api.running_month() + cell.month
    with pytest.raises(WrongFigures) as refused:
        save(people, [MonthCell("E5", api.running_month() - 1, Decimal(5)), replace(cell, month=month)])
    assert all(refused.value.problems.values())
    assert api.figures_of(company_id=people.firm.id) == ()


def test_a_rate_may_exceed_one_and_a_share_may_not(people):
    month = api.running_month() - 1
    assert save(people, [MonthCell("E1", month, Decimal(30), Decimal(20))])
    with pytest.raises(WrongFigures):
        save(people, [MonthCell("E2", month, Decimal(30), Decimal(20))])


@pytest.mark.parametrize("who", ["coach", "teacher", "peer", "stranger", "cora"])
def test_only_members_enter_and_answer(people, who):
    save(people, series(CASES, ORDERS))
    user = getattr(people, who)
    alarm = api.alarms_of(company_id=people.firm.id)[0]
    with pytest.raises(NotAllowedHere):
        save(people, series([1], [100]), user)
    with pytest.raises(NotAllowedHere):
        answer(people, alarm, user)
    with pytest.raises(NotAllowedHere):
        api.choose(
            company_id=people.firm.id, user_id=user.pk, course_key=SME1, kept=["E1"], thresholds={}, tells_coach=True
        )


def test_an_alarm_of_another_firm_is_none(people):
    save(people, series(CASES, ORDERS))
    alarm = api.alarms_of(company_id=people.firm.id)[0]
    with pytest.raises(UnknownAlarm):
        api.answer_alarm(
            company_id=people.other.id,
            alarm_id=alarm.id,
            user_id=people.peer.pk,
            course_key=SME1,
            revision=1,
            cause="a",
            action="b",
            due=date(2027, 1, 1),
        )


def test_a_month_that_ends_is_judged_by_the_night(people, monkeypatch):
    rows = series(CASES, ORDERS, last=api.running_month())
    save(people, rows)
    assert len(alarms(people)) == 2
    now = api.running_month()
    monkeypatch.setattr("iciinsmes.early_warning.evaluation.running_month", lambda: now + 1)
    api.look_at_all()
    assert len(alarms(people)) == 3
    api.look_at_all()
    assert len(alarms(people)) == 3


# Coach


def tell(people, *, days: int, agreed: bool = True) -> int:
    if agreed:
        api.choose(
            company_id=people.firm.id,
            user_id=people.anna.pk,
            course_key=SME1,
            kept=["E1"],
            thresholds={},
            tells_coach=True,
        )
    ago = timezone.now() - timedelta(days=days)
    Alarm.objects.update(raised_at=ago)
    people_watch = Alarm.objects.first().watch
    people_watch.tells_since = ago if agreed else None
    people_watch.save()
    api.tell_coaches()
    api.tell_coaches()
    return Notice.objects.filter(user=people.coach).count()


def test_a_red_alarm_without_answer_for_thirty_days_reaches_the_coach_once(people):
    save(people, series(CASES, ORDERS))
    assert tell(people, days=29) == 0
    assert tell(people, days=31) == 2
    assert Notice.objects.exclude(user=people.coach).count() == 0


def test_without_the_firms_word_nobody_is_told(people):
    save(people, series(CASES, ORDERS))
    assert tell(people, days=90, agreed=False) == 0


def test_who_answers_is_left_alone(people):
    save(people, series(CASES, ORDERS))
    answer(people, api.alarms_of(company_id=people.firm.id)[0], for_all=True)
    assert tell(people, days=60) == 0


def test_the_coach_sees_amber_and_red_of_own_firms(people):
    assert projects.signs_for_coach(user_id=people.coach.pk) == ()
    save(people, series(CASES, ORDERS))
    assert [(firm, sign.light["key"]) for firm, sign in projects.signs_for_coach(user_id=people.coach.pk)] == [
        ("Nordlicht", "red")
    ]
    assert projects.signs_for_coach(user_id=people.peer.pk) == ()


# Two firms become one


def test_merging_loses_no_figure_and_no_alarm(people):
    save(people, series(CASES, ORDERS))
    month = api.running_month() - 1
    api.save_figures(
        company_id=people.other.id,
        user_id=people.peer.pk,
        course_key=SME1,
        cells=[MonthCell("E1", month, Decimal(3), Decimal(100)), MonthCell("E5", month, Decimal(900))],
    )
    companies.merge(gone_id=people.firm.id, kept_id=people.other.id, course_key=SME1, actor_id=people.cora.pk)
    found = {(each.indicator, each.month): each for each in api.figures_of(company_id=people.other.id)}
    assert len(found) == 18
    assert found["E1", month].numerator == 3
    assert [
        (each.cell.numerator, each.label) for each in api.versions_of(company_id=people.other.id, indicator="E1")
    ] == [(29, "Nordlicht")]
    assert len(api.alarms_of(company_id=people.other.id)) == 3
