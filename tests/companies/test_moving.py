"""A learner who goes from one firm to another in mid-course: what was done in the first stays with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from edx_django_utils.cache import RequestCache

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments import rounds
from iciinsmes.assignments.data import Audience
from iciinsmes.assignments.errors import ColleaguesRefused
from iciinsmes.assignments.models import Round
from iciinsmes.assignments.permissions import can_read_round
from iciinsmes.assignments.teams import check_colleagues
from iciinsmes.companies import api as companies
from iciinsmes.companies.retirement import expire_stays
from iciinsmes.gallery.models import GalleryEntry
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.models import MentorRequest
from iciinsmes.notices.models import Notice
from iciinsmes.platform import Role
from iciinsmes.review import api as review
from tests.people import SME1, person

from .conftest import W01, move, page

pytestmark = pytest.mark.django_db


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
