"""What the demo's people did with instruments, through the same door as everybody."""

from __future__ import annotations

from django.contrib.auth.models import User
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.exercises import api as exercises
from iciinsmes.exercises.data import Answers, DataSetData, DataSource, ExerciseStep
from iciinsmes.toolbox import api as toolbox

from .data import DemoExercise


def practise(attempt: DemoExercise, *, user: User, course_key: CourseKey, usage_key: UsageKey) -> None:
    """Bring data if there are some, and answer step by step as far as the attempt has come.

    Args:
        attempt: what was brought and answered.
        user: the learner, who has opened the block's page.
        course_key: the demo's course run.
        usage_key: the block.
    """
    kept = _keep(attempt, user, course_key, usage_key) if attempt.table else None
    data_set_id = kept.id if kept else None
    made = exercises.begin(user_id=user.id, usage_key=usage_key, data_set_id=data_set_id, options={})
    given = Answers(
        estimates=attempt.estimates,
        chosen=attempt.chosen,
        words=attempt.words,
        choice=attempt.choice,
        reason=attempt.reason,
    )
    decides = bool(attempt.words) or attempt.choice is not None
    while made.step is not ExerciseStep.DONE and (decides or made.step is not ExerciseStep.DECISION):
        made = exercises.answer(user_id=user.id, attempt_id=made.id, step=made.step, given=given)


def _keep(attempt: DemoExercise, user: User, course_key: CourseKey, usage_key: UsageKey) -> DataSetData:
    settings = exercises.exercise_of(user_id=user.id, usage_key=usage_key).settings
    instrument = toolbox.find_instrument(name=settings.instrument)
    sheet = toolbox.open_table(content=attempt.table.encode())
    mapping = toolbox.weigh_columns(instrument=instrument, sheet=sheet).mapping
    intake = toolbox.read_table(instrument=instrument, sheet=sheet, mapping=mapping)
    if intake.problems or intake.missing:
        raise RuntimeError(f"demo table {attempt.title} was not understood: {intake.problems} {intake.missing}")
    return exercises.keep_data(
        owner_id=user.id,
        course_key=course_key,
        instrument=instrument.key,
        title=attempt.title,
        table=intake.table,
        source=DataSource.FILE,
    )
