"""A learner who goes from one firm to another in mid-course: what was done in the first stays with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from edx_django_utils.cache import RequestCache

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments import rounds
from iciinsmes.assignments.data import Audience, MentorNeed, MentorRule
from iciinsmes.assignments.errors import ColleaguesRefused
from iciinsmes.assignments.models import Round
from iciinsmes.assignments.permissions import can_read_round
from iciinsmes.assignments.teams import check_colleagues
from iciinsmes.canvases import api as canvases
from iciinsmes.canvases.errors import UnknownCanvas
from iciinsmes.companies import api as companies
from iciinsmes.companies.retirement import expire_stays
from iciinsmes.exercises import api as exercises
from iciinsmes.exercises.data import DataSource, ExerciseSettings
from iciinsmes.exercises.errors import UnknownData
from iciinsmes.gallery.models import GalleryEntry
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.models import MentorRequest
from iciinsmes.notices.models import Notice
from iciinsmes.platform import Role
from iciinsmes.review import api as review
from iciinsmes.toolbox.data import Table
from tests.desk.conftest import make_task
from tests.people import SME1, person

pytestmark = pytest.mark.django_db

W01 = SME1.make_usage_key("workplace_assignment", "w01")
LOYALTY = SME1.make_usage_key("digital_tool", "loyalty")


@pytest.fixture
def scene() -> SimpleNamespace:
    """Anna and Bo of firm A, Cy of firm B, and the coach of each; coaches teach nobody here."""
    found = SimpleNamespace(
        anna=person("anna", Role.LEARNER, first_name="Anna"),
        bo=person("bo", Role.LEARNER, first_name="Bo"),
        cy=person("cy", Role.LEARNER, first_name="Cy"),
        coach_a=person("coach_a"),
        coach_b=person("coach_b"),
        cora=person("cora", Role.COORDINATOR),
        a=companies.create_company(name="Alder and Sons", country="de"),
        b=companies.create_company(name="Birch Bakery", country="de"),
    )
    for who, firm in ((found.anna, found.a), (found.bo, found.a), (found.cy, found.b)):
        companies.join_company(company_id=firm.id, user_id=who.pk, course_key=SME1)
    for who, firm in (("coach_a", found.a), ("coach_b", found.b)):
        companies.assign_coach(company_id=firm.id, course_key=SME1, who=who, actor_id=found.cora.pk)
    task = replace(make_task(), team=True, mentor=MentorRule(need=MentorNeed.OPTIONAL))
    found.version = assignments.freeze_task(usage_key=W01, course_key=SME1, task=task)
    RequestCache.clear_all_namespaces()
    return found


def move(who, firm=None) -> None:
    companies.leave_company(user_id=who.pk, course_key=SME1)
    if firm is not None:
        companies.join_company(company_id=firm.id, user_id=who.pk, course_key=SME1)
    RequestCache.clear_all_namespaces()


def draft(who, audience=Audience.COACH, text="Phone, counter, driver.") -> int:
    work = assignments.work_of(user_id=who.pk, usage_key=W01)
    saved = assignments.save_draft(
        user_id=who.pk,
        usage_key=W01,
        answers={"channels": text},
        base_revision=work.draft.revision,
        hours=None,
        audience=audience,
    )
    return saved.revision


def hand_in(scene, who, *colleagues, **more):
    revision = draft(who, **more)
    return assignments.hand_in(
        user_id=who.pk,
        usage_key=W01,
        base_revision=revision,
        version_id=scene.version.id,
        colleague_ids=[each.pk for each in colleagues],
    )


def again(scene, who, row) -> None:
    """Ask for another round."""
    assignments.reopen(round_id=row.id, by_id=scene.cora.pk, reason="Once more.")


def reads(who, row, owner) -> bool:
    RequestCache.clear_all_namespaces()
    return can_read_round(user_id=who.pk, round_data=row, owner_id=owner.pk, course_key=SME1)


def page(who, name: str, *arguments: object, status: int = 200) -> str:
    RequestCache.clear_all_namespaces()
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(reverse(f"iciinsmes:{name}", args=arguments))
    assert response.status_code == status
    return response.content.decode()


def ask(who):
    """Ask a mentor about the newest round, as the page does."""
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    sent = {"do": "ask", "mentor_name": "Lars", "mentor_email": "", "mentor_role": "owner", "mentor_language": "en"}
    response = client.post(reverse("iciinsmes:work-mentor", args=[W01]), sent)
    return response, MentorRequest.objects.order_by("created_at").last()


class TestRounds:
    def test_it_stays_with_the_firm_of_its_day_and_with_its_coach(self, scene):
        row = hand_in(scene, scene.anna)
        move(scene.anna, scene.b)
        row = assignments.work_of(user_id=scene.anna.pk, usage_key=W01).rounds[0]
        assert row.company_id == scene.a.id
        assert reads(scene.anna, row, scene.anna)
        assert reads(scene.coach_a, row, scene.anna)
        assert not any(reads(who, row, scene.anna) for who in (scene.coach_b, scene.cy, scene.bo))

    def test_it_does_not_forget_when_old_stays_are_dropped(self, scene):
        row = hand_in(scene, scene.anna)
        move(scene.anna, scene.b)
        expire_stays(before=timezone.now() + timedelta(days=1))
        assert reads(scene.coach_a, row, scene.anna)
        assert not reads(scene.coach_b, row, scene.anna)

    def test_a_draft_that_was_begun_elsewhere_belongs_to_where_it_is_handed_in(self, scene):
        draft(scene.anna)
        move(scene.anna, scene.b)
        row = hand_in(scene, scene.anna)
        assert row.company_id == scene.b.id
        assert reads(scene.coach_b, row, scene.anna)
        assert not reads(scene.coach_a, row, scene.anna)

    def test_each_round_has_its_own_firm_also_when_one_comes_back(self, scene):
        firms = []
        for firm in (scene.a, scene.b, scene.a):
            move(scene.anna, firm)
            row = hand_in(scene, scene.anna)
            again(scene, scene.anna, row)
            firms.append(row.company_id)
        assert firms == [scene.a.id, scene.b.id, scene.a.id]
        found = assignments.work_of(user_id=scene.anna.pk, usage_key=W01).rounds
        assert [reads(scene.coach_a, row, scene.anna) for row in found] == [True, False, True]
        assert [reads(scene.coach_b, row, scene.anna) for row in found] == [False, True, False]

    def test_what_is_handed_in_between_two_firms_belongs_to_none(self, scene):
        move(scene.anna)
        row = hand_in(scene, scene.anna)
        move(scene.anna, scene.b)
        row = assignments.work_of(user_id=scene.anna.pk, usage_key=W01).rounds[0]
        assert row.company_id is None
        assert not any(reads(coach, row, scene.anna) for coach in (scene.coach_a, scene.coach_b))
        assert reads(scene.cora, row, scene.anna)

    def test_what_is_handed_in_before_the_first_firm_goes_along_and_stays_there(self, scene):
        dora = person("dora", Role.LEARNER)
        hand_in(scene, dora)
        move(dora, scene.a)
        move(dora, scene.b)
        (row,) = assignments.work_of(user_id=dora.pk, usage_key=W01).rounds
        assert row.company_id == scene.a.id

    def test_a_round_of_a_team_keeps_its_firm_for_each(self, scene):
        row = hand_in(scene, scene.anna, scene.bo)
        move(scene.anna, scene.b)
        assert set(Round.objects.values_list("company_id", flat=True)) == {scene.a.id}
        for who in (scene.anna, scene.bo):
            (row,) = assignments.work_of(user_id=who.pk, usage_key=W01).rounds
            assert reads(scene.coach_a, row, who)
            assert not reads(scene.coach_b, row, who)

    def test_colleagues_of_the_new_firm_hand_in_for_the_new_firm(self, scene):
        move(scene.anna, scene.b)
        hand_in(scene, scene.anna, scene.cy)
        assert set(Round.objects.values_list("company_id", flat=True)) == {scene.b.id}

    def test_a_colleague_who_changes_the_firm_in_that_very_moment_is_not_taken_along(self, scene, monkeypatch):
        def moving_meanwhile(*arguments):
            found = check_colleagues(*arguments)
            move(scene.bo, scene.b)
            return found

        monkeypatch.setattr(rounds, "check_colleagues", moving_meanwhile)
        with pytest.raises(ColleaguesRefused):
            hand_in(scene, scene.anna, scene.bo)
        assert not Round.objects.exists()

    def test_taking_back_and_handing_in_again_belongs_to_the_firm_of_the_second_time(self, scene):
        row = hand_in(scene, scene.anna)
        move(scene.anna, scene.b)
        assignments.withdraw(user_id=scene.anna.pk, usage_key=W01, round_id=row.id)
        assert hand_in(scene, scene.anna).company_id == scene.b.id


class TestPages:
    def test_the_desk_names_the_firm_of_the_round(self, scene):
        row = hand_in(scene, scene.anna)
        move(scene.anna, scene.b)
        for text in (page(scene.cora, "desk-queue", SME1), page(scene.cora, "desk-round", SME1, row.id)):
            assert "Alder and Sons" in text
            assert "Birch" not in text

    def test_the_printed_page_names_each_rounds_firm(self, scene):
        row = hand_in(scene, scene.anna)
        again(scene, scene.anna, row)
        move(scene.anna, scene.b)
        text = page(scene.anna, "work-print", W01)
        assert "Alder and Sons" in text
        assert "Birch" not in text
        hand_in(scene, scene.anna)
        assert "Birch Bakery" in page(scene.anna, "work-print", W01)

    def test_a_coach_who_grades_reads_nothing_of_what_was_said_in_the_firm_before(self, scene):
        row = hand_in(scene, scene.anna, text="Secret of Alder.")
        assignments.reopen(round_id=row.id, by_id=scene.cora.pk, reason="Alder's figures are missing.")
        move(scene.anna, scene.b)
        nela = person("nela", Role.TEACHER)
        companies.assign_coach(company_id=scene.b.id, course_key=SME1, who="nela", actor_id=scene.cora.pk)
        second = hand_in(scene, scene.anna, text="News of Birch.")
        text = page(nela, "desk-round", SME1, second.id)
        assert "News of Birch." in text
        assert "Alder" not in text


class TestMentors:
    def test_the_mentor_reads_the_firm_of_the_round_and_asks_its_coach(self, scene):
        hand_in(scene, scene.anna)
        move(scene.anna, scene.b)
        response, request = ask(scene.anna)
        assert response.status_code == 200
        assert request.matter["company"] == "Alder and Sons"
        asked = mentors.requests_of(subjects=[request.subject])[request.subject][0]
        mentors.ask_coach(token=asked.link.partition("#")[2], question="How?")
        told = Notice.objects.filter(kind="mentor_asks_coach")
        assert [each.user_id for each in told] == [scene.coach_a.pk]
        assert "Alder and Sons" in told[0].detail

    def test_so_does_the_mentor_of_a_team(self, scene):
        hand_in(scene, scene.anna, scene.bo)
        move(scene.anna, scene.b)
        _response, request = ask(scene.bo)
        assert request.matter["company"] == "Alder and Sons"
        _response, request = ask(scene.anna)
        assert request.matter["company"] == "Alder and Sons"

    def test_who_was_alone_then_needs_somebody_from_outside_and_who_is_now_does_not(self, scene):
        solo = companies.create_company(name="Solo", country="de", size_class="1")
        hand_in(scene, scene.anna)
        move(scene.anna, solo)
        response, request = ask(scene.anna)
        assert response.status_code == 200
        assert request is not None

    def test_mails_name_the_firm_of_the_round(self, scene, django_capture_on_commit_callbacks):
        hand_in(scene, scene.anna)
        move(scene.anna, scene.b)
        with django_capture_on_commit_callbacks(execute=True):
            client = Client()
            client.force_login(scene.anna, backend="django.contrib.auth.backends.ModelBackend")
            sent = {
                "do": "ask",
                "mentor_name": "Lars",
                "mentor_email": "lars@example.net",
                "mentor_role": "owner",
                "mentor_language": "en",
            }
            client.post(reverse("iciinsmes:work-mentor", args=[W01]), sent)
        (sent_mail,) = [each for each in mail.outbox if "lars@example.net" in each.to]
        assert "Alder and Sons" in sent_mail.body
        assert "Birch" not in sent_mail.body


class TestData:
    def keep(self, who, **more):
        table = Table.of(["score"], [(number % 11,) for number in range(40)])
        given = {"instrument": "net-promoter-score", "title": "Spring", "table": table, "source": DataSource.PASTED}
        return exercises.keep_data(owner_id=who.pk, course_key=SME1, **{**given, **more})

    def attempt(self, who, data_set_id):
        known = ExerciseSettings(title="Loyalty", instrument="net-promoter-score")
        exercises.open_exercise(user_id=who.pk, usage_key=LOYALTY, course_key=SME1, settings=known)
        return exercises.begin(user_id=who.pk, usage_key=LOYALTY, data_set_id=data_set_id, options={})

    def readable(self, data_set, *people) -> list[str]:
        found = []
        for who in people:
            RequestCache.clear_all_namespaces()
            try:
                exercises.read_data(data_set_id=data_set.id, reader_id=who.pk)
            except UnknownData:
                continue
            found.append(who.username)
        return found

    def test_what_was_shared_stays_with_the_firm_and_its_coach(self, scene):
        kept = self.keep(scene.anna)
        exercises.share_data(data_set_id=kept.id, owner_id=scene.anna.pk, for_company=True, for_staff=True)
        move(scene.anna, scene.b)
        everybody = (scene.anna, scene.bo, scene.cy, scene.coach_a, scene.coach_b)
        assert self.readable(kept, *everybody) == ["anna", "bo", "coach_a"]

    def test_rows_of_the_new_firm_never_join_a_set_of_the_old_one(self, scene):
        kept = self.keep(scene.anna)
        exercises.share_data(data_set_id=kept.id, owner_id=scene.anna.pk, for_company=True, for_staff=False)
        move(scene.anna, scene.b)
        table = Table.of(["score"], [(10,)] * 40)
        second = self.keep(scene.anna, table=table, data_set_id=kept.id)
        assert second.id != kept.id
        assert second.company_id == scene.b.id
        assert exercises.read_data(data_set_id=kept.id, reader_id=scene.bo.pk)[0].version == 1
        assert self.readable(second, scene.bo, scene.cy, scene.coach_a) == []

    def test_a_result_belongs_to_the_firm_of_its_data(self, scene):
        kept = self.keep(scene.anna)
        move(scene.anna, scene.b)
        attempt = self.attempt(scene.anna, kept.id)
        assert attempt.result.company_id == scene.a.id
        assert self.attempt(scene.cy, None).result.company_id == scene.b.id

    def test_nobody_shares_anew_with_a_firm_that_was_left(self, scene):
        kept = self.keep(scene.anna)
        move(scene.anna, scene.b)
        exercises.share_data(data_set_id=kept.id, owner_id=scene.anna.pk, for_company=True, for_staff=True)
        assert self.readable(kept, scene.bo, scene.cy, scene.coach_a, scene.coach_b) == ["coach_a"]
        assert "Colleagues of my firm" not in page(scene.anna, "exercise-mine", SME1)
        move(scene.anna, scene.a)
        assert "Colleagues of my firm" in page(scene.anna, "exercise-mine", SME1)

    def test_lists_of_the_new_firm_have_nothing_of_the_old_one(self, scene):
        kept = self.keep(scene.anna)
        exercises.share_data(data_set_id=kept.id, owner_id=scene.anna.pk, for_company=True, for_staff=True)
        move(scene.anna, scene.b)
        assert exercises.data_for_company(user_id=scene.cy.pk, course_key=SME1).lines == ()
        assert exercises.data_for_staff(user_id=scene.coach_b.pk, course_key=SME1).lines == ()
        assert len(exercises.data_for_company(user_id=scene.bo.pk, course_key=SME1).lines) == 1
        assert len(exercises.data_for_staff(user_id=scene.coach_a.pk, course_key=SME1).lines) == 1


class TestCanvases:
    def make(self, who, **more):
        given = {"instrument": "value-proposition-canvas", "title": "Kitchens", "shared_with_company": True, **more}
        return canvases.create_canvas(owner_id=who.pk, course_key=SME1, **given)

    def may(self, found, who) -> str:
        RequestCache.clear_all_namespaces()
        try:
            return "change" if canvases.find_canvas(canvas_id=found.id, reader_id=who.pk).may_edit else "read"
        except UnknownCanvas:
            return ""

    def test_a_shared_one_stays_with_the_firm(self, scene):
        found = self.make(scene.anna)
        move(scene.anna, scene.b)
        assert [self.may(found, who) for who in (scene.bo, scene.anna, scene.cy)] == ["change", "", ""]
        assert canvases.canvases_of(user_id=scene.anna.pk, course_key=SME1) == ()
        assert page(scene.anna, "canvas", found.id, status=404)
        move(scene.anna, scene.a)
        assert self.may(found, scene.anna) == "change"

    def test_an_own_one_is_read_and_neither_changed_nor_shared_with_the_firm_that_was_left(self, scene):
        found = self.make(scene.anna, shared_with_company=False)
        move(scene.anna, scene.b)
        canvases.share_canvas(canvas_id=found.id, owner_id=scene.anna.pk, for_company=True, for_staff=True)
        everybody = (scene.anna, scene.bo, scene.cy, scene.coach_a, scene.coach_b)
        assert [self.may(found, who) for who in everybody] == ["read", "", "", "read", ""]
        (listed,) = canvases.canvases_of(user_id=scene.anna.pk, course_key=SME1)
        assert not listed.may_edit
        assert "Remove it for good" in page(scene.anna, "canvas", found.id)
        canvases.remove_canvas(canvas_id=found.id, owner_id=scene.anna.pk)

    def test_one_from_before_the_first_firm_stays_the_own_one(self, scene):
        dora = person("dora", Role.LEARNER)
        found = self.make(dora)
        move(dora, scene.a)
        assert [self.may(found, who) for who in (dora, scene.bo)] == ["change", ""]


def test_the_gallery_names_the_firm_of_the_round(scene):
    row = hand_in(scene, scene.anna, audience=Audience.GALLERY)
    move(scene.anna, scene.b)
    criteria = {criterion.key: criterion.possible for criterion in scene.version.task.rubric.criteria}
    review.propose(
        subject=row.id,
        rubric_id=scene.version.rubric_id,
        assessor_id=scene.cora.pk,
        points=criteria,
        comments={},
        feedback="",
        base_revision=None,
    )
    assignments.release(round_id=row.id, assessor_id=scene.cora.pk, outcome="passed")
    assert GalleryEntry.objects.get().company_id == scene.a.id
