"""Tables of this room turned into what comes out of its door."""

from __future__ import annotations

from iciinsmes.lib.json_data import from_json
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import result_from_json

from .data import Answers, AttemptData, DataSetData, DataSource, ExerciseSettings, ExerciseStep, ResultData, ResultLine
from .models import Attempt, DataSet, DataVersion, ToolResult
from .rules import score
from .stored_table import options_from_json


def data_set_data(row: DataSet, version: DataVersion) -> DataSetData:
    """Return a data set with its newest version."""
    return DataSetData(
        id=row.id,
        owner_id=row.owner_id,
        course_key=row.course_key,
        company_id=row.company_id,
        instrument=row.instrument,
        title=row.title,
        for_company=row.for_company,
        for_staff=row.for_staff,
        version=version.number,
        row_count=version.row_count,
        source=DataSource(version.source),
        created_at=row.created_at,
    )


def result_line(row: ToolResult) -> ResultLine:
    """Return a result for a list."""
    return ResultLine(
        id=row.id,
        owner_id=row.owner_id,
        course_key=row.course_key,
        instrument=row.instrument,
        company_id=row.company_id,
        title=row.title,
        is_demo=row.is_demo,
        for_company=row.for_company,
        for_staff=row.for_staff,
        graded=row.graded,
        created_at=row.created_at,
    )


def result_data(row: ToolResult) -> ResultData:
    """Return a result; its data version must have been read with it."""
    instrument = toolbox.find_instrument(name=row.instrument)
    return ResultData(
        **vars(result_line(row)),
        options=options_from_json(instrument, row.options),
        result=result_from_json(row.content),
        rows=row.data_version.row_count if row.data_version else None,
    )


def attempt_data(row: Attempt) -> AttemptData:
    """Return an attempt; its result must have been read with it."""
    settings = from_json(ExerciseSettings, row.settings)
    result = result_data(row.result)
    answers = from_json(Answers, row.answers)
    step = ExerciseStep(row.step)
    return AttemptData(
        id=row.id,
        number=row.number,
        settings=settings,
        step=step,
        result=result,
        answers=answers,
        score=score(result.result, answers, settings.checks) if step is ExerciseStep.DONE else None,
        points=row.points,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )
