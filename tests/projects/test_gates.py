"""Gates: who decides, what is frozen, what a change does to an open request, going back and ending."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from iciinsmes.companies import api as companies
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import AnswerForm, MaySee, MentorContact
from iciinsmes.mentors.errors import AnswerNotAwaited, Revoked
from iciinsmes.mentors.models import MentorRequest
from iciinsmes.projects import api
from iciinsmes.projects.data import Decider, Gate, GateVerdict, Kind
from iciinsmes.projects.errors import HasEnded, NotAllowedInProject, WrongGate
from iciinsmes.projects.models import Project
from iciinsmes.projects.retirement import expire
from iciinsmes.waiting.models import WaitingItem
from tests.mentors.conftest import token
from tests.people import SME1
from tests.projects.conftest import CHARTER, CONTACT, change, enter

OWNER = MentorContact(name="Hanne Voss", email="voss@example.org", language="en", role="owner")
YES = AnswerForm(
    verdict="confirmed", took_place="yes", change="We begin.", may_see=MaySee(), name="Hanne Voss", role="Owner"
)
NO = AnswerForm(
    verdict="sent_back", took_place="no", remark="Who pays?", may_see=MaySee(), name="Hanne Voss", role="Owner"
)


def ask(people, project, **more):
    return api.ask_for_decision(project_id=project, user_id=people.anna.pk, course_key=SME1, **more)


def ask_owner(people, asked):
    return api.ask_by_link(
        request_id=asked.id, user_id=people.anna.pk, course_key=SME1, decider=Decider.OWNER, contact=OWNER
    )


def decide(user, asked, decider, verdict=GateVerdict.GO, reason=""):
    return api.decide(
        request_id=asked.id, user_id=user.pk, course_key=SME1, decider=decider, verdict=verdict, reason=reason
    )


def stands(project):
    return Project.objects.get(id=project).gate


def go_to(project, people, gate):
    """Let staff and coach decide everything up to a gate."""
    while stands(project) < gate:
        asked = ask(people, project, has_owner=False)
        for decider in asked.open_deciders:
            decide(people.teacher if decider is Decider.TEACHER else people.coach, asked, decider)


def test_the_owner_decides_by_a_link_without_an_account(people, project):
    enter(project, people.anna, Kind.CHARTER, CHARTER)
    asked = ask(people, project)
    assert (asked.gate, asked.deciders) == (Gate.START, (Decider.OWNER,))
    link = ask_owner(people, asked)
    mentors.answer(token=token(link), form=YES)
    (decided,) = api.requests_of(project_id=project)
    assert decided.verdict is GateVerdict.GO
    (decision,) = decided.decisions
    assert (decision.name, decision.decided_by, decision.reason) == ("Hanne Voss", None, "We begin.")
    assert stands(project) == Gate.GOAL


def test_with_a_project_that_is_kept_no_longer_go_the_links_about_it(people, project):
    enter(project, people.anna, Kind.CHARTER, CHARTER)
    ask_owner(people, ask(people, project))
    assert expire(before=timezone.now() - timedelta(days=1)) == 0
    assert MentorRequest.objects.exists()
    assert expire(before=timezone.now() + timedelta(days=1)) == 1
    assert not MentorRequest.objects.exists()
    assert not WaitingItem.objects.exists()


def test_what_the_owner_sends_back_is_worked_on(people, project):
    asked = ask(people, project)
    mentors.answer(token=token(ask_owner(people, asked)), form=NO)
    (decided,) = api.requests_of(project_id=project)
    assert (decided.verdict, decided.decisions[0].reason) == (GateVerdict.ITERATE, "Who pays?")
    assert stands(project) == Gate.START


def test_the_copy_stays_what_was_decided_on(people, project):
    charter = enter(project, people.anna, Kind.CHARTER, CHARTER)
    asked = ask(people, project)
    mentors.answer(token=token(ask_owner(people, asked)), form=YES)
    change(project, people.anna, charter, title="Another project")
    (decided,) = api.requests_of(project_id=project)
    assert decided.snapshot["entries"][0]["content"]["title"] == CHARTER["title"]


def test_a_request_about_what_has_changed_approves_nothing(people, project):
    charter = enter(project, people.anna, Kind.CHARTER, CHARTER)
    asked = ask(people, project)
    link = ask_owner(people, asked)
    change(project, people.jonas, charter, goal="Something else")
    (outdated,) = api.requests_of(project_id=project)
    assert outdated.is_outdated
    with pytest.raises(AnswerNotAwaited):
        mentors.answer(token=token(link), form=YES)
    with pytest.raises(WrongGate, match="changed"):
        decide(people.coach, asked, Decider.OWNER)
    assert stands(project) == Gate.START
    ask(people, project)
    with pytest.raises(Revoked):
        mentors.answer(token=token(link), form=YES)


def test_what_is_not_decided_on_changes_nothing(people, project):
    enter(project, people.anna, Kind.CHARTER, CHARTER)
    ask(people, project)
    enter(project, people.anna, Kind.CONTACT, CONTACT)
    assert not api.requests_of(project_id=project)[0].is_outdated


def test_owner_and_coach_must_both_agree(people, project):
    go_to(project, people, Gate.GOAL)
    asked = ask(people, project)
    assert asked.deciders == (Decider.OWNER, Decider.COACH)
    half = decide(people.coach, asked, Decider.COACH)
    assert (half.open_deciders, half.verdict) == ((Decider.OWNER,), None)
    assert stands(project) == Gate.GOAL
    mentors.answer(token=token(ask_owner(people, asked)), form=YES)
    assert stands(project) == Gate.INSIGHT


def test_a_firm_of_one_person_does_not_wait_for_nobody(people, project):
    assert ask(people, project, has_owner=False).deciders == (Decider.COACH,)
    companies.remove_coach(company_id=people.firm.id, course_key=SME1, user_id=people.coach.pk, actor_id=people.cora.pk)
    assert ask(people, project, has_owner=False).deciders == (Decider.TEACHER,)


def test_a_coach_who_leaves_leaves_nobody_stuck(people, project):
    asked = ask(people, project, has_owner=False)
    companies.remove_coach(company_id=people.firm.id, course_key=SME1, user_id=people.coach.pk, actor_id=people.cora.pk)
    decided = decide(people.teacher, asked, Decider.COACH)
    assert decided.verdict is GateVerdict.GO
    assert decided.decisions[0].name


def test_learners_decide_about_ideas_and_nobody_for_another(people, project):
    go_to(project, people, Gate.IDEAS)
    asked = ask(people, project)
    assert asked.verdict is GateVerdict.GO
    assert stands(project) == Gate.CHOICE
    asked = ask(people, project)
    with pytest.raises(NotAllowedInProject):
        decide(people.anna, asked, Decider.OWNER)


def test_the_loop_may_be_gone_back_without_penalty(people, project):
    go_to(project, people, Gate.CONCEPT)
    who = {"project_id": project, "user_id": people.anna.pk, "course_key": SME1}
    with pytest.raises(WrongGate):
        api.go_back(**who, gate=Gate.GOAL)
    with pytest.raises(WrongGate):
        api.go_back(**who, gate=Gate.CONCEPT)
    api.go_back(**who, gate=Gate.INSIGHT)
    assert stands(project) == Gate.INSIGHT
    go_to(project, people, Gate.CONCEPT)


def test_a_stop_with_a_reason_ends_the_project_and_the_next_may_begin(people, project):
    go_to(project, people, Gate.CHOICE)
    with pytest.raises(WrongGate, match="no_reason"):
        ask(people, project, proposal=GateVerdict.STOP)
    asked = ask(people, project, proposal=GateVerdict.STOP, reason="Nobody would pay.")
    mentors.answer(token=token(ask_owner(people, asked)), form=YES)
    row = Project.objects.get(id=project)
    assert row.stopped
    assert row.ended_on is not None
    with pytest.raises(HasEnded):
        enter(project, people.anna, Kind.CONTACT, CONTACT)
    assert api.open_project(user_id=people.anna.pk, course_key=SME1).id == project
    following = api.begin_next(user_id=people.anna.pk, course_key=SME1)
    assert following.number == 2
    assert api.open_project(user_id=people.jonas.pk, course_key=SME1).id == following.id


def test_nobody_tests_without_customers(people, project):
    go_to(project, people, Gate.TEST)
    with pytest.raises(WrongGate, match="gate_few_tests"):
        ask(people, project)
    enter(project, people.anna, Kind.TEST, assumption="They want it", customers=5)
    assert ask(people, project).gate is Gate.TEST
