"""A case on its way: proposed line by line, agreed to, published, refused, taken back, merged, forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.best_practices import api, retirement
from iciinsmes.best_practices.data import CaseFilter, CaseState, Part
from iciinsmes.best_practices.errors import (
    NotAllowedWithCase,
    NotOwnConsent,
    StaleCase,
    UnknownCase,
    WrongCase,
)
from iciinsmes.best_practices.models import PracticeCase
from iciinsmes.companies import api as companies
from iciinsmes.companies.models import Company
from iciinsmes.lib.link_secrets import BadSecret
from iciinsmes.notices import api as notices
from iciinsmes.projects.models import Entry
from iciinsmes_campus.host import CampusHost
from tests.best_practices.conftest import ABOUT, TITLE, agree, chosen, propose, publish, secret_of
from tests.people import SME1


def _given(people, project, who="anna"):
    return {"project_id": project, "user_id": getattr(people, who).pk, "course_key": SME1}


def _firms_cases() -> list[str]:
    return [case.content.title for case in api.library(narrowed=CaseFilter(), limit=100).cases if case.is_firms]


def test_only_lines_that_name_nobody_are_offered_as_chosen(people, finished):
    offer = api.offer_of(**_given(people, finished))
    named = {line.text for line in offer.lines if line.may_name}
    assert named == {"Jonas asks before he drives.", "C014 waits at home."}
    assert offer.instruments == ("T05",)
    texts = [line.text for line in offer.lines]
    assert any("46\u00a0%" in text and "16\u00a0%" in text and "97\u00a0% of the way" in text for text in texts)
    assert not any("Two days off" in text for text in texts)


def test_a_project_that_goes_on_and_another_firms_are_no_cases(people, running):
    with pytest.raises(NotAllowedWithCase):
        api.offer_of(**_given(people, running))
    for who in ("peer", "stranger"):
        with pytest.raises(UnknownCase):
            api.offer_of(**_given(people, running, who))


@pytest.mark.parametrize("who", ["coach", "teacher", "cora"])
def test_who_only_reads_a_project_proposes_nothing_and_gets_no_link(people, finished, who):
    with pytest.raises(NotAllowedWithCase):
        api.offer_of(**_given(people, finished, who))
    propose(people, finished)
    assert api.proposal_here(**_given(people, finished, who)).link == ""
    with pytest.raises(NotAllowedWithCase):
        api.take_back(**_given(people, finished, who))


def test_what_was_agreed_to_does_not_follow_the_project(people, finished, published):
    before = api.case_of(key=str(published.id))
    Entry.objects.update(content={"text": "Something else", "title": "x", "assumption": "x", "name": "x"})
    assert api.case_of(key=str(published.id)) == before
    assert Part.FIGURES in {line.part for line in before.content.lines}
    assert before.content.trigger == "lost_customer"


def test_a_line_of_another_project_cannot_be_smuggled_in(people, finished):
    made = propose(people, finished, lines=("goal", "routine", f"insight:{uuid4()}", "charter"), instruments=("T99",))
    assert [line.part for line in made.content.lines] == [Part.GOAL, Part.STAYS]
    assert made.content.instruments == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "How nordlicht did it"}, "title"),
        ({"about": "Nordlicht, a joinery"}, "about"),
        ({"monday": ""}, "monday"),
        ({"lines": ()}, "lines"),
    ],
)
def test_what_makes_no_case_is_said_at_its_field(people, finished, changes, field):
    with pytest.raises(WrongCase) as wrong:
        propose(people, finished, **changes)
    assert list(wrong.value.problems) == [field]
    assert not PracticeCase.objects.exists()


def test_the_name_is_shown_only_where_the_owner_wants_it(people, finished):
    published = publish(people, agree(propose(people, finished), is_named=True))
    assert api.case_of(key=str(published.id)).content.firm == "Nordlicht"
    PracticeCase.objects.update(is_named=False)
    assert api.case_of(key=str(published.id)).content.firm == ""
    assert api.library(narrowed=CaseFilter(text="nordlicht")).cases == ()


def test_nothing_is_in_the_library_before_both_have_said_yes(people, finished):
    made = propose(people, finished)
    assert _firms_cases() == []
    with pytest.raises(UnknownCase):
        publish(people, made)
    agreed = agree(made)
    assert _firms_cases() == []
    with pytest.raises(UnknownCase):
        api.case_of(key=str(made.id))
    publish(people, agreed)
    assert _firms_cases() == [TITLE]


def test_a_changed_proposal_has_a_new_link_and_the_old_one_leads_nowhere(people, finished):
    first = propose(people, finished)
    second = propose(people, finished, title="Another title", revision=first.revision)
    assert second.id == first.id
    with pytest.raises(BadSecret):
        api.case_behind(secret=secret_of(first))
    assert api.case_behind(secret=secret_of(second)).content.title == "Another title"


def test_two_tabs_and_a_double_click_make_one_proposal(people, finished):
    propose(people, finished)
    with pytest.raises(StaleCase):
        propose(people, finished)
    assert PracticeCase.objects.count() == 1
    made = api.proposal_here(**_given(people, finished))
    agree(made)
    with pytest.raises(StaleCase):
        propose(people, finished, revision=made.revision)
    with pytest.raises(StaleCase):
        agree(made)


def test_who_proposes_does_not_agree_for_the_owner_unless_alone(people, finished):
    made = propose(people, finished)
    consent: dict[str, Any] = {"secret": secret_of(made), "name": "Anna", "is_named": False, "revision": made.revision}
    with pytest.raises(NotOwnConsent):
        api.agree(**consent, user_id=people.anna.pk)
    Company.objects.filter(id=people.firm.id).update(size_class="1")
    assert api.agree(**consent, user_id=people.anna.pk).state is CaseState.AGREED


def test_a_link_is_good_for_thirty_days_and_for_taking_back_for_ever(people, finished, monkeypatch):
    made = propose(people, finished)
    later = timezone.now() + timedelta(days=31)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        with pytest.raises(BadSecret):
            api.case_behind(secret=secret_of(made))
        assert api.proposal_here(**_given(people, finished)).link == ""
    publish(people, agree(made))
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert api.case_behind(secret=secret_of(made)).state is CaseState.PUBLISHED
    api.refuse_by_link(secret=secret_of(made))
    assert _firms_cases() == []


@pytest.mark.parametrize("how", ["owner", "member"])
def test_taken_back_nothing_is_kept_and_nothing_brings_it_back(people, finished, published, how):
    link = secret_of(api.proposal_here(**_given(people, finished)))
    if how == "owner":
        api.refuse_by_link(secret=link)
    else:
        api.take_back(**_given(people, finished, "jonas"))
    assert _firms_cases() == []
    assert api.cases_by_keys(keys=[str(published.id)]) == ()
    row = PracticeCase.objects.values().get()
    assert row["state"] == "taken_back"
    kept = repr(row)
    assert TITLE not in kept
    assert "Hinrich" not in kept
    with pytest.raises(BadSecret):
        api.refuse_by_link(secret=link)
    with pytest.raises(UnknownCase):
        publish(people, published)
    with pytest.raises(UnknownCase):
        api.take_back(**_given(people, finished))
    assert propose(people, finished).id != published.id


def test_staff_refuses_with_a_reason_that_the_firm_reads(people, finished, published):
    given: dict[str, Any] = {
        "case_id": published.id,
        "user_id": people.cora.pk,
        "course_key": SME1,
        "revision": published.revision,
    }
    with pytest.raises(WrongCase):
        api.refuse_case(**given, reason=" ")
    api.refuse_case(**given, reason="The figures do not fit.")
    assert _firms_cases() == []
    seen = api.proposal_here(**_given(people, finished))
    assert (seen.state, seen.reason) == (CaseState.REFUSED, "The figures do not fit.")
    with pytest.raises(StaleCase):
        api.refuse_case(**given, reason="Twice.")
    assert propose(people, finished).id != published.id


@pytest.mark.parametrize("how", ["owner", "member"])
def test_a_refused_case_can_be_taken_back_too(people, finished, how):
    made = propose(people, finished)
    agreed = agree(made)
    given: dict[str, Any] = {"case_id": agreed.id, "user_id": people.cora.pk, "course_key": SME1}
    api.refuse_case(**given, revision=agreed.revision, reason="No.")
    again = propose(people, finished)
    if how == "owner":
        api.refuse_by_link(secret=secret_of(made))
        assert api.case_behind(secret=secret_of(again)).state is CaseState.ASKED
    else:
        api.take_back(**_given(people, finished))
        with pytest.raises(BadSecret):
            api.case_behind(secret=secret_of(again))
    assert PracticeCase.objects.values_list("content", flat=True).get(id=agreed.id) == {}
    with pytest.raises(BadSecret):
        api.case_behind(secret=secret_of(made))


@pytest.mark.parametrize("who", ["anna", "peer", "coach", "stranger"])
def test_only_staff_publishes(people, finished, who):
    agreed = agree(propose(people, finished))
    with pytest.raises(UnknownCase):
        api.publish(case_id=agreed.id, user_id=getattr(people, who).pk, course_key=SME1, revision=agreed.revision)


def test_who_teaches_other_learners_sees_and_decides_nothing_here(people, finished, monkeypatch):
    agreed = agree(propose(people, finished))
    users = type(people.peer).objects.filter(pk=people.peer.pk)
    monkeypatch.setattr(CampusHost, "limited_to", lambda *_args: users)
    assert api.proposals_of_run(course_key=SME1, user_id=people.teacher.pk) == ((), "")
    with pytest.raises(UnknownCase):
        publish(people, agreed)


def test_notices_and_trail(people, finished, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        agreed = agree(propose(people, finished))
    assert [line.headline for line in notices.inbox(user_id=people.teacher.pk).notices] == [
        f"The best practice “{TITLE}” can be published"
    ]
    with django_capture_on_commit_callbacks(execute=True):
        publish(people, agreed)
    assert notices.inbox(user_id=people.teacher.pk).notices == ()
    assert len(notices.inbox(user_id=people.anna.pk).notices) == 1
    with django_capture_on_commit_callbacks(execute=True):
        api.take_back(**_given(people, finished))
    assert notices.inbox(user_id=people.anna.pk).notices == ()
    rows = AuditLogEntry.objects.filter(subject__startswith="best_practice:").order_by("id")
    assert list(rows.values_list("verb", "actor_id", "actor_name")) == [
        ("case_proposed", people.anna.pk, ""),
        ("case_agreed", None, "Hinrich Nord"),
        ("case_published", people.teacher.pk, ""),
        ("case_taken_back", people.anna.pk, ""),
    ]
    assert TITLE not in repr(list(rows.values()))


def test_a_merged_firms_case_goes_along_and_names_what_was_agreed_to(people, finished):
    published = publish(people, agree(propose(people, finished), is_named=True))
    companies.merge(gone_id=people.firm.id, kept_id=people.other.id, course_key=SME1, actor_id=people.cora.pk)
    assert PracticeCase.objects.get().company_id == people.other.id
    assert api.case_of(key=str(published.id)).content.firm == "Nordlicht"


def test_a_person_gets_what_was_proposed_and_is_forgotten_in_it(people, finished, published):
    handed = retirement.export_person(user_id=people.anna.pk)
    assert [(row["title"], row["about"]) for row in handed.tables["best_practices"]] == [(TITLE, ABOUT)]
    decided = retirement.export_person(user_id=people.teacher.pk).tables["best_practices_decided"]
    assert [row["state"] for row in decided] == ["published"]
    for who in (people.anna, people.teacher):
        retirement.forget_person(user_id=who.pk)
    row = PracticeCase.objects.get()
    assert (row.proposed_by_id, row.decided_by_id) == (None, None)
    assert _firms_cases() == [TITLE]


def test_old_cases_are_dropped(people, finished, published):
    soon = timezone.now() + timedelta(days=1)
    assert retirement.expire(before=timezone.now() - timedelta(days=1)) == 0
    assert retirement.expire(before=soon, dry_run=True) == 1
    assert _firms_cases() == [TITLE]
    assert retirement.expire(before=soon) == 1
    assert _firms_cases() == []


def test_lines_can_be_left_out_one_by_one(people, finished):
    offer = api.offer_of(**_given(people, finished))
    keys = chosen(offer).lines
    for left_out in keys:
        made = propose(
            people,
            finished,
            lines=tuple(key for key in keys if key != left_out),
            revision=getattr(api.proposal_here(**_given(people, finished)), "revision", 0),
        )
        text = next(line.text for line in offer.lines if line.key == left_out)
        assert text not in [line.text for line in made.content.lines]
