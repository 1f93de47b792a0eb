"""Reading a round, keeping a draft, releasing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.page import render_work
from iciinsmes.platform import Role
from iciinsmes.review import api as review
from iciinsmes.review.data import Criterion, CriterionKind, PointRange, Rubric
from iciinsmes.waiting import api as waiting_room

from .conftest import COURSE, PASS, W01, W02, image, make_task, person, text_of, url, waiting

pytestmark = pytest.mark.django_db

QUEUE = f"/iciinsmes/desk/{COURSE}/"
PART = {"HX-Request": "true"}


def proposal(round_id, assessor):
    return review.proposal(subject=round_id, assessor_id=assessor.id)


def release(round_id, version, assessor, *, points, outcome, feedback="Name who reads it."):
    review.propose(
        subject=round_id,
        rubric_id=version.rubric_id,
        assessor_id=assessor.id,
        points={key: Decimal(value) for key, value in points.items()},
        comments={},
        feedback=feedback,
        base_revision=None,
    )
    assignments.release(round_id=round_id, assessor_id=assessor.id, outcome=outcome)


class TestReading:
    def test_work_with_its_task(self, desk, anna, version):
        yesterday = timezone.now() - timedelta(days=1)
        round_id = waiting(anna, version, answers={"channels": "Phone <b>calls</b>"}, due_at=yesterday - timedelta(9))
        page = text_of(desk.get(url(round_id)))
        assert "Tischlerei Nordlicht, Anna" in page
        assert "W01 Where do our customers speak?" in page
        assert "Phone &lt;b&gt;calls&lt;/b&gt;" in page
        assert "List the <b>channels</b>" in page
        assert "alert(1)" not in page
        assert "4.5 h at work" in page
        assert "Late" in page
        assert "No answer." in page

    def test_changes_since_the_round_before(self, desk, teacher, anna, version):
        known = image("old.jpg")
        before = waiting(anna, version, days=9, answers={"channels": "Drivers hear it."}, files=[known])
        release(before, version, teacher, points={"completeness": 1}, outcome="revise", feedback="Who <i>reads</i> it?")
        answers = {"channels": "Drivers hear it. From Monday they write it down."}
        page = text_of(desk.get(url(waiting(anna, version, answers=answers, files=[known, image("new.jpg")]))))
        assert '<ins><span class="unseen">[added: </span>From Monday they write it down.' in page
        assert "Feedback to round 1, Tea" in page
        assert "Who &lt;i&gt;reads&lt;/i&gt; it?" in page
        assert "round 2" in page
        assert page.count('<span class="pill calm">new</span>') == 1

    def test_evidence_has_previews_and_downloads(self, desk, anna, version):
        file = image()
        page = text_of(desk.get(url(waiting(anna, version, files=[file]))))
        address = reverse("iciinsmes:evidence-file", args=[file["id"], "note.jpg"])
        assert f'<img src="{address}?size=small"' in page
        assert f'href="{address}?view=1"' in page
        assert f'href="{address}" download' in page

    def test_other_graders_are_named(self, desk, colleague, first, version):
        review.propose(
            subject=first,
            rubric_id=version.rubric_id,
            assessor_id=colleague.id,
            points={"finding": Decimal(3)},
            comments={},
            feedback="",
            base_revision=None,
        )
        assert "Cora also has a draft for this round (3 of 6)." in text_of(desk.get(url(first)))

    def test_a_released_round_is_read_only(self, desk, teacher, first, version):
        release(first, version, teacher, points={"completeness": 2, "finding": 3}, outcome="passed")
        page = text_of(desk.get(url(first)))
        assert 'type="radio"' not in page
        assert "5 of 6" in page
        assert "released by Tea" in page
        assert "Name who reads it." in page

    @pytest.mark.parametrize("count", [1, 200])
    def test_queries_do_not_grow(self, desk, version, count, django_assert_max_num_queries):
        for number in range(count):
            round_id = waiting(person(f"learner{number:03}", Role.LEARNER), version, files=[image()])
        with django_assert_max_num_queries(25):  # seven of them keep, once, that it was seen; one tells the trail
            desk.get(url(round_id))
        with django_assert_max_num_queries(18):
            desk.get(url(round_id))


class TestDraft:
    def save(self, desk, round_id, base="", **values):
        data = {"feedback": "", "base_revision": base, **values}
        return desk.post(url(round_id, "desk-draft"), data, headers=PART)

    def test_kept_with_the_sum(self, desk, teacher, first):
        data = {**PASS, "comments.finding": "Good", "feedback": "Go\r\non"}
        part = text_of(self.save(desk, first, **data))
        assert "<html" not in part
        assert '<span class="big">5</span> of 6 · passes' in part
        assert "draft kept" in part
        assert 'name="base_revision" value="1"' in part
        kept = proposal(first, teacher)
        assert kept.points == {"completeness": 2, "finding": 3}
        assert (kept.comments, kept.feedback) == ({"finding": "Good"}, "Go\non")

    def test_open_criteria_are_counted(self, desk, first):
        part = text_of(self.save(desk, first, **{"points.finding": "3"}))
        assert "of 6 · 1 criterion open" in part

    def test_the_page_shows_it_again(self, desk, first):
        self.save(desk, first, **PASS, feedback="Go on")
        page = text_of(desk.get(url(first)))
        assert 'name="points.completeness" value="2" checked' in page
        assert 'name="points.finding" value="3" checked' in page
        assert "Go on</textarea>" in page
        assert "draft kept" in page

    def test_another_tab_was_faster(self, desk, teacher, first):
        self.save(desk, first, **PASS, feedback="From the other tab")
        part = text_of(self.save(desk, first, feedback="From this tab"), 409)
        assert "this draft was changed in another tab" in part
        assert "From the other tab" in part
        assert 'name="keep_mine" value="1"' in part
        assert proposal(first, teacher).feedback == "From the other tab"
        text_of(self.save(desk, first, feedback="From this tab", keep_mine="1"))
        assert proposal(first, teacher).feedback == "From this tab"

    @pytest.mark.parametrize("points", ["9", "nan", "sNaN", "inf", "two", "1e999999", "-1"])
    def test_points_that_are_no_level(self, desk, teacher, first, points):
        part = text_of(self.save(desk, first, **{"points.finding": points}), 422)
        assert "Choose one of the levels." in part
        assert proposal(first, teacher) is None

    def test_a_text_that_is_too_long(self, desk, first):
        assert "too long" in text_of(self.save(desk, first, feedback="x" * 20_001), 422)

    def test_fields_the_rubric_does_not_have_are_ignored(self, desk, teacher, first):
        text_of(self.save(desk, first, **PASS, **{"points.other": "3", "comments.other": "x"}))
        assert set(proposal(first, teacher).points) == {"completeness", "finding"}

    @pytest.mark.parametrize("base", ["x", "-1", "99999999999999999999", "٣"])
    def test_nonsense_as_revision_is_a_conflict(self, desk, first, base):
        self.save(desk, first, **PASS)
        text_of(self.save(desk, first, base, feedback="Other"), 409)

    def test_somebody_else_has_released(self, desk, colleague, first, version):
        release(first, version, colleague, points={"completeness": 2, "finding": 3}, outcome="passed")
        assert "Cora was faster" in text_of(self.save(desk, first, **PASS), 409)

    def test_few_queries(self, desk, first, django_assert_max_num_queries):
        desk.get(url(first))
        with django_assert_max_num_queries(12):
            self.save(desk, first, **PASS)


class TestDecision:
    def send(self, desk, round_id, decision, **values):
        return desk.post(url(round_id), {"feedback": "Go on", "base_revision": "", "decision": decision, **values})

    def test_release_and_next(self, desk, first, second, anna):
        response = self.send(desk, first, "passed", **PASS)
        assert (response.status_code, response.url) == (302, url(second))
        assert review.released(subjects=[first])[first].outcome == "passed"
        page = text_of(desk.get(response.url))
        assert "Released for Tischlerei Nordlicht: passed, 5 of 6." in page
        assert url(first) in page
        assert assignments.work_of(user_id=anna.id, usage_key=W01).state == "passed"

    def test_another_round(self, desk, first, second, anna):
        response = self.send(desk, first, "revise", **{**PASS, "points.finding": "1"})
        assert response.url == url(second)
        assert assignments.work_of(user_id=anna.id, usage_key=W01).state == "revise"

    def test_next_is_the_one_below_and_then_the_first(self, desk, first, second, version):
        third = waiting(person("cy", Role.LEARNER), version, days=1)
        assert self.send(desk, second, "passed", **PASS).url == url(third)
        assert self.send(desk, third, "passed", **PASS).url == url(first)

    def test_after_the_last_comes_the_queue(self, desk, first):
        response = self.send(desk, first, "passed", **PASS)
        assert response.url == QUEUE
        assert "Released for Tischlerei Nordlicht" in text_of(desk.get(QUEUE))

    def test_after_the_last_of_a_page_comes_the_first_of_all(self, desk, first, second):
        address = f"{url(second)}?{urlencode({'after': waiting_room.queue(course_key=COURSE, limit=1).next_after})}"
        response = desk.post(address, {**PASS, "feedback": "Go on", "decision": "passed"})
        assert response.url.startswith(url(first))

    def test_every_criterion_needs_a_level(self, desk, first, teacher):
        page = text_of(self.send(desk, first, "passed", **{"points.finding": "3"}), 422)
        assert "Choose a level." in page
        assert 'id="criterion-1-error"' in page
        assert 'id="criterion-2-error"' not in page
        assert "Go on</textarea>" in page
        assert 'name="points.finding" value="3" checked' in page
        # What was typed is kept, and the form goes on from there.
        assert proposal(first, teacher).feedback == "Go on"
        assert 'name="base_revision" value="1"' in page

    def test_levels_that_do_not_pass(self, desk, first):
        page = text_of(self.send(desk, first, "passed", **{**PASS, "points.finding": "0"}), 422)
        assert "These points do not pass." in page
        assert review.released(subjects=[first]) == {}

    def test_another_round_needs_words(self, desk, first):
        page = text_of(self.send(desk, first, "revise", **PASS, feedback=" "), 422)
        assert "Write what to do in the next round." in page
        assert review.released(subjects=[first]) == {}

    def test_points_that_are_no_level(self, desk, first):
        page = text_of(self.send(desk, first, "passed", **{**PASS, "points.finding": "7"}), 422)
        assert "Choose one of the levels." in page
        assert "Go on</textarea>" in page

    def test_a_double_click_is_one_release(self, desk, first, second):
        self.send(desk, first, "passed", **PASS)
        response = self.send(desk, first, "passed", **PASS)
        assert (response.status_code, response.url) == (302, url(second))

    def test_a_second_tab_with_another_decision(self, desk, first, second):
        self.send(desk, first, "passed", **PASS)
        page = text_of(self.send(desk, first, "revise", **PASS, feedback="Once more, please"), 409)
        assert "Once more, please" in page
        assert review.released(subjects=[first])[first].outcome == "passed"

    def test_another_tab_was_faster(self, desk, first):
        desk.post(url(first, "desk-draft"), {**PASS, "feedback": "From the other tab"}, headers=PART)
        page = text_of(self.send(desk, first, "passed", **PASS, feedback="From this tab"), 409)
        assert "From the other tab" in page
        assert "From this tab</textarea>" in page
        assert review.released(subjects=[first]) == {}

    def test_another_grader_was_faster(self, desk, colleague, first, version):
        release(first, version, colleague, points={"completeness": 2, "finding": 2}, outcome="passed")
        page = text_of(self.send(desk, first, "passed", **PASS, feedback="My own words"), 409)
        assert "Cora was faster" in page
        assert "My own words" in page
        assert 'type="radio"' not in page

    def test_plain_save(self, desk, first, teacher):
        response = self.send(desk, first, "", **PASS)
        assert (response.status_code, response.url) == (302, url(first))
        assert proposal(first, teacher).revision == 1
        assert review.released(subjects=[first]) == {}


class TestRangesAndWords:
    """A criterion judged by a number, and one with a comment only, on the way from the desk to the learner."""

    @pytest.fixture
    def round_id(self, anna):
        scale = PointRange(most=Decimal(10), step=Decimal("0.5"), pass_points=Decimal(5))
        rubric = Rubric(
            criteria=(
                Criterion(key="depth", title="Depth", kind=CriterionKind.RANGE, range=scale, text="How far it goes."),
                Criterion(key="tone", title="Tone", kind=CriterionKind.FEEDBACK),
            )
        )
        task = replace(make_task(), rubric=rubric)
        version = assignments.freeze_task(usage_key=W02, course_key=COURSE, task=task)
        return waiting(anna, version)

    def test_the_form_asks_for_a_number_and_for_words(self, desk, round_id):
        text = text_of(desk.get(url(round_id)))
        assert 'type="number" inputmode="decimal" min="0" max="10" step="0.5"' in text
        assert "How far it goes." in text
        assert "of 10, passes with 5" in text
        assert 'name="points.tone"' not in text
        assert 'name="comments.tone"' in text

    @pytest.mark.parametrize("points", ["11", "0.3", "x"])
    def test_a_number_that_does_not_fit_is_told_at_its_place(self, desk, round_id, points):
        text = text_of(desk.post(url(round_id), {"points.depth": points, "decision": "passed"}), 422)
        assert "Write a number from 0 to 10 in steps of 0.5." in text

    def test_missing_points_are_asked_for_and_words_are_not(self, desk, round_id):
        text = text_of(desk.post(url(round_id), {"decision": "passed"}), 422)
        assert text.count("Give points.") == 1

    def test_released_with_a_comma_and_read_by_the_learner(self, desk, anna, round_id):
        form = {"points.depth": "7,5", "comments.tone": "Warm.", "points.tone": "9", "decision": "passed"}
        assert desk.post(url(round_id), form).status_code == 302
        shown = text_of(desk.get(url(round_id)))
        assert "7.5 of 10" in shown
        assert "Warm." in shown
        page = str(render_work(assignments.work_of(user_id=anna.id, usage_key=W02)))
        assert "7.5 of 10 points" in page
        assert "0 to 10 points; 5 are enough." in page
        assert "Warm." in page
