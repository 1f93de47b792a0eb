"""Tables of this room turned into what comes out of its door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import result_from_json

from .data import Answers, AttemptData, DataSetData, ResultData, ResultLine, Source, Step
from .models import Attempt, DataSet, DataVersion, ToolResult
from .rules import score
from .settings_json import settings_from_json
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
        for_firm=row.for_firm,
        for_staff=row.for_staff,
        version=version.number,
        row_count=version.row_count,
        source=Source(version.source),
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
        for_firm=row.for_firm,
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
    settings = settings_from_json(row.settings)
    result = result_data(row.result)
    answers = answers_from_json(row.answers)
    step = Step(row.step)
    return AttemptData(
        id=row.id,
        number=row.number,
        settings=settings,
        step=step,
        result=result,
        answers=answers,
        score=score(result.result, answers, settings.checks) if step is Step.DONE else None,
        points=row.points,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def answers_to_json(answers: Answers) -> dict[str, Any]:
    """Write answers as they are stored."""
    return {
        "estimates": dict(answers.estimates),
        "chosen": {key: list(indexes) for key, indexes in answers.chosen.items()},
        "words": answers.words,
        "choice": answers.choice,
        "reason": answers.reason,
    }


def answers_from_json(data: Mapping[str, Any]) -> Answers:
    """Read what `answers_to_json` wrote; nothing answered yet is an empty dictionary."""
    return Answers(
        estimates=data.get("estimates", {}),
        chosen={key: tuple(indexes) for key, indexes in data.get("chosen", {}).items()},
        words=data.get("words", ""),
        choice=data.get("choice"),
        reason=data.get("reason", ""),
    )
