"""What staff see of projects, as data: numbers against sets made by hand, and the cost of many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from edx_django_utils.cache import RequestCache

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies import api as companies
from iciinsmes.platform import Role
from iciinsmes.projects import api
from iciinsmes.projects.aggregates import band_of, mean_attainment
from iciinsmes.projects.data import Decider, Gate, GateVerdict, Kind, Light, Trigger
from iciinsmes.projects.days import today
from iciinsmes.projects.errors import NotAllowedInProject, StaleTalk, UnknownProject
from iciinsmes.projects.models import Entry, GateRequest, Project
from iciinsmes.projects.staff_data import MatrixFilter
from iciinsmes.waiting.models import WaitingItem
from tests.people import SME1, person
from tests.projects.conftest import CHARTER, CONTACT, enter
from tests.projects.many import many


def queries(call) -> int:
    """Count the queries of a call as a request of its own makes it."""
    RequestCache.clear_all_namespaces()
    with CaptureQueriesContext(
        connection,
    ) as caught:
        call()
    return len(caught)


def ask(people, project, **more):
    return api.ask_for_decision(project_id=project, user_id=people.anna.pk, course_key=SME1, **more)


def board_of(people, **more):
    return api.board(user_id=people.coach.pk, course_key=SME1, **more)


def talk(people, project, **more):
    given = {"held_on": today(), "about": "The drivers.", "notes": "In a hurry.", "agreements": ["Call five", "Wait"]}
    return api.log_talk(project_id=project, user_id=people.coach.pk, course_key=SME1, **{**given, **more})


def test_the_board_has_only_firms_that_the_person_coaches(people, project):
    api.open_project(user_id=people.peer.pk, course_key=SME1)
    page = board_of(people)
    assert [each.company for each in page.projects] == ["Nordlicht"]
    assert page.total == 1
    assert api.board(user_id=people.coach.pk).projects == page.projects
    for other in (people.teacher, people.cora, people.anna, people.stranger):
        assert api.board(user_id=other.pk).total == 0


def test_what_is_new_since_the_last_talk(people, project):
    enter(project, people.anna, Kind.CHARTER, CHARTER)
    enter(project, people.anna, Kind.CONTACT, CONTACT)
    (before,) = board_of(people).projects
    assert before.changes == {Kind.CHARTER: 1, Kind.CONTACT: 1}
    talk(people, project, agreements=[])
    (fresh,) = board_of(people).projects
    assert fresh.changes == {}
    for number in range(4):
        enter(project, people.jonas, Kind.DIARY, on="2026-10-01", text=f"Day {number}")
    enter(project, people.jonas, Kind.CONTACT, CONTACT)
    (after,) = board_of(people).projects
    assert after.changes == {Kind.DIARY: 4, Kind.CONTACT: 1}
    assert [each.content.get("text", "words") for each in after.newest] == ["words", "Day 3", "Day 2"]


def test_a_talk_of_last_week_written_down_today_hides_nothing_that_came_between(people, project):
    entry = enter(project, people.anna, Kind.CONTACT, CONTACT)
    Entry.objects.filter(id=entry.id).update(changed_at=timezone.now() - timedelta(days=2))
    talk(people, project, held_on=today() - timedelta(days=7))
    assert board_of(people).projects[0].changes == {Kind.CONTACT: 1}


def test_next_measures_and_what_blocks(people, project):
    soon, later = today() + timedelta(days=2), today() + timedelta(days=9)
    enter(project, people.anna, Kind.MEASURE, title="Later", due=later.isoformat(), role="Foreman")
    enter(project, people.anna, Kind.MEASURE, title="Soon", due=soon.isoformat(), person=people.jonas.pk)
    enter(project, people.anna, Kind.MEASURE, title="Late", due=(today() - timedelta(days=1)).isoformat())
    enter(project, people.anna, Kind.MEASURE, title="Done", due=soon.isoformat(), done=100)
    enter(project, people.anna, Kind.MEASURE, title="Van", blocked="The bank")
    (card,) = board_of(people).projects
    assert [(each.title, each.who, each.due, each.is_overdue) for each in card.steps] == [
        ("Late", "", today() - timedelta(days=1), True),
        ("Soon", "Jonas Ahrwald", soon, False),
    ]
    assert [(each.title, each.blocked) for each in card.blocked] == [("Van", "The bank")]


def test_agreements_become_measures_once_and_the_board_says_how_far_they_are(people, project):
    found = talk(people, project)
    who = {"talk_id": found.id, "user_id": people.coach.pk, "course_key": SME1, "number": 0}
    measure = api.make_measure(**who)
    assert api.make_measure(**who) == measure
    entry = next(each for each in api.entries_of(project_id=project) if each.id == measure)
    api.change_entry(
        project_id=project,
        user_id=people.anna.pk,
        course_key=SME1,
        entry_id=measure,
        revision=entry.revision,
        content={**entry.content, "done": 100},
    )
    agreed = board_of(people).projects[0].agreed
    assert [(each.text, each.measure, each.done) for each in agreed] == [
        ("Call five", measure, 100),
        ("Wait", None, None),
    ]


def test_notes_are_read_by_nobody_else(people, project):
    talk(people, project)
    assert [each.notes for each in api.talks_of(project_id=project)] == [""]
    assert [each.notes for each in api.talks_of(project_id=project, reader_id=people.teacher.pk)] == [""]
    assert [each.notes for each in api.talks_of(project_id=project, reader_id=people.coach.pk)] == ["In a hurry."]
    assert board_of(people).projects[0].last_talk.notes == ""


def test_a_talk_changed_elsewhere_is_not_overwritten(people, project):
    found = talk(people, project)
    talk(people, project, talk_id=found.id, revision=1, about="First")
    with pytest.raises(StaleTalk) as caught:
        talk(people, project, talk_id=found.id, revision=1, about="Second")
    assert caught.value.talk.about == "First"
    with pytest.raises(NotAllowedInProject):
        api.log_talk(
            project_id=project,
            user_id=people.teacher.pk,
            course_key=SME1,
            held_on=today(),
            about="Mine",
            talk_id=found.id,
            revision=2,
        )


def test_what_waits_for_the_coach_comes_first_and_nothing_that_waits_for_others(people, project):
    ask(people, project)
    assert board_of(people).asked == ()
    asked = ask(people, project, has_owner=False)
    GateRequest.objects.filter(id=asked.id).update(asked_at=timezone.now() - timedelta(days=40))
    (waits,) = board_of(people).asked
    assert (waits.gate, waits.company, waits.waits_for) == (Gate.START, "Nordlicht", (Decider.COACH,))
    assert waits.is_late
    assert waits.working_days > 20
    assert board_of(people, after="0_1").asked == ()


def test_an_override_is_on_the_board_and_in_the_trail(people, project):
    who = {"project_id": project, "user_id": people.coach.pk, "course_key": SME1}
    api.override_light(**who, light=Light.RED, reason="The owner is ill.", until=today() + timedelta(days=7))
    (card,) = board_of(people).projects
    assert (card.light, card.override.reason) == (Light.RED, "The owner is ill.")
    api.end_override(**who)
    api.end_override(**who)
    assert board_of(people).projects[0].override is None
    lines = audit_log.entries_of(subject=f"project:{project}")
    assert [(each.verb, each.actor_id) for each in lines] == [
        ("light_set", people.coach.pk),
        ("light_freed", people.coach.pk),
    ]
    assert "The owner is ill." in audit_log.detail_words(lines[0].detail)
    with pytest.raises(UnknownProject):
        api.override_light(**{**who, "user_id": people.stranger.pk}, light=Light.RED, reason="No.", until=today())


def test_pages_of_the_board_have_each_project_once_the_worst_first(people):
    many(45, coach=people.coach)
    found, after = [], None
    while True:
        page = board_of(people, after=after)
        found += page.projects
        after = page.next_after
        if after is None:
            break
    assert len({each.id for each in found}) == len(found) == 45
    assert [each.light.severity for each in found] == sorted((each.light.severity for each in found), reverse=True)


@pytest.mark.parametrize(("call", "most"), [("board", 18), ("matrix", 16), ("overview", 8)])
def test_many_projects_cost_as_many_queries_as_few(people, call, most):
    calls = {
        "board": lambda: board_of(people),
        "matrix": lambda: api.matrix(user_id=people.teacher.pk, course_key=SME1),
        "overview": lambda: api.overview(course_key=SME1),
    }
    many(10, coach=people.coach, member=people.anna)
    few = queries(calls[call])
    many(190, coach=people.coach, member=people.anna)
    assert queries(calls[call]) == few <= most


def test_the_matrix_tells_gates_and_what_waits(people, project):
    asked = ask(people, project, has_owner=False)
    api.decide(
        request_id=asked.id, user_id=people.coach.pk, course_key=SME1, decider=Decider.COACH, verdict=GateVerdict.GO
    )
    asked = ask(people, project, has_owner=False)
    WaitingItem.objects.create(
        subject=project,
        kind="round",
        course_key=SME1,
        company_id=people.firm.id,
        owner=people.anna,
        waiting_for="staff",
        since=timezone.now() - timedelta(days=40),
        title="W03",
    )
    (row,) = api.matrix(user_id=people.teacher.pk, course_key=SME1).rows
    assert (row.company, row.coaches, row.gate) == ("Nordlicht", ("coach",), 1)
    assert row.passed == {0: today()}
    assert row.asked.request_id == asked.id
    assert (row.unanswered.count, row.unanswered.is_late) == (1, True)


def test_the_matrix_is_narrowed(people):
    rows = many(20, coach=people.coach)
    charters = {each.project_id for each in Entry.objects.filter(kind="charter") if each.content["trigger"] == "vision"}

    def ids(**to):
        page = api.matrix(user_id=people.teacher.pk, course_key=SME1, narrowed=MatrixFilter(**to), limit=50)
        return {row.id for row in page.rows}

    assert ids() == {row.id for row in rows}
    assert ids(light=Light.RED) == {row.id for row in rows if row.light == "red"}
    assert ids(gate=3) == {row.id for row in rows if row.gate == 3}
    assert ids(trigger=Trigger.VISION) == charters
    assert ids(trade="Bakery") == {row.id for row in rows if row.company.trade == "Bakery"}
    assert ids(text="fyn 0001") == {rows[1].id}
    assert ids(coach_id=people.coach.pk) == ids()
    assert ids(coach_id=people.teacher.pk) == set()


def test_one_who_teaches_some_learners_sees_their_firms_and_those_without_people(people, project, monkeypatch):
    api.open_project(user_id=people.peer.pk, course_key=SME1)
    (empty,) = many(1)
    limit = type(people.anna).objects.filter(pk=people.anna.pk)
    monkeypatch.setattr("iciinsmes_campus.host.CampusHost.limited_to", lambda *_args: limit)
    page = api.matrix(user_id=people.teacher.pk, course_key=SME1)
    assert {row.id for row in page.rows} == {project, empty.id}


def test_what_has_ended_has_no_light_of_its_own(people, project):
    Project.objects.filter(id=project).update(ended_on=today(), stopped=True, light="red")
    (row,) = api.matrix(user_id=people.teacher.pk, course_key=SME1).rows
    assert (row.ended_on, row.stopped) == (today(), True)
    narrowed = MatrixFilter(light=Light.RED)
    assert api.matrix(user_id=people.teacher.pk, course_key=SME1, narrowed=narrowed).rows == ()
    many(3)
    assert board_of(people).projects[-1].id == project


def test_a_pause_is_told(people, project):
    last = today() + timedelta(days=5)
    api.declare_pause(
        project_id=project, user_id=people.anna.pk, course_key=SME1, first=today(), last=last, reason="Holidays"
    )
    (card,) = board_of(people).projects
    assert (card.light, card.pause) == (Light.BLUE, (today(), last))


def test_counts_by_hand(people):
    many(40)
    Project.objects.filter(light="blue").update(ended_on=today())
    found = api.overview(course_key=SME1)
    tables = {table.name: {group.key: group.count for group in table.groups} for table in found.tables}
    assert found.total == 40
    assert tables["light"] == {"green": 16, "amber": 8, "red": 8, "ended": 8}
    assert tables["trigger"] == {"lost_customer": 10, "vision": 10, "demand": 10, "customer_wish": 10}
    assert tables["size"] == {"1": 14, "2-9": 13, "10-49": 13}
    assert sum(count or 0 for count in tables["attainment"].values()) <= 40
    assert "Nordlicht" not in repr(found)


def test_fewer_than_five_projects_are_not_counted(people):
    many(4)
    assert api.overview(course_key=SME1).total is None
    assert api.overview(course_key=SME1).tables == ()


def test_bands_of_attainment():
    kpi = {"baseline": "46", "target": "16"}
    assert mean_attainment([{**kpi, "last": "31"}, {**kpi, "last": None}]) == mean_attainment([{**kpi, "last": "31"}])
    assert [band_of(mean_attainment([{**kpi, "last": last}])) for last in ("50", "46", "31", "16", None)] == [
        "below",
        "quarter",
        "more",
        "reached",
        "",
    ]


def test_the_staffs_own_light(people, project):
    assert api.staff_light(user_id=people.teacher.pk, course_key=SME1) is None
    many(12, member=people.anna)
    WaitingItem.objects.update(since=timezone.now() - timedelta(days=13))
    assert api.staff_light(user_id=people.teacher.pk, course_key=SME1) is None
    WaitingItem.objects.update(since=timezone.now() - timedelta(days=40))
    found = api.staff_light(user_id=people.teacher.pk, course_key=SME1)
    assert found.values["count"] == 4
    assert found.values["limit"] == 10


def test_half_decided_requests_wait_for_the_other(people, project):
    for gate in range(2):
        asked = ask(people, project, has_owner=False) if gate == 0 else ask(people, project)
        api.decide(
            request_id=asked.id, user_id=people.coach.pk, course_key=SME1, decider=Decider.COACH, verdict=GateVerdict.GO
        )
    assert list(WaitingItem.objects.values_list("waiting_for", flat=True)) == ["mentor"]


def test_coaches_of_another_run_see_nothing(people, project):
    other = person("otto", Role.TEACHER)
    companies.remove_coach(company_id=people.firm.id, course_key=SME1, user_id=people.coach.pk, actor_id=people.cora.pk)
    assert api.board(user_id=people.coach.pk).total == 0
    with pytest.raises(UnknownProject):
        talk(people, project)
    assert api.matrix(user_id=other.pk, course_key=SME1).rows[0].id == project
