"""What the learner's page sends, as the browser sends it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from iciinsmes.assignments import api
from iciinsmes.assignments.models import Round

from .conftest import BLOCK, COURSE, GOOD, attach, person

DRAFT = "iciinsmes:work-draft"
HAND_IN = "iciinsmes:work-hand-in"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form(revision=0, version=None, hours="", **answers):
    data = {"revision": revision, "hours": hours, **{f"answer-{key}": text for key, text in answers.items()}}
    return {**data, "version": version.id} if version else data


class TestDraft:
    url = reverse(DRAFT, args=[BLOCK])

    def test_is_saved_with_a_revision(self, learner, version):
        answer = signed_in(learner).post(self.url, form(channels="one two", hours="4,5"))
        assert answer.status_code == 200
        assert answer.json()["revision"] == 1
        assert api.work_of(user_id=learner.id, usage_key=BLOCK).draft.answers["channels"] == "one two"

    def test_a_second_tab_gets_the_other_version_escaped(self, learner, version):
        client = signed_in(learner)
        client.post(self.url, form(channels="<script>first</script>"))
        answer = client.post(self.url, form(channels="second"))
        assert answer.status_code == 409
        assert "&lt;script&gt;first" in answer.json()["html"]
        assert answer.json()["revision"] == 1

    @pytest.mark.parametrize("hours", ["much", "-1", "1e9", "NaN", "4,5,6", "1e999"])
    def test_impossible_hours_are_refused_at_their_field(self, learner, version, hours):
        answer = signed_in(learner).post(self.url, form(channels="x", hours=hours))
        assert answer.status_code == 422
        assert answer.json()["field"] == "hours"

    @pytest.mark.parametrize("revision", ["", "-1", "1.5", "999999999999999999999", "'; drop"])
    def test_a_nonsense_revision_is_a_conflict_not_an_error(self, learner, version, revision):
        client = signed_in(learner)
        client.post(self.url, form(channels="one"))
        assert client.post(self.url, form(revision, channels="two")).status_code == 409

    def test_is_refused_while_the_teacher_has_the_work(self, learner, handed_in):
        answer = signed_in(learner).post(self.url, form(2, channels="later"))
        assert answer.status_code == 410
        assert "handed in" in answer.json()["message"]

    def test_costs_at_most_eight_queries(self, learner, version, django_assert_max_num_queries):
        client = signed_in(learner)
        client.post(self.url, form(channels="one"))
        with django_assert_max_num_queries(8):
            assert client.post(self.url, form(1, channels="two")).status_code == 200

    def test_needs_the_csrf_token(self, learner, version):
        client = Client(enforce_csrf_checks=True)
        client.force_login(learner)
        assert client.post(self.url, form(channels="x")).status_code == 403


class TestHandIn:
    url = reverse(HAND_IN, args=[BLOCK])

    def test_saves_and_hands_in_what_the_form_holds(self, learner, version):
        attach(learner)
        answer = signed_in(learner).post(self.url, form(0, version, **GOOD))
        assert answer.status_code == 200
        assert "with your teacher" in answer.content.decode()
        assert Round.objects.get().answers["channels"] == GOOD["channels"]

    def test_what_is_missing_is_said_at_its_place_and_nothing_typed_is_lost(self, learner, version):
        answer = signed_in(learner).post(self.url, form(0, version, channels="two <words>"))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "1 more word needed" in page
        assert "at least one file" in page
        assert "two &lt;words&gt;" in page

    def test_a_double_click_shows_the_handed_in_work_once(self, learner, version):
        attach(learner)
        client = signed_in(learner)
        client.post(self.url, form(0, version, **GOOD))
        again = client.post(self.url, form(0, version, **GOOD))
        assert again.status_code == 200
        assert Round.objects.count() == 1

    def test_a_stale_page_shows_both_versions(self, learner, version):
        client = signed_in(learner)
        client.post(reverse(DRAFT, args=[BLOCK]), form(channels="from the other tab"))
        answer = client.post(self.url, form(0, version, channels="from this tab here"))
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "from the other tab" in page
        assert "from this tab here" in page
        assert not Round.objects.exists()

    def test_a_changed_task_is_shown_before_it_counts(self, learner, version, task):
        attach(learner)
        api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=replace(task, purpose="A new purpose."))
        answer = signed_in(learner).post(self.url, form(0, version, **GOOD))
        assert answer.status_code == 409
        assert "A new purpose." in answer.content.decode()
        assert GOOD["channels"] in answer.content.decode()

    def test_wrong_hours_stop_the_hand_in_at_their_field(self, learner, version):
        attach(learner)
        answer = signed_in(learner).post(self.url, form(0, version, hours="much", **GOOD))
        assert answer.status_code == 422
        assert "&quot;much&quot;" in answer.content.decode()
        assert not Round.objects.exists()

    def test_costs_at_most_24_queries(self, learner, version, django_assert_max_num_queries):
        client = signed_in(learner)
        client.post(reverse(DRAFT, args=[BLOCK]), form(**GOOD))
        attach(learner)
        with django_assert_max_num_queries(24):
            assert client.post(self.url, form(1, version, **GOOD)).status_code == 200


@pytest.mark.parametrize(
    ("method", "name"),
    [("post", DRAFT), ("post", HAND_IN), ("get", "iciinsmes:work")],
    ids=["draft", "hand in", "part"],
)
class TestPermissions:
    def test_strangers_teachers_and_learners_of_other_courses_find_nothing(self, version, teacher, method, name):
        stranger = person("stranger")
        elsewhere = reverse(name, args=[str(BLOCK).replace("TEST", "OTHER")])
        learner = person("here", "learner")
        assert getattr(signed_in(stranger), method)(reverse(name, args=[BLOCK])).status_code == 404
        assert getattr(signed_in(teacher), method)(reverse(name, args=[BLOCK])).status_code == 404
        assert getattr(signed_in(learner), method)(elsewhere).status_code == 404

    def test_visitors_are_asked_to_sign_in(self, version, method, name):
        assert getattr(Client(), method)(reverse(name, args=[BLOCK])).status_code == 302

    def test_a_malformed_key_is_no_page(self, learner, method, name):
        address = reverse(name, args=[BLOCK]).replace("block-v1", "block-v9")
        assert getattr(signed_in(learner), method)(address).status_code == 404

    def test_a_learner_never_sees_another_learners_words(self, learner, other_learner, version, method, name):
        api.save_draft(user_id=learner.id, usage_key=BLOCK, answers={"channels": "secret"}, hours=None, base_revision=0)
        page = signed_in(other_learner).get(reverse("iciinsmes:work", args=[BLOCK]))
        assert "secret" not in page.content.decode()
