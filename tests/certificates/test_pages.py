"""The pages of certificates, as learners, staff and strangers see and send them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from iciinsmes.certificates import api
from iciinsmes.certificates.data import CertificateCriterion, Criteria
from iciinsmes.certificates.models import Certificate, CertificateStanding, TeacherWord
from iciinsmes.platform import Role
from iciinsmes_campus.host import CampusHost
from tests.certificates.conftest import ISSUER, NAME, W01, attend, browser, issue, text
from tests.people import SME1, person

OTHER = SME1.replace(run="other")


def url(name: str, *arguments: object) -> str:
    return reverse(f"iciinsmes:{name}", args=[SME1, *arguments])


def learner_url(user, name: str = "certificate-learner", *more: object) -> str:
    return url(name, user.pk, *more)


def trainer(people) -> Criteria:
    criteria = Criteria(kind="TTT1", issuer=ISSUER)
    return api.choose_criteria(course_key=SME1, by_id=people.cora.pk, criteria=criteria)


class TestLearner:
    def test_what_is_missing_leads_to_where_it_is_done(self, people, complete):
        page = text(browser(people.bo).get(url("certificate")))
        assert "0 of 6" in page
        assert f"/block/{W01}" in page or str(W01) in page
        assert reverse("iciinsmes:project-own", args=[SME1]) in page
        assert "Do the exercise: Survey sampling or Net promoter score" in page

    def test_signs_have_words(self, people, complete):
        attend(people, people.bo)
        page = text(browser(people.bo).get(url("certificate")))
        assert page.count('<span aria-hidden="true">✓</span> done') == 1
        assert page.count('<span aria-hidden="true">○</span> open') == 5

    def test_nothing_is_said_before_criteria_are_chosen(self, people):
        assert "has not written down yet" in text(browser(people.bo).get(url("certificate")))

    def test_a_page_costs_the_same_whoever_else_learns(self, people, complete, django_assert_max_num_queries):
        client = browser(people.bo)
        client.get(url("certificate"))
        with django_assert_max_num_queries(30):
            client.get(url("certificate"))

    def test_an_issued_one_is_shown_and_its_name_is_the_holders_choice(self, people, complete):
        made = issue(people, complete)
        client = browser(complete)
        assert made.number in text(client.get(url("certificate")))
        check = reverse("iciinsmes:certificate-check", args=[made.code])
        assert NAME not in text(browser().get(check))
        name = reverse("iciinsmes:certificate-name", args=[made.id])
        assert client.post(name, {"shown": "1"}).status_code == 302
        assert NAME in text(browser().get(check))
        client.post(name, {"shown": "0"})
        assert NAME not in text(browser().get(check))
        assert browser(people.bo).post(name, {"shown": "1"}).status_code == 404

    def test_a_revoked_one_says_why(self, people, complete):
        made = issue(people, complete)
        order = {"certificate_id": made.id, "course_key": SME1, "by_id": people.cora.pk}
        api.revoke(**order, reason="The <b>wrong</b> person.")
        page = text(browser(complete).get(url("certificate")))
        assert "The &lt;b&gt;wrong&lt;/b&gt; person." in page

    def test_the_hosts_own_is_linked(self, people, complete, monkeypatch):
        issue(people, complete)
        monkeypatch.setattr(CampusHost, "certificate_url", lambda *_self, **_who: "https://lms.example/certificates/7")
        assert "https://lms.example/certificates/7" in text(browser(complete).get(url("certificate")))


class TestSheet:
    def test_the_whole_name_stands_on_the_sheet_and_in_the_file(self, people, complete):
        made = issue(people, complete)
        client = browser(complete)
        page = text(client.get(reverse("iciinsmes:certificate-sheet", args=[made.id])))
        for words in (NAME, made.number, "Łódź Chamber of Crafts", "60 hours", "EQF 4", "EQAVET", made.code):
            assert words in page
        answer = client.get(reverse("iciinsmes:certificate-file", args=[made.id]))
        assert NAME in answer.content.decode()
        assert json.loads(answer.content)["check"].endswith(f"{made.code}/")

    def test_the_sheet_speaks_the_holders_language_and_the_page_the_readers(self, people, complete, monkeypatch):
        monkeypatch.setattr(CampusHost, "language", lambda _self, _user: "de")
        made = issue(people, complete)
        page = text(browser(people.cora).get(reverse("iciinsmes:certificate-sheet", args=[made.id])))
        sheet = page.partition("<article")[2].partition("</article>")[0]
        assert 'lang="de"' in sheet
        assert "Polen" in sheet
        assert "Print it with your browser" in page

    @pytest.mark.parametrize("name", ["certificate-sheet", "certificate-file"])
    def test_nobody_else_opens_it(self, people, complete, name):
        made = issue(people, complete)
        for user in (people.bo, people.stranger):
            assert browser(user).get(reverse(f"iciinsmes:{name}", args=[made.id])).status_code == 404

    def test_the_check_page_says_valid_revoked_or_unknown_and_nothing_more(self, people, complete):
        made = issue(people, complete)
        check = reverse("iciinsmes:certificate-check", args=[made.code])
        page = text(browser().get(check))
        assert "This certificate is valid." in page
        assert made.sheet.title in page
        assert made.number not in page
        api.revoke(certificate_id=made.id, course_key=SME1, by_id=people.cora.pk, reason="A secret reason.")
        page = text(browser().get(check))
        assert "not valid" in page
        assert "secret reason" not in page
        for code in ("x", made.code[:-1], "%00", "<script>"):
            answer = browser().get(reverse("iciinsmes:certificate-check", args=[code]))
            assert "There is no certificate with this code." in text(answer, 404)


class TestOverview:
    def test_the_matrix_costs_the_same_for_any_number(self, people, complete, django_assert_max_num_queries):
        for number in range(30):
            person(f"l{number:02}", Role.LEARNER)
        client = browser(people.teacher)
        page = text(client.get(url("certificates")))
        assert page.count('<th scope="row">') == 25
        with django_assert_max_num_queries(24):
            client.get(url("certificates"))
        after = page.partition("?after=")[2].partition('"')[0]
        page = text(client.get(url("certificates") + f"?after={after}"))
        assert page.count('<th scope="row">') == 7

    def test_filters_and_names(self, people, complete):
        attend(people, people.bo)
        api.look_at_all()
        CertificateStanding.objects.filter(learner=people.bo).update(open_count=1)
        client = browser(people.teacher)
        assert names(client, show="complete") == [NAME]
        assert names(client, show="one") == ["Bo"]
        assert names(client, show="issued") == []
        issue(people, complete)
        assert names(client, show="issued") == [NAME]
        assert names(client, q="bo") == ["Bo"]
        assert names(client, show="nonsense", after="x") == [NAME, "Bo"]
        assert "Nobody fits." in text(client.get(url("certificates"), {"q": "nobody"}))

    def test_who_teaches_some_sees_these_alone(self, people, complete, monkeypatch):
        only = type(people.bo).objects.filter(pk=people.bo.pk)
        monkeypatch.setattr(CampusHost, "limited_to", lambda *_args: only)
        client = browser(people.teacher)
        assert names(client) == ["Bo"]
        assert client.get(learner_url(complete)).status_code == 404
        (session,) = api.sessions_of(course_key=SME1)
        client.post(url("certificate-session", session.id), {f"is-{complete.pk}": "", f"was-{complete.pk}": "there"})
        assert complete.pk in api.presences_in(session_id=session.id, learner_ids=[complete.pk])


def names(client, **asked) -> list[str]:
    page = text(client.get(url("certificates"), asked))
    rows = page.split('<th scope="row">')[1:]
    return [row.partition("</a>")[0].rpartition(">")[2].strip() for row in rows]


class TestWords:
    def test_a_tick_with_a_day(self, people, run):
        trainer(people)
        client = browser(people.teacher)
        assert "A unit taught" in text(client.get(learner_url(people.bo)))
        sent = {"criterion": "unit_taught", "is_shown": "1", "shown_on": "2026-10-05"}
        for _click in range(2):
            assert client.post(learner_url(people.bo, "certificate-word"), sent).status_code == 302
        assert list(api.words_about(learner_id=people.bo.pk, course_key=SME1)) == [CertificateCriterion.UNIT_TAUGHT]
        client.post(learner_url(people.bo, "certificate-word"), {"criterion": "unit_taught", "shown_on": "2026-10-05"})
        assert not TeacherWord.objects.exists()

    @pytest.mark.parametrize("day", ["", "tomorrow", "0000-00-00"])
    def test_a_day_that_is_none_is_asked_for_again(self, people, run, day):
        trainer(people)
        sent = {"criterion": "unit_taught", "is_shown": "1", "shown_on": day}
        page = text(browser(people.teacher).post(learner_url(people.bo, "certificate-word"), sent), 422)
        assert 'aria-invalid="true"' in page
        assert not TeacherWord.objects.exists()

    def test_a_day_to_come_is_refused(self, people, run):
        trainer(people)
        day = (timezone.localdate() + timedelta(days=2)).isoformat()
        sent = {"criterion": "unit_taught", "is_shown": "1", "shown_on": day}
        page = text(browser(people.teacher).post(learner_url(people.bo, "certificate-word"), sent), 422)
        assert "still to come" in page

    def test_only_what_the_run_asks_a_teacher_about(self, people, run):
        for criterion in ("sessions", "talk", "unit_taught", "x"):
            sent = {"criterion": criterion, "is_shown": "1", "shown_on": "2026-10-05"}
            answer = browser(people.teacher).post(learner_url(people.bo, "certificate-word"), sent)
            assert answer.status_code == 404

    def test_nobody_confirms_the_own_certificate(self, people, run):
        both = person("both", Role.TEACHER)
        assert browser(both).get(learner_url(both)).status_code == 404


class TestIssuing:
    def test_a_coordinator_issues_once_and_teachers_never(self, people, complete):
        address = learner_url(complete, "certificate-issue")
        assert browser(people.teacher).post(address).status_code == 404
        client = browser(people.cora)
        for _click in range(2):
            assert client.post(address).status_code == 302
        assert Certificate.objects.count() == 1
        assert client.post(learner_url(people.bo, "certificate-issue")).status_code == 302
        assert "something is still missing" in text(client.get(learner_url(people.bo)))

    def test_revoking_needs_a_reason_and_the_right_learner(self, people, complete):
        made = issue(people, complete)
        client = browser(people.cora)
        wrong = learner_url(people.bo, "certificate-revoke", made.id)
        assert client.post(wrong, {"reason": "Mistaken."}).status_code == 404
        address = learner_url(complete, "certificate-revoke", made.id)
        client.post(address, {"reason": " "})
        assert "Not revoked" in text(client.get(learner_url(complete)))
        client.post(address, {"reason": "Mistaken."})
        assert not Certificate.objects.get().is_current

    def test_who_left_the_run_can_still_lose_a_certificate(self, people, complete):
        from iciinsmes_campus.learning.models import Membership

        made = issue(people, complete)
        Membership.objects.filter(user=complete).delete()
        client = browser(people.cora)
        assert made.number in text(client.get(learner_url(complete)))
        client.post(learner_url(complete, "certificate-revoke", made.id), {"reason": "Mistaken."})
        assert not Certificate.objects.get().is_current

    def test_a_name_is_taken_from_the_account(self, people, complete):
        made = issue(people, complete)
        complete.first_name = "Lucy"
        complete.save()
        browser(people.cora).post(learner_url(complete, "certificate-rename", made.id))
        page = text(browser(complete).get(reverse("iciinsmes:certificate-sheet", args=[made.id])))
        assert "Lucy" in page
        assert "name corrected on" in page


class TestCriteriaPage:
    FORM = {
        "kind": "SME2",
        "sessions_percent": "75",
        "own_data": "2",
        "self_checks": "1",
        "asked": ["sessions", "tools", "assignments", "gate", "self_check", "report", "T11", "T19", "T26", str(W01)],
        "issuer": "Chamber",
        "country": "DK",
    }

    def test_a_coordinator_chooses(self, people):
        client = browser(people.cora)
        assert "Type of course" in text(client.get(url("certificate-criteria")))
        assert client.post(url("certificate-criteria"), self.FORM).status_code == 302
        held = api.criteria_of(course_key=SME1)
        assert (held.kind, held.left_out) == ("SME2", ("T29", "talk"))
        assert (held.thresholds.sessions_percent, held.issuer.country) == (75, "DK")
        page = text(client.get(url("certificate-criteria")))
        assert 'value="75"' in page
        assert "Version 1" in page

    @pytest.mark.parametrize(
        "wrong",
        [
            {"kind": "SME9"},
            {"kind": ""},
            {"sessions_percent": "0"},
            {"sessions_percent": "101"},
            {"own_data": "many"},
            {"self_checks": "-1"},
            {"country": "ZZ"},
            {"asked": ["T99"]},
            {"title": "x" * 201},
            {"quality": "x" * 1001},
        ],
    )
    def test_nonsense_is_marked_and_what_was_typed_stays(self, people, wrong):
        page = text(browser(people.cora).post(url("certificate-criteria"), {**self.FORM, **wrong}), 422)
        assert 'class="wrong"' in page
        assert 'value="Chamber"' in page
        assert api.criteria_of(course_key=SME1) is None

    def test_others_may_not(self, people):
        for user in (people.teacher, people.bo, people.stranger):
            assert browser(user).get(url("certificate-criteria")).status_code == 404


class TestSessionPages:
    def test_a_session_is_added_once_and_ticked(self, people, run):
        client = browser(people.teacher)
        sent = {"held_on": "2026-10-08", "title": "Asking well"}
        for _click in range(2):
            answer = client.post(url("certificate-sessions"), sent)
        assert len(api.sessions_of(course_key=SME1)) == 2
        page = text(client.get(answer["Location"]))
        assert "was there" in page
        ticked = {f"is-{people.bo.pk}": "replaced", f"note-{people.bo.pk}": "At home.", f"was-{people.bo.pk}": ""}
        client.post(answer["Location"], ticked)
        assert "At home." in text(client.get(answer["Location"]))

    def test_what_another_tab_has_ticked_meanwhile_stays(self, people, run):
        (session,) = api.sessions_of(course_key=SME1)
        client = browser(people.teacher)
        attend(people, people.anna)
        # The page was opened before: it shows nobody, and ticks Bo only.
        stale = {f"{name}-{user.pk}": "" for user in (people.anna, people.bo) for name in ("is", "was")}
        client.post(url("certificate-session", session.id), {**stale, f"is-{people.bo.pk}": "there"})
        found = api.presences_in(session_id=session.id, learner_ids=[people.anna.pk, people.bo.pk])
        assert set(found) == {people.anna.pk, people.bo.pk}

    def test_people_who_do_not_learn_here_are_not_ticked(self, people, run):
        (session,) = api.sessions_of(course_key=SME1)
        browser(people.teacher).post(url("certificate-session", session.id), {f"is-{people.stranger.pk}": "there"})
        assert api.presences_in(session_id=session.id, learner_ids=[people.stranger.pk]) == {}

    @pytest.mark.parametrize(
        "sent", [{}, {"held_on": "x", "title": "x"}, {"held_on": "2026-10-08", "title": " "}, {"title": "x" * 201}]
    )
    def test_nonsense_is_marked(self, people, run, sent):
        assert 'class="wrong"' in text(browser(people.teacher).post(url("certificate-sessions"), sent), 422)
        assert len(api.sessions_of(course_key=SME1)) == 1

    def test_an_empty_one_is_taken_out_and_a_ticked_one_stays(self, people, run):
        (session,) = api.sessions_of(course_key=SME1)
        client = browser(people.teacher)
        attend(people, people.anna)
        client.post(url("certificate-session-remove", session.id))
        assert len(api.sessions_of(course_key=SME1)) == 1
        api.mark(session_id=session.id, course_key=SME1, by_id=people.teacher.pk, changes={people.anna.pk: None})
        client.post(url("certificate-session-remove", session.id))
        assert api.sessions_of(course_key=SME1) == ()
        assert client.get(url("certificate-session", session.id)).status_code == 404
