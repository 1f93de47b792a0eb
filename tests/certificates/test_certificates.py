"""Standings, attendance, issuing and what becomes of a certificate, through the room's door."""

from __future__ import annotations

from datetime import date
from typing import Any
from unittest.mock import Mock

import pytest
from django.contrib.auth import get_user_model
from edx_django_utils.cache import RequestCache

from iciinsmes.certificates import api
from iciinsmes.certificates.data import CertificateCriterion, Criteria, Issuer, Missing, Presence
from iciinsmes.certificates.errors import (
    AlreadyIssued,
    NoCriteria,
    NoIssuer,
    NoReasonToRevoke,
    NotComplete,
    UnknownCertificate,
    UnknownLearner,
    UnknownSession,
)
from iciinsmes.certificates.models import Attendance, Certificate, CertificateStanding
from iciinsmes.certificates.telling_host import tell_host, tell_host_of_all
from iciinsmes.notices import api as notices
from iciinsmes.platform import Role
from iciinsmes.privacy import api as privacy
from iciinsmes.projects.evaluation import look_again
from iciinsmes.projects.models import Project
from iciinsmes_campus.host import CampusHost
from iciinsmes_campus.learning.models import Membership
from tests.certificates.conftest import CRITERIA, ISSUER, NAME, attend, issue, talk, use_tool
from tests.people import SME1, person


def standing(user):
    return api.standing_of(learner_id=user.pk, course_key=SME1)


def open_criteria(user):
    return [each.criterion for each in standing(user).open]


def headlines(user):
    return [line.headline for line in notices.inbox(user_id=user.pk).notices]


class TestStandings:
    def test_facts_of_all_rooms_make_one_complete(self, people, complete):
        assert open_criteria(complete) == []
        assert standing(complete).is_complete

    def test_who_has_just_begun_misses_everything(self, people, complete):
        found = {each.criterion: each.gaps[0].missing for each in standing(people.bo).open}
        assert found == {
            CertificateCriterion.SESSIONS: Missing.SESSIONS,
            CertificateCriterion.TOOLS: Missing.TOOL,
            CertificateCriterion.ASSIGNMENTS: Missing.TASK,
            CertificateCriterion.GATE: Missing.NO_PROJECT,
            CertificateCriterion.SELF_CHECK: Missing.SELF_CHECK,
            CertificateCriterion.TALK: Missing.TALK,
        }

    def test_demo_data_are_practice(self, people, run):
        use_tool(people.bo, own=False)
        tools = next(each for each in standing(people.bo).open if each.criterion is CertificateCriterion.TOOLS)
        assert [gap.missing for gap in tools.gaps] == [Missing.OWN_DATA]

    def test_doubts_in_the_newest_talk_count(self, people, complete):
        talk(people, result="doubt")
        assert open_criteria(complete) == [CertificateCriterion.TALK]

    def test_gates_of_a_file_were_not_passed_here(self, people, complete):
        row = Project.objects.get()
        row.passages.filter(gate=2).update(imported=True)
        look_again(row, row.changed_at)
        assert open_criteria(complete) == [CertificateCriterion.GATE]

    def test_a_stop_with_a_reason_is_a_result(self, people, complete):
        row = Project.objects.get()
        row.facts["passed"] = {"0": "2026-10-01"}
        row.gate, row.stopped, row.ended_on = 4, True, date(2026, 10, 3)
        row.save()
        assert open_criteria(complete) == []

    def test_nobody_has_chosen(self, people):
        assert standing(people.anna) is None
        with pytest.raises(NoCriteria):
            issue(people, people.anna)

    def test_any_number_of_learners_costs_the_same(self, people, complete, django_assert_num_queries):
        learners = [person(f"l{number}", Role.LEARNER) for number in range(12)]
        criteria = api.criteria_of(course_key=SME1)
        ask: dict[str, Any] = {"course_key": SME1, "criteria": criteria, "firms": {}}
        assert api.complete_among(learner_ids=[learner.pk for learner in learners], **ask) == frozenset()
        with django_assert_num_queries(7):
            api.complete_among(learner_ids=[learners[0].pk], **ask)
        with django_assert_num_queries(7):
            api.complete_among(learner_ids=[learner.pk for learner in learners], **ask)


class TestCriteria:
    def test_a_change_is_a_version_and_the_same_is_none(self, people, run):
        assert run.version == 1
        again = api.choose_criteria(course_key=SME1, by_id=people.cora.pk, criteria=run)
        assert again.version == 1
        other = api.choose_criteria(course_key=SME1, by_id=people.cora.pk, criteria=Criteria(kind="SME2"))
        assert (other.version, other.kind) == (2, "SME2")
        assert api.criteria_of(course_key=SME1) == other

    def test_an_unknown_type_is_refused(self, people):
        with pytest.raises(NoCriteria):
            api.choose_criteria(course_key=SME1, by_id=people.cora.pk, criteria=Criteria(kind="SME9"))


class TestSessions:
    def test_the_same_session_twice_is_one(self, people, run):
        again = api.add_session(course_key=SME1, held_on=date(2026, 10, 1), title="Start")
        assert [each.id for each in api.sessions_of(course_key=SME1)] == [again.id]

    def test_only_who_is_named_is_touched(self, people, run):
        (session,) = api.sessions_of(course_key=SME1)
        attend(people, people.anna)
        made = Presence(is_replaced=True, note="Wrote the survey at home.")
        mark = {"session_id": session.id, "course_key": SME1, "by_id": people.teacher.pk}
        assert api.mark(**mark, changes={people.bo.pk: made}) == 1
        assert api.mark(**mark, changes={people.bo.pk: made}) == 0
        ids = [people.anna.pk, people.bo.pk]
        assert api.presences_in(session_id=session.id, learner_ids=ids) == {
            people.anna.pk: Presence(),
            people.bo.pk: made,
        }
        assert api.mark(**mark, changes={people.bo.pk: None}) == 1
        assert people.bo.pk not in api.presences_in(session_id=session.id, learner_ids=ids)

    def test_a_session_of_another_run_is_none(self, people, run):
        (session,) = api.sessions_of(course_key=SME1)
        with pytest.raises(UnknownSession):
            api.session_of(session_id=session.id, course_key=SME1.replace(run="other"))

    def test_a_session_that_took_place_is_not_taken_out(self, people, run):
        (session,) = api.sessions_of(course_key=SME1)
        attend(people, people.anna)
        with pytest.raises(UnknownSession):
            api.remove_session(session_id=session.id, course_key=SME1)
        Attendance.objects.all().delete()
        api.remove_session(session_id=session.id, course_key=SME1)
        assert api.sessions_of(course_key=SME1) == ()


class TestIssuing:
    def test_a_sheet_is_frozen_with_a_number_and_the_whole_name(self, people, complete):
        made = issue(people, complete)
        assert made.name == NAME
        assert made.sheet.hours == 60
        assert made.sheet.criteria_version == 1
        assert str(made.sheet.points) == "2.5"
        assert made.sheet.issuer == ISSUER.name
        # The course has no task about the report.
        assert len(made.sheet.assessment) == 6
        assert not any("report" in words for words in made.sheet.assessment)
        api.choose_criteria(course_key=SME1, by_id=people.cora.pk, criteria=Criteria(kind="SME2", issuer=ISSUER))
        again = api.read_certificate(certificate_id=made.id, reader_id=complete.pk)
        assert again.sheet == made.sheet

    def test_it_is_issued_once(self, people, complete):
        issue(people, complete)
        with pytest.raises(AlreadyIssued):
            issue(people, complete)
        assert Certificate.objects.count() == 1

    def test_nothing_may_be_missing(self, people, complete):
        with pytest.raises(NotComplete):
            issue(people, people.bo)

    def test_somebody_must_award_it(self, people, complete):
        without = Criteria(kind="SME1", thresholds=CRITERIA.thresholds, left_out=CRITERIA.left_out, issuer=Issuer())
        api.choose_criteria(course_key=SME1, by_id=people.cora.pk, criteria=without)
        with pytest.raises(NoIssuer):
            issue(people, complete)

    def test_who_does_not_learn_here_gets_none(self, people, complete):
        Membership.objects.filter(user=complete).delete()
        for user in (complete, people.teacher, people.stranger):
            RequestCache.clear_all_namespaces()
            with pytest.raises(UnknownLearner):
                issue(people, user)

    def test_revoked_with_a_reason_and_issued_anew(self, people, complete):
        made = issue(people, complete)
        order = {"certificate_id": made.id, "course_key": SME1, "by_id": people.cora.pk}
        with pytest.raises(NoReasonToRevoke):
            api.revoke(**order, reason=" \0 ")
        with pytest.raises(UnknownCertificate):
            api.revoke(**{**order, "course_key": SME1.replace(run="other")}, reason="Mistaken.")
        revoked = api.revoke(**order, reason="Mistaken.")
        assert not revoked.is_valid
        assert api.revoke(**order, reason="Again.").reason == "Mistaken."
        new = issue(people, complete)
        assert new.number != made.number
        assert [each.is_valid for each in api.certificates_of(learner_id=complete.pk, course_key=SME1)] == [True, False]

    def test_a_corrected_name_keeps_number_and_day(self, people, complete):
        made = issue(people, complete)
        complete.last_name = "Ångström"
        complete.save()
        order = {"certificate_id": made.id, "course_key": SME1, "by_id": people.cora.pk}
        new = api.correct_name(**order)
        assert new.name.endswith("Ångström")
        assert (new.number, new.issued_at) == (made.number, made.issued_at)
        assert new.corrected_at is not None
        assert [each["name"] for each in Certificate.objects.get().earlier_names] == [NAME]
        assert api.correct_name(**order).corrected_at == new.corrected_at

    def test_only_holder_and_staff_read_it(self, people, complete):
        made = issue(people, complete)
        for reader in (complete, people.teacher, people.cora):
            assert api.read_certificate(certificate_id=made.id, reader_id=reader.pk).number == made.number
        for reader in (people.bo.pk, people.stranger.pk, None):
            with pytest.raises(UnknownCertificate):
                api.read_certificate(certificate_id=made.id, reader_id=reader)
        with pytest.raises(UnknownCertificate):
            api.show_name(certificate_id=made.id, learner_id=people.bo.pk, shown=True)

    def test_the_sheet_for_programs_has_the_standard_elements(self, people, complete):
        made = issue(people, complete)
        found = api.sheet_json(made, check_url="https://campus.example/x")
        for element in (
            *("learner", "title", "issuer", "awardingBody", "dateOfIssuing", "learningOutcomes", "notionalWorkload"),
            *("level", "assessmentType", "formOfParticipation", "qualityAssurance", "prerequisites", "stackability"),
            "supervisionAndIdentityCheck",
        ):
            assert found[element]
        assert found["notionalWorkload"] == {"hours": 60, "points": 2.5}
        assert len(found["units"]) == 7

    def test_it_speaks_the_holders_language(self, people, complete, monkeypatch):
        monkeypatch.setattr(CampusHost, "language", lambda _self, _user: "de")
        assert issue(people, complete).sheet.language == "de"


class TestTelling:
    def test_a_learner_is_told_once_that_nothing_is_missing(self, people, complete):
        api.look_at_all()
        api.look_at_all()
        assert len([each for each in headlines(complete) if "is complete" in each]) == 1
        assert headlines(people.bo) == []
        rows = dict(CertificateStanding.objects.values_list("learner_id", "open_count"))
        assert rows[complete.pk] == 0
        assert rows[people.bo.pk] == 6

    def test_who_has_it_already_is_not_told_that_it_is_complete(self, people, complete):
        issue(people, complete)
        api.look_at_all()
        assert [each for each in headlines(complete) if "is complete" in each] == []
        assert any("is here" in each for each in headlines(complete))

    def test_the_host_is_asked_for_its_own_and_told_of_a_revocation(self, people, complete, monkeypatch):
        award, withdraw = Mock(), Mock()
        monkeypatch.setattr(CampusHost, "award_certificate", award)
        monkeypatch.setattr(CampusHost, "withdraw_certificate", withdraw)
        made = issue(people, complete)
        tell_host(str(made.id))
        tell_host(str(made.id))
        award.assert_called_once_with(user_id=complete.pk, course_key=SME1)
        api.revoke(certificate_id=made.id, course_key=SME1, by_id=people.cora.pk, reason="Mistaken.")
        tell_host_of_all()
        tell_host_of_all()
        withdraw.assert_called_once_with(user_id=complete.pk, course_key=SME1, by_id=people.cora.pk, reason="Mistaken.")

    def test_a_host_that_fails_is_asked_again(self, people, complete, monkeypatch):
        issue(people, complete)
        Certificate.objects.update(host_knows="")
        award = Mock(side_effect=[RuntimeError("no broker"), None])
        monkeypatch.setattr(CampusHost, "award_certificate", award)
        tell_host_of_all()
        assert Certificate.objects.get().host_knows == ""
        tell_host_of_all()
        assert Certificate.objects.get().host_knows == "awarded"


class TestPrivacy:
    def test_the_sheet_outlives_the_account_without_a_name(self, people, complete):
        made = issue(people, complete)
        api.show_name(certificate_id=made.id, learner_id=complete.pk, shown=True)
        privacy.erase(user_id=complete.pk, asked_by=None, reason="command")
        kept = api.check(code=made.code)
        assert (kept.number, kept.name, kept.learner_id, kept.shows_name) == (made.number, "", None, False)
        assert kept.is_valid
        assert NAME not in str(Certificate.objects.values().get())
        assert get_user_model().objects.filter(pk=complete.pk).count() <= 1
