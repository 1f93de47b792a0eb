"""Proposing and releasing through the door of the review room."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from iciinsmes.review import api
from iciinsmes.review.models import Assessment

from .test_rules import points, rubric

pytestmark = pytest.mark.django_db


@pytest.fixture
def rubric_id():
    return api.freeze_rubric(rubric=rubric())


@pytest.fixture
def subject():
    return uuid.uuid4()


@pytest.fixture
def anna():
    return get_user_model().objects.create_user("anna").id


@pytest.fixture
def ben():
    return get_user_model().objects.create_user("ben").id


@pytest.fixture
def save(rubric_id, subject, anna):
    def save(given=None, *, base=None, assessor=anna, comments=None, feedback="Well done"):
        return api.propose(
            subject=subject,
            rubric_id=rubric_id,
            assessor_id=assessor,
            points=points(a=2, b=2) if given is None else given,
            comments=comments or {},
            feedback=feedback,
            base_revision=base,
        )

    return save


class TestFreeze:
    def test_equal_rubrics_are_one(self, rubric_id):
        assert api.freeze_rubric(rubric=rubric()) == rubric_id
        assert api.freeze_rubric(rubric=rubric(exceptions=0)) != rubric_id

    def test_a_broken_rubric_is_refused_with_its_problems(self):
        with pytest.raises(api.InvalidRubric) as caught:
            api.freeze_rubric(rubric=rubric(pass_points=9))
        assert len(caught.value.problems) == 2


class TestPropose:
    def test_first_save(self, save, subject, anna):
        kept = save(points(a=3), comments={"a": "Good list", "b": "  "}, feedback="Go on")
        assert (kept.subject, kept.assessor_id, kept.revision) == (subject, anna, 1)
        assert kept.points == {"a": Decimal(3)}
        assert kept.comments == {"a": "Good list"}
        assert (kept.earned, kept.possible, kept.outcome, kept.released_at) == (3, 6, "", None)
        assert api.proposal(subject=subject, assessor_id=anna) == kept

    def test_next_save_counts_on(self, save):
        first = save()
        second = save(points(a=3, b=3), base=first.revision)
        assert (second.id, second.revision, second.earned) == (first.id, 2, 6)
        assert second.updated_at > first.updated_at

    def test_a_stale_save_changes_nothing_and_shows_what_is_kept(self, save, subject, anna):
        first = save()
        second = save(points(a=3, b=3), base=first.revision)
        with pytest.raises(api.StaleAssessment) as caught:
            save(points(a=1), base=first.revision)
        assert caught.value.current == second
        assert api.proposal(subject=subject, assessor_id=anna) == second

    def test_a_first_save_in_a_second_tab_is_stale(self, save):
        save()
        with pytest.raises(api.StaleAssessment):
            save(points(a=1), base=None)

    def test_saving_the_same_again_is_no_conflict(self, save):
        first = save()
        assert save(base=None) == first

    def test_two_first_saves_at_once_leave_one(self, save, monkeypatch):
        first = save()
        monkeypatch.setattr(api, "_own_and_released", lambda *_arguments: (None, None))
        with pytest.raises(api.StaleAssessment) as caught:
            save(points(a=0))
        assert caught.value.current == first

    def test_a_save_between_read_and_write_is_noticed(self, save, subject, anna, monkeypatch):
        first = save()
        row = Assessment.objects.select_related("rubric").get()
        save(points(a=3), base=first.revision)
        monkeypatch.setattr(api, "_own_and_released", lambda *_arguments: (row, None))
        with pytest.raises(api.StaleAssessment) as caught:
            save(points(b=1), base=first.revision)
        assert caught.value.current.points == {"a": Decimal(3)}

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"given": points(a=5)}, "points.a"),
            ({"given": {"a": Decimal("NaN")}}, "points.a"),
            ({"given": points(z=1)}, "points.z"),
            ({"comments": {"z": "x"}}, "comments.z"),
            ({"comments": {"a": "x" * 5001}}, "comments.a"),
            ({"feedback": "x" * 20001}, "feedback"),
        ],
    )
    def test_what_does_not_fit_is_named_and_not_saved(self, save, subject, values, field):
        with pytest.raises(api.InvalidAssessment) as caught:
            save(**values)
        assert list(caught.value.errors) == [field]
        assert api.proposals(subject=subject) == ()

    def test_unknown_rubric(self, subject, anna):
        with pytest.raises(api.UnknownRubric):
            api.propose(
                subject=subject, rubric_id=0, assessor_id=anna, points={}, comments={}, feedback="", base_revision=None
            )

    def test_several_people_may_propose(self, save, subject, anna, ben):
        save()
        save(points(a=1), assessor=ben)
        assert [item.assessor_id for item in api.proposals(subject=subject)] == [anna, ben]

    def test_nobody_proposes_after_the_release(self, save, subject, anna, ben):
        save()
        done = api.release(subject=subject, assessor_id=anna, outcome="passed")
        for assessor in (anna, ben):
            with pytest.raises(api.AlreadyReleased) as caught:
                save(points(a=0), assessor=assessor, base=1)
            assert caught.value.released == done

    def test_five_queries_at_most(self, save, django_assert_max_num_queries):
        first = save()
        with django_assert_max_num_queries(5):
            save(points(a=1), base=first.revision)


class TestRelease:
    def test_pass(self, save, subject, anna):
        save()
        done = api.release(subject=subject, assessor_id=anna, outcome="passed")
        assert done.outcome == "passed"
        assert done.released_at is not None
        assert api.released(subjects=[subject]) == {subject: done}
        assert api.proposal(subject=subject, assessor_id=anna) is None
        assert api.proposals(subject=subject) == ()

    def test_a_second_click_returns_the_same(self, save, subject, anna):
        save()
        done = api.release(subject=subject, assessor_id=anna, outcome="passed")
        assert api.release(subject=subject, assessor_id=anna, outcome="passed") == done

    def test_another_decision_after_the_release_is_refused(self, save, subject, anna):
        save()
        done = api.release(subject=subject, assessor_id=anna, outcome="passed")
        with pytest.raises(api.AlreadyReleased) as caught:
            api.release(subject=subject, assessor_id=anna, outcome="revise")
        assert caught.value.released == done

    def test_the_second_grader_is_told(self, save, subject, anna, ben):
        save()
        save(assessor=ben)
        done = api.release(subject=subject, assessor_id=anna, outcome="passed")
        with pytest.raises(api.AlreadyReleased) as caught:
            api.release(subject=subject, assessor_id=ben, outcome="passed")
        assert caught.value.released == done

    def test_two_graders_at_the_same_moment(self, save, subject, anna, ben, monkeypatch):
        save()
        save(assessor=ben)
        bens = Assessment.objects.select_related("rubric").get(assessor_id=ben)
        done = api.release(subject=subject, assessor_id=anna, outcome="passed")
        real = api._own_and_released
        answers = iter([(bens, None)])
        monkeypatch.setattr(api, "_own_and_released", lambda *args: next(answers, None) or real(*args))
        with transaction.atomic(), pytest.raises(api.AlreadyReleased) as caught:
            api.release(subject=subject, assessor_id=ben, outcome="passed")
        assert caught.value.released == done
        assert Assessment.objects.filter(released_at__isnull=False).count() == 1

    def test_two_clicks_at_the_same_moment(self, save, subject, anna, monkeypatch):
        save()
        before = Assessment.objects.select_related("rubric").get()
        done = api.release(subject=subject, assessor_id=anna, outcome="passed")
        real = api._own_and_released
        answers = iter([(before, None)])
        monkeypatch.setattr(api, "_own_and_released", lambda *args: next(answers, None) or real(*args))
        assert api.release(subject=subject, assessor_id=anna, outcome="passed") == done

    def test_points_that_changed_meanwhile_are_not_released(self, save, subject, anna, monkeypatch):
        first = save()
        before = Assessment.objects.select_related("rubric").get()
        save(points(a=0), base=first.revision)
        real = api._own_and_released
        answers = iter([(before, None)])
        monkeypatch.setattr(api, "_own_and_released", lambda *args: next(answers, None) or real(*args))
        with pytest.raises(api.StaleAssessment):
            api.release(subject=subject, assessor_id=anna, outcome="passed")
        assert api.released(subjects=[subject]) == {}

    def test_a_foreign_integrity_error_is_not_swallowed(self, save, subject, anna, monkeypatch):
        save()

        def broken(*args, **kwargs):
            raise IntegrityError("disk on fire")

        monkeypatch.setattr("django.db.models.query.QuerySet.update", broken)
        with pytest.raises(IntegrityError, match="disk on fire"):
            api.release(subject=subject, assessor_id=anna, outcome="passed")

    def test_a_pass_needs_every_criterion(self, save, subject, anna):
        save(points(a=3))
        with pytest.raises(api.InvalidAssessment) as caught:
            api.release(subject=subject, assessor_id=anna, outcome="passed")
        assert list(caught.value.errors) == ["points.b"]

    def test_a_pass_needs_levels_that_pass(self, save, subject, anna):
        save(points(a=3, b=0))
        with pytest.raises(api.InvalidAssessment) as caught:
            api.release(subject=subject, assessor_id=anna, outcome="passed")
        assert list(caught.value.errors) == ["outcome"]

    def test_another_round_needs_no_points(self, save, subject, anna):
        save({})
        assert api.release(subject=subject, assessor_id=anna, outcome="revise").outcome == "revise"

    @pytest.mark.parametrize("outcome", ["", "failed"])
    def test_unknown_outcome(self, save, subject, anna, outcome):
        save()
        with pytest.raises(api.InvalidAssessment):
            api.release(subject=subject, assessor_id=anna, outcome=outcome)

    def test_nothing_proposed(self, subject, anna):
        with pytest.raises(api.NoProposal):
            api.release(subject=subject, assessor_id=anna, outcome="passed")


class TestReleased:
    def test_one_query_for_many(self, rubric_id, anna, django_assert_num_queries):
        subjects = [uuid.uuid4() for _number in range(5)]
        for subject in subjects[:3]:
            api.propose(
                subject=subject,
                rubric_id=rubric_id,
                assessor_id=anna,
                points={},
                comments={},
                feedback="",
                base_revision=None,
            )
            api.release(subject=subject, assessor_id=anna, outcome="revise")
        with django_assert_num_queries(1):
            assert set(api.released(subjects=subjects)) == set(subjects[:3])

    def test_no_query_for_none(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert api.released(subjects=[]) == {}
