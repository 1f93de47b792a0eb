"""Who may read a round and open its files: the owner, who did it together, the staff; or only the firm's coach."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from iciinsmes.assignments import api
from iciinsmes.assignments.data import Audience
from iciinsmes.assignments.models import Draft
from iciinsmes.companies import api as companies

from .conftest import BLOCK, COURSE, hand_in, person, work, write


@pytest.fixture(autouse=True)
def stored(monkeypatch):
    """Files open without bytes; their serving is tested in tests/evidence."""
    monkeypatch.setattr("iciinsmes.evidence.serving.open_row", lambda _row: iter([b"abc"]))


@pytest.fixture
def version(task, db):
    return api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=replace(task, team=True))


@pytest.fixture
def coach(db, firm):
    user = person("coco", "teacher")
    companies.assign_coach(company_id=firm.id, course_key=COURSE, who="coco", actor_id=user.id)
    return user


@pytest.fixture
def coordinator(db):
    return person("cora", "coordinator")


def opens(client, user, row):
    client.force_login(user)
    return client.get(reverse("iciinsmes:evidence-file", args=[row.files[0].id, "a.csv"])).status_code == 200


def reads(user, row, owner):
    return api.can_read_round(user_id=user.id, round_data=row, owner_id=owner.id, course_key=COURSE)


def hand_in_for(user, version, audience, *colleagues):
    write(user)
    Draft.objects.filter(work__owner=user).update(audience=audience.value)
    return hand_in(user, version, *colleagues)


def test_who_did_it_together_opens_the_files_and_nobody_else_of_the_firm(client, version, anna, bo, join):
    row = hand_in(anna, version, bo)
    assert opens(client, anna, row)
    assert opens(client, bo, row)
    assert not opens(client, join("cy"), row)
    assert not opens(client, person("zoe", "learner"), row)


def test_files_of_a_colleagues_draft_and_of_other_rounds_stay_closed(client, version, anna, bo):
    row = hand_in(anna, version)
    assert not opens(client, bo, row)


def test_who_leaves_the_firm_keeps_the_files(client, version, anna, bo):
    row = hand_in(anna, version, bo)
    companies.leave_company(user_id=bo.id, course_key=COURSE)
    assert opens(client, bo, row)


def test_files_are_closed_again_when_it_is_taken_back(client, version, anna, bo):
    row = hand_in(anna, version, bo)
    api.withdraw(user_id=anna.id, usage_key=BLOCK, round_id=row.id)
    assert opens(client, anna, row)
    assert not opens(client, bo, row)


@pytest.mark.parametrize("audience", [Audience.TEACHERS, Audience.GALLERY])
def test_all_teachers_read_what_is_not_kept_to_the_coach(client, version, anna, teacher, audience):
    row = hand_in_for(anna, version, audience)
    assert reads(teacher, row, anna)
    assert opens(client, teacher, row)


def test_what_is_kept_to_the_coach_is_read_by_the_firms_coach_and_coordinators(
    client,
    version,
    anna,
    bo,
    teacher,
    coach,
    coordinator,
):
    row = hand_in_for(anna, version, Audience.COACH, bo)
    assert [reads(user, row, anna) for user in (anna, coach, coordinator, teacher)] == [True, True, True, False]
    assert [opens(client, user, row) for user in (anna, bo, coach, coordinator, teacher)] == [True] * 4 + [False]


def test_the_coach_is_that_of_the_firm_it_was_done_in(client, version, anna, coach, join):
    row = hand_in_for(anna, version, Audience.COACH)
    companies.leave_company(user_id=anna.id, course_key=COURSE)
    other = companies.create_company(name="Pod Dębem", country="pl")
    companies.join_company(company_id=other.id, user_id=anna.id, course_key=COURSE)
    new_coach = person("nela", "teacher")
    companies.assign_coach(company_id=other.id, course_key=COURSE, who="nela", actor_id=anna.id)
    assert reads(coach, row, anna)
    assert not reads(new_coach, row, anna)


class TestDesk:
    def page(self, client, user, row):
        client.force_login(user)
        return client.get(reverse("iciinsmes:desk-round", args=[COURSE, row.id]))

    def test_other_teachers_see_that_it_is_there_and_nothing_of_it(self, client, version, anna, teacher, coach):
        row = hand_in_for(anna, version, Audience.COACH)
        answer = self.page(client, teacher, row)
        page = answer.content.decode()
        assert "shows this round only to the firm" in page
        assert "Anna" in page
        assert row.answers["channels"] not in page
        assert str(row.files[0].id) not in page
        assert row.answers["channels"] in self.page(client, coach, row).content.decode()

    def test_other_teachers_judge_nothing_of_it(self, client, version, anna, teacher):
        row = hand_in_for(anna, version, Audience.COACH)
        client.force_login(teacher)
        for name in ("desk-round", "desk-draft"):
            assert client.post(reverse(f"iciinsmes:{name}", args=[COURSE, row.id]), {}).status_code == 404

    def test_an_earlier_round_that_was_kept_to_the_coach_stays_closed(
        self,
        client,
        version,
        anna,
        teacher,
        coordinator,
    ):
        first = hand_in_for(anna, version, Audience.COACH)
        api.reopen(round_id=first.id, by_id=coordinator.id, reason="Show it to all.")
        write(anna, {"channels": "now for all teachers", "remark": ""})
        Draft.objects.update(audience=Audience.TEACHERS.value)
        revision = work(anna).draft.revision
        second = api.hand_in(user_id=anna.id, usage_key=BLOCK, base_revision=revision, version_id=version.id)
        page = self.page(client, teacher, second).content.decode()
        assert "now for all teachers" in page
        assert first.answers["channels"] not in page
