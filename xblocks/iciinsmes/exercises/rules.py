"""Steps of an attempt, and what an attempt earns: no database, no clock."""

from __future__ import annotations

from collections.abc import Collection

from iciinsmes.toolbox.data import (
    Feedback,
    Question,
    Result,
    check_decision,
    check_estimate,
    check_question,
    check_valid,
)

from .data import Answers, AttemptScore, ExerciseStep, Layer


def first_step(result: Result) -> ExerciseStep:
    """Return where an attempt begins once there are data."""
    return ExerciseStep.ESTIMATE if _asks(result, ExerciseStep.ESTIMATE) else next_step(result, ExerciseStep.ESTIMATE)


def next_step(result: Result, step: ExerciseStep) -> ExerciseStep:
    """Return the step after ``step``; those at which this result asks nothing are left out."""
    steps = list(ExerciseStep)
    later = steps[steps.index(step) + 1 :]
    return next(step for step in later if _asks(result, step))


def questions_at(result: Result, step: ExerciseStep) -> tuple[Question, ...]:
    """Return the questions of a step: those before the result is shown, or those about it."""
    if step not in (ExerciseStep.ESTIMATE, ExerciseStep.INTERPRETATION):
        return ()
    return tuple(question for question in result.questions if question.before == (step is ExerciseStep.ESTIMATE))


def score(result: Result, answers: Answers, checks: Collection[Layer]) -> AttemptScore:
    """Return what the answers are worth; a question that was left open counts as wrong."""
    rights = {
        Layer.VALID: [check_valid(result).right],
        Layer.ESTIMATE: [
            *(
                estimate.key in answers.estimates and check_estimate(estimate, answers.estimates[estimate.key]).right
                for estimate in result.estimates
            ),
            *(feedback.right for feedback in feedback_at(result, ExerciseStep.ESTIMATE, answers).values()),
        ],
        Layer.INTERPRETATION: [
            feedback.right for feedback in feedback_at(result, ExerciseStep.INTERPRETATION, answers).values()
        ],
        Layer.DECISION: [decision_feedback(result, answers).right] if result.decision else [],
    }
    return AttemptScore(
        {layer: sum(rights[layer]) / len(rights[layer]) for layer in Layer if layer in checks and rights[layer]}
    )


def feedback_at(result: Result, step: ExerciseStep, answers: Answers) -> dict[str, Feedback]:
    """Return the feedback to each question of a step."""
    return {
        question.key: check_question(question, answers.chosen.get(question.key, ()))
        for question in questions_at(result, step)
    }


def decision_feedback(result: Result, answers: Answers) -> Feedback:
    """Return the feedback to the decision of a result that asks for one."""
    if result.decision is None:
        raise ValueError("this result asks for no decision")
    return check_decision(result.decision, words=answers.words, chosen=answers.choice, reason=answers.reason)


def _asks(result: Result, step: ExerciseStep) -> bool:
    if step is ExerciseStep.DONE:
        return True
    if step is ExerciseStep.DECISION:
        return result.decision is not None
    return bool(questions_at(result, step) or (step is ExerciseStep.ESTIMATE and result.estimates))
