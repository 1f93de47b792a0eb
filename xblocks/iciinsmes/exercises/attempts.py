"""A learner's way through an exercise: data, own estimate, result, what it means, what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.authoring.host_mixins import Points
from iciinsmes.authoring.kept_blocks import TEXTS
from iciinsmes.companies.api import company_of
from iciinsmes.lib.json_data import from_json, to_json
from iciinsmes.lib.other_languages import with_words
from iciinsmes.platform import host
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import Result, Value, result_from_json, result_to_json

from .data import Answers, AttemptData, ExerciseData, ExerciseSettings, ExerciseStep
from .data_sets import own_rows
from .errors import NoAttemptsLeft, OtherStep, UnknownAttempt, UnknownExercise
from .models import Attempt, Exercise, ToolResult
from .rules import first_step, next_step, questions_at
from .serializers import attempt_data
from .stored_table import options_to_json


def open_exercise(
    *,
    user_id: int,
    usage_key: UsageKey,
    course_key: CourseKey,
    settings: ExerciseSettings,
    others: Mapping[str, ExerciseSettings] | None = None,
) -> ExerciseData:
    """Return the person's way with the block's exercise, after making ``settings`` the current ones.

    Args:
        user_id: the learner.
        usage_key: the block.
        course_key: its course run.
        settings: what the author chose.
        others: how it reads in other languages, by code.
    """
    return _exercise_data(_frozen(usage_key, course_key, settings, others), user_id)


def freeze_block(
    *,
    usage_key: UsageKey,
    course_key: CourseKey,
    settings: ExerciseSettings,
    others: Mapping[str, ExerciseSettings] | None = None,
) -> None:
    """Make ``settings`` the current ones of the block's exercise, as `open_exercise` does; attempts keep theirs."""
    _frozen(usage_key, course_key, settings, others)


def _frozen(
    usage_key: UsageKey,
    course_key: CourseKey,
    settings: ExerciseSettings,
    others: Mapping[str, ExerciseSettings] | None,
) -> Exercise:
    words = {language: to_json(each) for language, each in (others or {}).items()}
    content = with_words(to_json(settings), words, texts=TEXTS, name=str(usage_key))
    row, _created = Exercise.objects.get_or_create(
        usage_key=usage_key, defaults={"course_key": course_key, "settings": content}
    )
    if row.settings != content:
        row.settings = content
        row.save(update_fields=["settings"])
    return row


def exercise_of(*, user_id: int, usage_key: UsageKey) -> ExerciseData:
    """Return the person's way with the block's exercise.

    Raises:
        UnknownExercise: no learner has opened the block yet.
    """
    return _exercise_data(_exercise(usage_key), user_id)


def exercise_with(*, course_key: CourseKey, instrument: str) -> UsageKey | None:
    """Return the first exercise of the course run with the instrument of this key, None where none was opened yet."""
    rows = Exercise.objects.filter(course_key=course_key, settings__instrument=instrument)
    return rows.order_by("id").values_list("usage_key", flat=True).first()


def begin(*, user_id: int, usage_key: UsageKey, data_set_id: UUID | None, options: Mapping[str, Value]) -> AttemptData:
    """Begin an attempt with data; one whose result was not shown yet takes the new data instead.

    Args:
        user_id: the learner.
        usage_key: the block.
        data_set_id: an own data set; None for the demo, whose words are in the language that is active now.
        options: option key to value; the others keep their defaults.

    Raises:
        UnknownExercise: no learner has opened the block yet.
        UnknownData: no such data set of this person and instrument.
        WrongOption: an option is unknown or out of range.
        NoAttemptsLeft: the author allows no more.
        OtherStep: the present attempt has been answered already, or was begun by the first half of a double click.
    """
    row = _exercise(usage_key)
    known = _exercise_data(row, user_id)
    result = _compute(row, user_id, known.settings.instrument, data_set_id, options)
    before = [attempt for attempt in known.attempts if attempt is not known.current]
    has_left = replace(known, attempts=tuple(before)).attempts_left != 0
    if not has_left and not (known.settings.own_data and result.is_demo):
        raise NoAttemptsLeft
    try:
        with transaction.atomic():
            if known.current is not None:
                _drop(known.current)
            result.save()
            attempt = Attempt.objects.create(
                exercise=row, owner_id=user_id, number=len(before) + 1, settings=row.settings, result=result
            )
            _publish("iciinsmes.exercise.begun", attempt)
            _move(attempt, first_step(result_from_json(result.content)))
    except IntegrityError as error:
        raise OtherStep from error
    return attempt_data(attempt)


def answer(*, user_id: int, attempt_id: UUID, step: ExerciseStep, given: Answers) -> AttemptData:
    """Answer what the attempt's step asks, once; the attempt moves on.

    Args:
        user_id: the learner.
        attempt_id: which attempt.
        step: the step that the page showed.
        given: only what belongs to this step is taken.

    Raises:
        UnknownAttempt: the person has no such attempt.
        OtherStep: it was answered in between.
    """
    attempt = _attempts().filter(pk=attempt_id, owner_id=user_id).first()
    if attempt is None:
        raise UnknownAttempt
    if step is ExerciseStep.DONE or attempt.step != step.value:
        raise OtherStep
    result = result_from_json(attempt.result.content)
    attempt.answers = to_json(_merged(from_json(Answers, attempt.answers), given, step, result))
    with transaction.atomic():
        _move(attempt, next_step(result, step))
    return attempt_data(attempt)


def clear_block(*, user_id: int, usage_key: UsageKey) -> None:
    """Remove the person's attempts at the block's exercise with their results for good; data sets stay."""
    ToolResult.objects.filter(attempt__owner_id=user_id, attempt__exercise__usage_key=usage_key).delete()


def attempt_count(*, usage_key: UsageKey) -> int:
    """Return how many attempts at the block's exercise there are, over all learners."""
    return Attempt.objects.filter(exercise__usage_key=usage_key).count()


def _exercise(usage_key: UsageKey) -> Exercise:
    row = Exercise.objects.filter(usage_key=usage_key).first()
    if row is None:
        raise UnknownExercise(str(usage_key))
    return row


def _attempts() -> QuerySet[Attempt]:
    # The rows of the data are not needed to show an attempt, and may be large.
    return Attempt.objects.select_related("exercise", "result__data_version").defer("result__data_version__rows")


def done_points(*, user_id: int, usage_key: UsageKey) -> Points | None:
    """Return what the learner's best attempt gave in the gradebook; None before one that earns something is done."""
    row = Exercise.objects.filter(usage_key=usage_key).first()
    best = _exercise_data(row, user_id).best if row else None
    if best is None or best.points is None or best.settings.weight <= 0:
        return None
    return Points(best.points, best.settings.weight)


def _exercise_data(row: Exercise, user_id: int) -> ExerciseData:
    attempts = _attempts().filter(exercise=row, owner_id=user_id).order_by("number")
    return ExerciseData(
        usage_key=row.usage_key,
        owner_id=user_id,
        settings=from_json(ExerciseSettings, row.settings),
        attempts=tuple(map(attempt_data, attempts)),
    )


def _compute(
    row: Exercise, user_id: int, key: str, data_set_id: UUID | None, options: Mapping[str, Value]
) -> ToolResult:
    instrument = toolbox.find_instrument(name=key)
    course_key = row.course_key
    if data_set_id is None:
        language = toolbox.reader_language()
        table = toolbox.demo_table(instrument=instrument, language=language)
        version, title = None, str(instrument.demo.firm)
        company = company_of(user_id=user_id, course_key=course_key)
        company_id = company.id if company else None
        options = {**toolbox.demo_options(instrument=instrument, language=language), **options}
    else:
        version, table = own_rows(data_set_id, user_id, key, course_key)
        title = version.data_set.title
        # What is computed from a firm's data is that firm's, wherever the learner is by now.
        company_id = version.data_set.company_id
    return ToolResult(
        owner_id=user_id,
        course_key=course_key,
        company_id=company_id,
        instrument=key,
        title=title,
        data_version=version,
        is_demo=version is None,
        options=options_to_json(options),
        content=result_to_json(toolbox.run(instrument=instrument, table=table, options=options)),
    )


def _drop(current: AttemptData) -> None:
    """Remove an attempt whose result was not shown; the result takes it along."""
    gone, _rows = ToolResult.objects.filter(
        pk=current.result.id, revealed_at=None, attempt__step=ExerciseStep.ESTIMATE.value
    ).delete()
    if not gone:
        raise OtherStep


def _merged(known: Answers, given: Answers, step: ExerciseStep, result: Result) -> Answers:
    if step is ExerciseStep.DECISION:
        return replace(known, words=given.words, choice=given.choice, reason=given.reason)
    asked = {question.key for question in questions_at(result, step)}
    chosen = {key: indexes for key, indexes in given.chosen.items() if key in asked}
    estimates = dict(known.estimates)
    if step is ExerciseStep.ESTIMATE:
        wanted = {estimate.key for estimate in result.estimates}
        estimates |= {key: value for key, value in given.estimates.items() if key in wanted}
    return replace(known, chosen={**known.chosen, **chosen}, estimates=estimates)


def _move(attempt: Attempt, step: ExerciseStep) -> None:
    """Store the answers and go to a step; after the estimate the result is shown, at the last step graded."""
    now = timezone.now()
    before, attempt.step = attempt.step, step.value
    if step is ExerciseStep.DONE:
        attempt.finished_at = now
        data = attempt_data(attempt)
        if data.score is not None and not data.is_practice:
            attempt.points = data.score.points(data.settings.weight)
    changed = Attempt.objects.filter(pk=attempt.pk, step=before).update(
        step=attempt.step, answers=attempt.answers, points=attempt.points, finished_at=attempt.finished_at
    )
    if not changed:
        raise OtherStep
    if step is not ExerciseStep.ESTIMATE and attempt.result.revealed_at is None:
        attempt.result.revealed_at = now
        attempt.result.save(update_fields=["revealed_at"])
    if step is ExerciseStep.DONE:
        _book(attempt)


def _book(attempt: Attempt) -> None:
    """Tell trail and host; practice earns nothing and completes nothing."""
    usage_key = attempt.exercise.usage_key
    audit_log.record(
        course_key=attempt.exercise.course_key,
        verb="exercise_done",
        actor_id=attempt.owner_id,
        person_id=attempt.owner_id,
        subject=f"attempt:{attempt.pk}",
        detail={"attempt": attempt.number},
    )
    _publish("iciinsmes.exercise.finished", attempt)
    if attempt.points is None:
        return
    attempt.result.graded = True
    attempt.result.save(update_fields=["graded"])
    points = done_points(user_id=attempt.owner_id, usage_key=usage_key)
    if points is not None:
        host().book_grade(user_id=attempt.owner_id, usage_key=usage_key, earned=points.earned, possible=points.possible)
    host().complete(user_id=attempt.owner_id, usage_key=usage_key, fraction=1.0)


def _publish(name: str, attempt: Attempt) -> None:
    exercise = attempt.exercise
    host().publish_event(
        name,
        {"user_id": attempt.owner_id, "usage_key": str(exercise.usage_key), "attempt_id": str(attempt.pk)},
        exercise.course_key,
    )
