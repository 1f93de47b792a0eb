from __future__ import annotations

from decimal import Decimal

import pytest

from iciinsmes.exercises import api
from iciinsmes.exercises.data import Answers, ExerciseStep, Layer
from iciinsmes.exercises.errors import (
    InUse,
    NoAttemptsLeft,
    OtherStep,
    UnknownAttempt,
    UnknownData,
    UnknownExercise,
    UnknownResult,
)
from iciinsmes.toolbox.data import WrongOption
from iciinsmes_campus.learning import api as learning
from iciinsmes_campus.learning.data import Earned
from tests.exercises.conftest import BLOCK, keep, opened
from tests.people import SME1

pytestmark = pytest.mark.django_db


def booked(owner):
    return learning.grades(user_id=owner.pk, course_key=SME1).get(BLOCK)


def begin(owner, data=None, **options):
    return api.begin(user_id=owner.pk, usage_key=BLOCK, data_set_id=data.id if data else None, options=options)


def right_answers(attempt, step: ExerciseStep) -> Answers:
    result = attempt.result.result
    return Answers(
        estimates={estimate.key: estimate.answer for estimate in result.estimates},
        chosen={
            question.key: tuple(index for index, answer in enumerate(question.answers) if answer.right)
            for question in result.questions
        },
        words="We call everybody who gave less than five." if step is ExerciseStep.DECISION else "",
    )


def answered(owner, attempt, **changes):
    """Go one step on, with right answers except for the changes."""
    given = right_answers(attempt, attempt.step)
    return api.answer(
        user_id=owner.pk,
        attempt_id=attempt.id,
        step=attempt.step,
        given=Answers(**{**vars(given), **changes}),
    )


def finished(owner, data, **changes):
    attempt = begin(owner, data, earlier=20.0)
    while attempt.step is not ExerciseStep.DONE:
        attempt = answered(owner, attempt, **changes)
    return attempt


def test_from_data_to_decision(learner):
    opened(learner)
    attempt = begin(learner, keep(learner), earlier=20.0)
    steps = [attempt.step]
    while attempt.step is not ExerciseStep.DONE:
        attempt = answered(learner, attempt)
        steps.append(attempt.step)
    assert steps == [ExerciseStep.ESTIMATE, ExerciseStep.INTERPRETATION, ExerciseStep.DECISION, ExerciseStep.DONE]
    assert attempt.points == Decimal("4.00")
    assert attempt.score.layers == dict.fromkeys(Layer, 1.0)
    assert attempt.result.rows == 40
    assert booked(learner) == Earned(Decimal(4), Decimal(4))
    assert learning.completions(user_id=learner.pk, course_key=SME1) == {BLOCK: 1.0}


def test_a_wrong_layer_costs_its_share(learner):
    opened(learner)
    attempt = finished(learner, keep(learner), estimates={"nps": 50.0})
    # One estimate and one question before the result: half of the layer, and that is one of four.
    assert attempt.score.layers[Layer.ESTIMATE] == pytest.approx(0.5)
    assert attempt.points == Decimal("3.50")


def test_only_the_layers_that_the_author_counts(learner):
    opened(learner, checks=(Layer.DECISION,))
    attempt = finished(learner, keep(learner), estimates={}, chosen={})
    assert attempt.score.layers == {Layer.DECISION: 1.0}


def test_the_result_is_not_to_be_seen_before_the_estimate(learner):
    opened(learner)
    attempt = begin(learner, keep(learner))
    assert api.results_of(owner_id=learner.pk, course_key=SME1) == ()
    with pytest.raises(UnknownResult):
        api.read_result(result_id=attempt.result.id, reader_id=learner.pk)
    answered(learner, attempt)
    assert api.read_result(result_id=attempt.result.id, reader_id=learner.pk).result == attempt.result.result


def test_data_may_be_changed_until_the_result_is_shown(learner):
    opened(learner)
    begin(learner, keep(learner))
    attempt = begin(learner, keep(learner, [3, 4, 5]))
    known = api.exercise_of(user_id=learner.pk, usage_key=BLOCK)
    assert [each.id for each in known.attempts] == [attempt.id]
    assert attempt.number == 1
    answered(learner, attempt)
    with pytest.raises(OtherStep):
        begin(learner, keep(learner))


def test_a_step_is_answered_once(learner):
    opened(learner)
    attempt = begin(learner, keep(learner))
    answered(learner, attempt)
    with pytest.raises(OtherStep):
        answered(learner, attempt, estimates={"nps": 99.0})
    known = api.exercise_of(user_id=learner.pk, usage_key=BLOCK).current
    assert known.answers.estimates["nps"] == pytest.approx(27.5)


def test_a_later_step_does_not_change_earlier_answers(learner):
    opened(learner)
    attempt = answered(learner, begin(learner, keep(learner)), estimates={"nps": 1.0})
    attempt = answered(learner, attempt)
    assert attempt.answers.estimates == {"nps": 1.0}


def test_the_best_attempt_is_booked(learner):
    opened(learner)
    data = keep(learner)
    good = finished(learner, data)
    finished(learner, data, words="")
    known = api.exercise_of(user_id=learner.pk, usage_key=BLOCK)
    assert known.best.id == good.id
    assert len(known.attempts) == 2
    assert booked(learner) == Earned(Decimal(4), Decimal(4))


def test_demo_data_are_practice_where_own_data_are_wanted(learner):
    opened(learner, attempts=1)
    attempt = finished(learner, None)
    assert attempt.is_practice
    assert attempt.points is None
    assert booked(learner) is None
    assert learning.completions(user_id=learner.pk, course_key=SME1) == {}
    # Practice does not use up the only attempt.
    assert finished(learner, keep(learner)).points == Decimal("4.00")
    with pytest.raises(NoAttemptsLeft):
        begin(learner, keep(learner))
    assert finished(learner, None).is_practice


def test_demo_data_count_where_the_author_says_so(learner):
    opened(learner, own_data=False)
    attempt = finished(learner, None)
    assert attempt.points == Decimal("4.00")
    assert attempt.result.is_demo


def test_an_attempt_keeps_the_settings_under_which_it_began(learner):
    opened(learner)
    attempt = begin(learner, keep(learner))
    opened(learner, weight=Decimal(10), checks=(Layer.VALID,))
    attempt = api.exercise_of(user_id=learner.pk, usage_key=BLOCK).current
    while attempt.step is not ExerciseStep.DONE:
        attempt = answered(learner, attempt)
    assert attempt.points == Decimal("4.00")


def test_few_answers_are_not_valid_but_may_be_worked_with(learner):
    opened(learner)
    attempt = finished(learner, keep(learner, [10, 9, 3]))
    assert attempt.score.layers[Layer.VALID] == 0.0


def test_nobody_answers_for_another(learner, peer):
    opened(learner)
    data = keep(learner)
    attempt = begin(learner, data)
    with pytest.raises(UnknownAttempt):
        answered(peer, attempt)
    with pytest.raises(UnknownData):
        begin(peer, data)
    with pytest.raises(UnknownResult):
        api.read_result(result_id=attempt.result.id, reader_id=peer.pk)


def test_what_does_not_exist_is_said(learner):
    with pytest.raises(UnknownExercise):
        begin(learner)
    opened(learner)
    with pytest.raises(WrongOption):
        begin(learner, keep(learner), colour="green")
    with pytest.raises(UnknownData):
        begin(learner, keep(learner, instrument="complaint-pareto"))


def test_a_result_outlives_its_data_and_stays_with_its_attempt(learner):
    opened(learner)
    data = keep(learner)
    attempt = finished(learner, data)
    api.remove_data(data_set_id=data.id, owner_id=learner.pk)
    result = api.read_result(result_id=attempt.result.id, reader_id=learner.pk)
    assert (result.rows, result.title) == (None, "Spring")
    with pytest.raises(InUse):
        api.remove_result(result_id=result.id, owner_id=learner.pk)


def test_teachers_see_what_is_graded_and_no_practice(learner, teacher):
    opened(learner)
    practice, graded = finished(learner, None), finished(learner, keep(learner))
    assert api.read_result(result_id=graded.result.id, reader_id=teacher.pk)
    with pytest.raises(UnknownResult):
        api.read_result(result_id=practice.result.id, reader_id=teacher.pk)
    api.share_result(result_id=practice.result.id, owner_id=learner.pk, for_company=False, for_staff=True)
    assert api.read_result(result_id=practice.result.id, reader_id=teacher.pk)


def test_cleared_attempts_leave_the_data(learner):
    opened(learner)
    finished(learner, keep(learner))
    api.clear_block(user_id=learner.pk, usage_key=BLOCK)
    assert api.exercise_of(user_id=learner.pk, usage_key=BLOCK).attempts == ()
    assert api.results_of(owner_id=learner.pk, course_key=SME1) == ()
    assert len(api.data_sets_of(owner_id=learner.pk, course_key=SME1)) == 1


def test_opening_costs_two_queries_at_any_number_of_attempts(learner, django_assert_num_queries):
    opened(learner)
    data = keep(learner)
    for _attempt in range(3):
        finished(learner, data)
    with django_assert_num_queries(2):
        assert len(opened(learner).attempts) == 3
