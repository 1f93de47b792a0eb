"""Comments at places: kept at once, one's own until the release, then the learner's to read, and unchangeable."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.models import Round, Work
from iciinsmes.assignments.page import render_work
from iciinsmes.feedback import api as feedback
from iciinsmes.feedback.data import MAX_REMARKS, Anchor
from iciinsmes.feedback.models import Remark
from iciinsmes.platform import Role
from iciinsmes.privacy import api as privacy
from iciinsmes.review import api as review
from iciinsmes_campus.learning import api as learning

from .conftest import COURSE, OTHER_COURSE, PASS, W01, image, person, text_of, url, waiting
from .test_grading import release

pytestmark = pytest.mark.django_db

PART = {"HX-Request": "true"}
ANSWER = "Delivery notes. The phone. The phone again."


def draft_of(round_id, assessor):
    own = review.proposal(subject=round_id, assessor_id=assessor.id)
    return feedback.draft_of(assessment_ids=[own.id]).remarks if own else ()


def say(client, round_id, text="Which ones?", **more):
    sent = {"place": "answer", "target": "channels", "text": text, **more}
    return client.post(url(round_id, "desk-remarks"), sent, headers=PART)


def learners_page(owner) -> str:
    return render_work(assignments.work_of(user_id=owner.id, usage_key=W01))


@pytest.fixture
def asked(anna, version):
    return waiting(anna, version, answers={"channels": ANSWER}, files=[image("note.jpg")])


def grade(desk, round_id, decision="revise"):
    base = review.proposal(subject=round_id, assessor_id=desk.session["_auth_user_id"])
    sent = {
        **PASS,
        "feedback": "See my comments.",
        "decision": decision,
        "base_revision": base.revision if base else "",
    }
    assert desk.post(url(round_id), sent).status_code == 302


class TestKeeping:
    def test_a_comment_on_a_passage_stands_in_the_text_and_below_it(self, desk, asked, teacher):
        part = text_of(say(desk, asked, quote="The phone", start=16))
        assert '<mark class="said">The phone</mark><a class="said-number" href="#remark-' in part
        assert "<q>The phone</q>" in part
        assert "Which ones?" in part
        (kept,) = draft_of(asked, teacher)
        assert kept.anchor == Anchor(place="answer", target="channels", start=16, quote="The phone")
        assert "Which ones?" in text_of(desk.get(url(asked)))

    def test_of_words_that_stand_twice_the_marked_ones_are_meant(self, desk, asked, teacher):
        say(desk, asked, quote="The phone", start=27)
        assert draft_of(asked, teacher)[0].anchor.start == 27

    def test_without_a_script_the_words_are_enough_and_the_way_leads_back(self, desk, asked, teacher):
        sent = {"place": "answer", "target": "channels", "text": "Good.", "quote": "phone again"}
        answer = desk.post(url(asked, "desk-remarks"), sent)
        assert answer.url == f"{url(asked)}#said-answer-channels"
        assert draft_of(asked, teacher)[0].anchor.start == 31

    def test_on_a_whole_answer_a_file_a_page_and_an_item(self, desk, anna, version, teacher):
        pdf = {**image("plan.pdf"), "content_type": "application/pdf"}
        round_id = waiting(anna, version, files=[pdf])
        link = {"id": str(uuid4()), "kind": "link", "title": "Shop", "content": {"url": "https://example.org/"}}
        Round.objects.filter(id=round_id).update(items=[{**link, "size": 9, "question": "", "revision": 1}])
        assert say(desk, round_id).status_code == 200
        assert "Page 3" in text_of(say(desk, round_id, place="file", target=pdf["id"], page="3"))
        assert say(desk, round_id, place="file", target=pdf["id"]).status_code == 200
        assert say(desk, round_id, place="item", target=link["id"]).status_code == 200
        assert [(each.number, each.anchor.place, each.anchor.page) for each in draft_of(round_id, teacher)] == [
            (1, "answer", 0),
            (2, "file", 3),
            (3, "file", 0),
            (4, "item", 0),
        ]

    @pytest.mark.parametrize(
        "sent",
        [
            {"text": "  "},
            {"text": "x" * 5001},
            {"quote": "never written"},
            {"target": "unknown"},
            {"place": "round"},
            {"place": "file", "target": "0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f"},
        ],
        ids=str,
    )
    def test_what_does_not_fit_is_refused_and_the_words_stay(self, desk, asked, teacher, sent):
        answer = say(desk, asked, **sent)
        if sent.get("target") or sent.get("place"):
            assert answer.status_code == 404
        else:
            page = text_of(answer, 422)
            assert 'role="alert"' in page
            assert sent.get("text", "Which ones?").strip() in page
        assert draft_of(asked, teacher) == ()

    def test_words_are_never_markup(self, desk, asked):
        part = text_of(say(desk, asked, text="<img src=x onerror=alert(1)>"))
        assert "<img" not in part
        assert "&lt;img" in part

    def test_sent_twice_it_is_one(self, desk, asked, teacher):
        say(desk, asked)
        say(desk, asked)
        assert len(draft_of(asked, teacher)) == 1

    def test_the_form_that_was_open_before_saves_without_a_conflict(self, desk, asked, teacher):
        say(desk, asked)
        sent = {**PASS, "feedback": "Written before.", "base_revision": ""}
        assert desk.post(url(asked, "desk-draft"), sent).status_code == 200
        assert len(draft_of(asked, teacher)) == 1

    def test_there_is_an_end(self, desk, asked, teacher):
        say(desk, asked)
        (kept,) = Remark.objects.all()
        Remark.objects.bulk_create(
            Remark(assessment=kept.assessment, number=number, place="answer", target="channels", text=str(number))
            for number in range(2, MAX_REMARKS + 1)
        )
        assert "Remove one first" in text_of(say(desk, asked, text="One more"), 422)


class TestChanging:
    def change(self, client, round_id, remark, text, revision=1, step="change"):
        address = reverse(f"iciinsmes:desk-remark-{step}", args=[COURSE, round_id, remark.id])
        sent = {"place": "answer", "target": "channels", "text": text, "revision": revision}
        return client.post(address, sent, headers=PART)

    def test_the_own_comment_is_changed_and_removed(self, desk, asked, teacher):
        say(desk, asked)
        (kept,) = draft_of(asked, teacher)
        assert "Name three." in text_of(self.change(desk, asked, kept, "Name three."))
        assert draft_of(asked, teacher)[0].revision == 2
        for _time in range(2):
            assert self.change(desk, asked, kept, "", step="remove").status_code == 200
        assert draft_of(asked, teacher) == ()

    def test_another_tab_is_not_overwritten_unseen(self, desk, asked, teacher):
        say(desk, asked)
        (kept,) = draft_of(asked, teacher)
        self.change(desk, asked, kept, "From the other tab")
        part = text_of(self.change(desk, asked, kept, "From this tab"), 409)
        assert "From the other tab" in part
        assert "From this tab" in part
        assert 'name="revision"\n        value="2"' in part
        assert draft_of(asked, teacher)[0].text == "From the other tab"

    def test_one_that_was_removed_comes_back_as_new_words(self, desk, asked, teacher):
        say(desk, asked)
        (kept,) = draft_of(asked, teacher)
        self.change(desk, asked, kept, "", step="remove")
        assert "Typed meanwhile" in text_of(self.change(desk, asked, kept, "Typed meanwhile"), 409)

    def test_nobody_changes_somebody_elses(self, desk, asked, teacher, colleague):
        say(desk, asked)
        (kept,) = draft_of(asked, teacher)
        other = Client()
        other.force_login(colleague)
        assert self.change(other, asked, kept, "Mine").status_code == 409
        self.change(other, asked, kept, "", step="remove")
        assert [each.text for each in draft_of(asked, teacher)] == ["Which ones?"]


class TestWhoReads:
    def test_nobody_but_the_assessor_before_the_release(self, desk, asked, anna, teacher, colleague):
        say(desk, asked, text="SECRET-WORDS", quote="The phone", start=16)
        assert "SECRET-WORDS" not in learners_page(anna)
        assert "said" not in learners_page(anna)
        other, learner = Client(), Client()
        other.force_login(colleague)
        learner.force_login(anna)
        assert "SECRET-WORDS" not in text_of(other.get(url(asked)))
        for address in (reverse("iciinsmes:work", args=[W01]), reverse("iciinsmes:work-print", args=[W01])):
            assert "SECRET-WORDS" not in text_of(learner.get(address))
        archive = privacy.export(user_id=anna.id, asked_by=anna.id)
        assert b"SECRET-WORDS" not in archive.read()

    def test_the_learner_after_the_release_beside_the_passage_and_on_paper(self, desk, asked, anna):
        say(desk, asked, text="Which <b>one</b>?", quote="The phone", start=16)
        grade(desk, asked)
        learner = Client()
        learner.force_login(anna)
        for page in (learners_page(anna), text_of(learner.get(reverse("iciinsmes:work-print", args=[W01])))):
            assert '<mark class="said">The phone</mark>' in page
            assert "Which &lt;b&gt;one&lt;/b&gt;?" in page
            assert "desk" not in page.partition('class="remarks"')[2].partition("</ul>")[0]

    def test_what_another_assessor_noted_stays_unseen_for_good(self, desk, asked, anna, colleague):
        other = Client()
        other.force_login(colleague)
        say(other, asked, text="NOT-RELEASED")
        say(desk, asked, text="Released.")
        grade(desk, asked)
        assert "Released." in learners_page(anna)
        assert "NOT-RELEASED" not in learners_page(anna)
        assert "NOT-RELEASED" not in text_of(desk.get(url(asked)))

    def test_the_next_round_shows_the_earlier_ones(self, desk, asked, anna, version):
        say(desk, asked, text="Name three.", quote="The phone", start=16)
        grade(desk, asked)
        page = text_of(desk.get(url(waiting(anna, version, answers={"channels": f"{ANSWER} Mails."}))))
        now, _earlier, before = page.partition("Earlier rounds")
        assert "Name three." not in now
        assert "Name three." in before
        assert "desk-remark" not in before
        assert "Name three." in learners_page(anna)

    def test_numbers_have_no_gap_for_the_learner(self, desk, asked, anna, teacher):
        for text in ("One", "Two", "Three"):
            say(desk, asked, text=text)
        first = draft_of(asked, teacher)[0]
        feedback.remove(subject=asked, assessor_id=teacher.id, remark_id=first.id)
        assert [each.number for each in draft_of(asked, teacher)] == [2, 3]
        grade(desk, asked)
        assert [each.number for each in released(asked)] == [1, 2]

    def test_marks_and_changes_of_the_answer_stand_together(self, desk, teacher, anna, version):
        before = waiting(anna, version, days=9, answers={"channels": "Drivers hear it."})
        release(before, version, teacher, points={"completeness": 1}, outcome="revise")
        round_id = waiting(anna, version, answers={"channels": "Drivers hear it. From Monday they write."})
        part = text_of(say(desk, round_id, quote="it. From Monday", start=13))
        assert '<mark class="said">it. </mark>' in part or '<mark class="said">it.</mark>' in part
        assert "[added:" in part
        assert part.count('href="#remark-') == 1


def released(round_id):
    return feedback.given(assessment=review.released(subjects=[round_id])[round_id]).remarks


class TestAfterTheRelease:
    def test_nothing_changes_any_more(self, desk, asked, teacher):
        say(desk, asked, text="Before")
        (kept,) = draft_of(asked, teacher)
        grade(desk, asked)
        assert "its result by now" in text_of(say(desk, asked, text="After"), 409)
        for step in ("change", "remove"):
            address = reverse(f"iciinsmes:desk-remark-{step}", args=[COURSE, asked, kept.id])
            sent = {"place": "answer", "target": "channels", "text": "After", "revision": 1}
            assert desk.post(address, sent, headers=PART).status_code == 409
        assert [each.text for each in released(asked)] == ["Before"]

    def test_they_go_with_the_work(self, desk, asked, anna):
        say(desk, asked)
        assignments.clear_work(user_id=anna.id, usage_key=W01)
        assert not Remark.objects.exists()


class TestWhoMay:
    def test_only_who_grades_here(self, asked, anna, bo, teacher):
        for user in (anna, bo, person("elsewhere", Role.TEACHER, OTHER_COURSE)):
            client = Client()
            client.force_login(user)
            assert say(client, asked).status_code == 404
        assert not Remark.objects.exists()

    def test_nobody_on_the_own_work_or_on_what_is_kept_to_the_coach(self, desk, teacher, anna, version):
        mine = waiting(teacher, version)
        assert say(desk, mine).status_code == 404
        closed = waiting(anna, version)
        Round.objects.filter(id=closed).update(audience="coach")
        assert say(desk, closed).status_code == 404

    def test_who_is_no_teacher_any_more_keeps_nothing_new(self, desk, asked, teacher):
        say(desk, asked)
        learning.enrol(user_id=teacher.id, course_key=COURSE, role=Role.LEARNER)
        assert say(desk, asked, text="Later").status_code == 404


def test_colleagues_get_the_same_comments_with_results_of_their_own(desk, anna, bo, version, teacher):
    team = uuid4()
    rounds = [waiting(owner, version, answers={"channels": ANSWER}) for owner in (anna, bo)]
    Round.objects.filter(id__in=rounds).update(team=team)
    say(desk, rounds[0], quote="The phone", start=16)
    grade(desk, rounds[0], "passed")
    for round_id, owner in zip(rounds, (anna, bo), strict=True):
        assert [each.text for each in released(round_id)] == ["Which ones?"]
        assert "Which ones?" in learners_page(owner)
    assert Work.objects.filter(state="passed").count() == 2
    assignments.clear_work(user_id=anna.id, usage_key=W01)
    assert "Which ones?" in learners_page(bo)
