"""The learner's view of an exercise as one piece of HTML: rendered by the block, and again by views after each step."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString

from iciinsmes.canvases.api import canvases_of
from iciinsmes.canvases.data import CanvasData
from iciinsmes.html import safe_html
from iciinsmes.templating import render_to_string
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import Column, Instrument, Text, Value, show
from iciinsmes.toolbox.web import (
    Answers,
    AskAfter,
    OptionForm,
    ask_after,
    ask_before,
    explained,
    option_form,
    reader_language,
    result_page,
)

from . import api
from .data import AttemptData, DataSetData, ExerciseData, Step
from .intake_form import GRID_ROWS, MAX_GRID_ROWS, Brought, field_of, fingerprint, grid

#: Problems and rows of a table that a preview shows; the rest is counted.
_PROBLEMS, _ROWS = 20, 5


@dataclass(frozen=True)
class Sent:
    """What was sent and refused, so that nothing of it is lost: answers, messages by field, options, the data set."""

    answers: Answers = field(default_factory=Answers)
    errors: Mapping[str, str] = field(default_factory=dict)
    options: QueryDict | None = None
    data_set_id: UUID | None = None


def element_id(exercise: ExerciseData) -> str:
    """Return an id for the piece that is the same on every rendering and valid in CSS."""
    return "ici-" + hashlib.sha256(str(exercise.usage_key).encode()).hexdigest()[:12]


def render_exercise(exercise: ExerciseData, *, sent: Sent | None = None, notice: str = "") -> SafeString:
    """Render the learner's view.

    Args:
        exercise: what to show.
        sent: what a form holds that was refused, or the data set to begin with.
        notice: one sentence on top, for example why nothing was taken.
    """
    sent = sent or Sent()
    instrument = toolbox.find_instrument(name=exercise.settings.instrument)
    language = reader_language()
    attempt = exercise.current or (exercise.attempts[-1] if exercise.attempts else None)
    context: dict[str, Any] = {
        "exercise": exercise,
        "usage_key": exercise.usage_key,
        "element_id": element_id(exercise),
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "instructions": safe_html(exercise.settings.instructions),
        "instrument": instrument,
        "instrument_title": show(instrument.title, language),
        "explanation": [show(text, language) for text in instrument.explanation],
        "notice": notice,
        "chooser": _chooser(exercise, instrument, sent),
        "best": exercise.best,
        "focus": _focus(attempt, sent, notice),
    }
    if attempt is not None:
        context |= {"attempt": attempt, **_attempt_parts(attempt, sent)}
    return SafeString(render_to_string("iciinsmes/exercises/exercise.html", context))


def render_preview(exercise: ExerciseData, brought: Brought | None, problem: Text | None = None) -> SafeString:
    """Render what was understood of a table, or why nothing was."""
    language = reader_language()
    instrument = toolbox.find_instrument(name=exercise.settings.instrument)
    context: dict[str, Any] = {
        "usage_key": exercise.usage_key,
        "element_id": element_id(exercise),
        "problem": show(problem, language) if problem else "",
    }
    if brought is not None:
        intake = brought.intake
        used = [column for column in instrument.columns if column.key in intake.table.columns]
        context |= {
            "brought": brought,
            "fingerprint": fingerprint(brought.sheet),
            "columns": [_column_choice(column, brought) for column in instrument.columns],
            "missing": [show(column.title, language) for column in intake.missing],
            "notes": [show(note, language) for note in intake.notes],
            "problems": [
                (problem.line, show(problem.column, language), show(problem.text, language))
                for problem in intake.problems[:_PROBLEMS]
            ],
            "more_problems": max(0, len(intake.problems) - _PROBLEMS),
            "row_count": len(intake.table),
            "left_out": intake.rows_left_out,
            "titles": [show(column.title, language) for column in used],
            "rows": list(zip(*(intake.table.columns[column.key][:_ROWS] for column in used), strict=True)),
            "known": _known(exercise),
        }
    return SafeString(render_to_string("iciinsmes/exercises/preview.html", context))


def render_grid(exercise: ExerciseData, request: HttpRequest) -> SafeString:
    """Render the grid to type into as it was sent."""
    instrument = toolbox.find_instrument(name=exercise.settings.instrument)
    context = {"usage_key": exercise.usage_key, "element_id": element_id(exercise), **_grid(instrument, request)}
    return SafeString(render_to_string("iciinsmes/exercises/grid.html", context))


def options_from(instrument: Instrument, sent: QueryDict) -> OptionForm:
    """Return the options of a form for own data."""
    start: dict[str, Value] = {option.key: option.default for option in instrument.options}
    return option_form(instrument, sent, start, reader_language())


def _focus(attempt: AttemptData | None, sent: Sent, notice: str) -> str:
    """Return what is new on the page and gets the focus: a step, ``data``, or nothing but the top."""
    if notice:
        return ""
    if sent.data_set_id is not None or sent.options is not None:
        return "data"
    return attempt.step.value if attempt else ""


def _chooser(exercise: ExerciseData, instrument: Instrument, sent: Sent) -> dict[str, Any]:
    """Return what is offered to begin with: own data sets, ways to bring some, and the demo."""
    known = _known(exercise)
    chosen = sent.data_set_id or (known[0].id if known else None)
    language = reader_language()
    return {
        "is_open": exercise.attempts_left != 0,
        "known": known,
        "chosen": chosen,
        "options": options_from(instrument, sent.options or QueryDict()),
        "columns": explained(instrument, language),
        "counted": show(instrument.counted, language),
        "minimum": instrument.minimum,
        "firm": instrument.demo.firm.value,
        "has_canvas": instrument.canvas is not None and instrument.canvas.is_table,
        "canvases": _canvases(exercise, instrument),
        **_grid(instrument, None),
    }


def _canvases(exercise: ExerciseData, instrument: Instrument) -> tuple[CanvasData, ...]:
    """Return the canvases whose cards can be taken as data; instruments without canvas cost no query."""
    if instrument.canvas is None or not instrument.canvas.is_table:
        return ()
    course_key = exercise.usage_key.course_key
    found = canvases_of(user_id=exercise.owner_id, course_key=course_key, instrument=instrument.key)
    return tuple(canvas for canvas in found if canvas.may_edit)


def _known(exercise: ExerciseData) -> tuple[DataSetData, ...]:
    return api.data_sets_of(
        owner_id=exercise.owner_id,
        course_key=exercise.usage_key.course_key,
        instrument=exercise.settings.instrument,
    )


def _grid(instrument: Instrument, request: HttpRequest | None) -> dict[str, Any]:
    rows = grid(instrument, request)
    return {
        "grid": rows,
        "grid_titles": [show(column.title, reader_language()) for column in instrument.columns],
        "grid_rows": len(rows),
        "grid_next": min(len(rows) + GRID_ROWS, MAX_GRID_ROWS),
        "grid_is_full": len(rows) >= MAX_GRID_ROWS,
    }


def _column_choice(column: Column, brought: Brought) -> dict[str, Any]:
    return {
        "name": field_of(column),
        "title": show(column.title, reader_language()),
        "required": column.required,
        "is_missing": column.required and column.key not in brought.mapping,
        "choices": [
            (index, name or f"{index + 1}", brought.mapping.get(column.key) == index)
            for index, name in enumerate(brought.sheet.names)
        ],
    }


def _attempt_parts(attempt: AttemptData, sent: Sent) -> dict[str, Any]:
    """Return what was asked and answered, the result once it may be seen, and what is asked now."""
    language = reader_language()
    result, step = attempt.result.result, attempt.step
    is_first = step is Step.ESTIMATE
    before = ask_before(
        result,
        language,
        sent.answers if is_first else _as_web(attempt),
        sent.errors if is_first else {},
        with_feedback=not is_first,
    )
    parts: dict[str, Any] = {"asked_before": before or None, "steps": _steps(step)}
    if is_first:
        return parts
    asked = ask_after(result, language, sent.answers, sent.errors, with_feedback=False)
    now = {
        Step.INTERPRETATION: AskAfter(asked.questions, None),
        Step.DECISION: AskAfter((), asked.decision),
    }
    return parts | {
        "result": result_page(result, language),
        "asked_now": now.get(step),
        "answered": None
        if step is Step.INTERPRETATION
        else ask_after(result, language, _as_web(attempt), {}, with_feedback=True),
        "is_done": step is Step.DONE,
        "layers": [(layer.value, round(share * 100)) for layer, share in attempt.score.layers.items()]
        if attempt.score
        else [],
    }


def _as_web(attempt: AttemptData) -> Answers:
    answers = attempt.answers
    return Answers(
        estimates=answers.estimates,
        chosen={key: frozenset(indexes) for key, indexes in answers.chosen.items()},
        choice=answers.choice,
        words=answers.words,
        reason=answers.reason,
    )


def _steps(step: Step) -> list[tuple[str, str]]:
    """Return the steps of every attempt with where it stands: done, now or later."""
    place = list(Step).index(step)
    return [
        (each.value, "done" if index < place else "now" if index == place else "later")
        for index, each in enumerate(Step)
    ]
