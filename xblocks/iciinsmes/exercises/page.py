"""The learner's view of an exercise as one piece of HTML: rendered by the block, and again by views after each step."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import UsageKey

from iciinsmes.canvases.api import canvases_of
from iciinsmes.canvases.data import AskedCard, CanvasData
from iciinsmes.companies.api import company_of
from iciinsmes.lib.author_html import safe_html
from iciinsmes.lib.sentences import either
from iciinsmes.lib.templating import render_to_string
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.api import (
    AskAfter,
    OptionForm,
    QuizAnswers,
    ask_after,
    ask_before,
    explained,
    foreign_words,
    option_form,
    reader_language,
    result_page,
)
from iciinsmes.toolbox.data import Column, Instrument, RowProblem, TakenColumn, Text, Value, by_kind, show

from . import api
from .data import AttemptData, DataSetData, ExerciseData, ExerciseStep
from .intake_form import GRID_ROWS, MAX_GRID_ROWS, Brought, field_of, fingerprint, grid

#: Problems of a kind and rows of a table that a preview shows; the rest is counted.
_PROBLEMS, _ROWS = 20, 5


@dataclass(frozen=True)
class SentForm:
    """What was sent and refused, so that nothing of it is lost: answers, messages by field, options, the data set.

    ``asked`` are the cards of a canvas that lack something to be computed from.
    """

    answers: QuizAnswers = field(default_factory=QuizAnswers)
    errors: Mapping[str, str] = field(default_factory=dict)
    options: QueryDict | None = None
    data_set_id: UUID | None = None
    canvas_id: UUID | None = None
    asked: tuple[AskedCard, ...] = ()


def element_id(usage_key: UsageKey) -> str:
    """Return an id for the block's piece that is the same on every rendering and valid in CSS."""
    return "ici-" + hashlib.sha256(str(usage_key).encode()).hexdigest()[:12]


def render_exercise(exercise: ExerciseData, *, sent: SentForm | None = None, notice: str = "") -> SafeString:
    """Render the learner's view.

    Args:
        exercise: what to show.
        sent: what a form holds that was refused, or the data set to begin with.
        notice: one sentence on top, for example why nothing was taken.
    """
    sent = sent or SentForm()
    instrument = toolbox.find_instrument(name=exercise.settings.instrument)
    language = reader_language()
    attempt = exercise.current or (exercise.attempts[-1] if exercise.attempts else None)
    context: dict[str, Any] = {
        "exercise": exercise,
        "usage_key": exercise.usage_key,
        "element_id": element_id(exercise.usage_key),
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
        "element_id": element_id(exercise.usage_key),
        "problem": show(problem, language) if problem else "",
    }
    if brought is not None:
        intake = brought.intake
        used = [column for column in instrument.columns if column.key in intake.table.columns]
        columns = [_column_choice(column, brought) for column in instrument.columns]
        context |= {
            "brought": brought,
            "fingerprint": fingerprint(brought.sheet),
            "may_turn": brought.to_turn and not brought.is_turned and intake.missing,
            "columns": [column for column in columns if column["required"] or column["is_taken"] or column["question"]],
            "more_columns": [
                column for column in columns if not (column["required"] or column["is_taken"] or column["question"])
            ],
            "missing": [show(column.title, language) for column in intake.missing if not _question(column, brought)],
            "is_complete": not intake.missing,
            "notes": [show(note, language) for note in intake.notes],
            "problems": _problems(intake.problems),
            "row_count": len(intake.table),
            "left_out": len(intake.rows_left_out),
            "titles": [show(column.title, language) for column in used],
            "rows": list(zip(*(intake.table.columns[column.key][:_ROWS] for column in used), strict=True)),
            "known": _known(exercise),
        }
    return SafeString(render_to_string("iciinsmes/exercises/preview.html", context))


def render_grid(exercise: ExerciseData, request: HttpRequest) -> SafeString:
    """Render the grid to type into as it was sent."""
    return _rendered_grid(exercise.settings.instrument, exercise.usage_key, request)


@lru_cache(maxsize=200)
def _empty_grid(instrument: str, usage_key: UsageKey, _language: str | None) -> SafeString:
    """Return the grid that everybody begins with; its cells are most of what is rendered."""
    return _rendered_grid(instrument, usage_key, None)


def _rendered_grid(instrument: str, usage_key: UsageKey, request: HttpRequest | None) -> SafeString:
    context = {"usage_key": usage_key, "element_id": element_id(usage_key)}
    context |= _grid(toolbox.find_instrument(name=instrument), request)
    return SafeString(render_to_string("iciinsmes/exercises/grid.html", context))


def options_from(instrument: Instrument, sent: QueryDict) -> OptionForm:
    """Return the options of a form for own data."""
    start: dict[str, Value] = {option.key: option.default for option in instrument.options}
    return option_form(instrument, sent, start, reader_language())


def _focus(attempt: AttemptData | None, sent: SentForm, notice: str) -> str:
    """Return what is new on the page and gets the focus: a step, ``data``, or nothing but the top."""
    if notice:
        return ""
    if sent.data_set_id is not None or sent.options is not None or sent.asked:
        return "data"
    return attempt.step.value if attempt else ""


def _chooser(exercise: ExerciseData, instrument: Instrument, sent: SentForm) -> dict[str, Any]:
    """Return what is offered to begin with: own data sets, ways to bring some, and the demo."""
    known = _known(exercise)
    chosen = sent.data_set_id or (known[0].id if known else None)
    language = reader_language()
    course_key = exercise.usage_key.course_key
    has_canvas = instrument.canvas is not None and instrument.canvas.is_table
    canvases = _canvases(exercise, instrument)
    return {
        "is_open": exercise.attempts_left != 0,
        "known": known,
        "chosen": chosen,
        "options": options_from(instrument, sent.options or QueryDict()),
        "columns": explained(instrument, language),
        "counted": show(instrument.counted, language),
        "minimum": instrument.minimum,
        "demo_company": instrument.demo.firm.value,
        "demo_is_foreign": bool(foreign_words(instrument, language)),
        "has_canvas": has_canvas,
        "has_company": has_canvas and company_of(user_id=exercise.owner_id, course_key=course_key) is not None,
        "canvases": [(canvas, canvas_address(canvas.id, exercise.usage_key)) for canvas in canvases],
        "chosen_canvas": sent.canvas_id or (canvases[0].id if canvases else None),
        "asked": sent.asked,
        "grid": _empty_grid(exercise.settings.instrument, exercise.usage_key, get_language()),
    }


def canvas_address(canvas_id: UUID, usage_key: UsageKey) -> str:
    """Return the address of a canvas from which a link leads back to the exercise."""
    return f"{reverse('iciinsmes:canvas', args=[canvas_id])}?{urlencode({'exercise': str(usage_key)})}"


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
    """Return the grid to type into; what each cell is called is translated once and not in each cell."""
    rows, label = grid(instrument, request), _("Line %(line)s, column %(column)s")
    return {
        "grid": [
            [(name, value, label % {"line": line, "column": column}) for column, (name, value) in enumerate(cells, 1)]
            for line, cells in enumerate(rows, 1)
        ],
        "grid_titles": [show(column.title, reader_language()) for column in instrument.columns],
        "grid_rows": len(rows),
        "grid_next": min(len(rows) + GRID_ROWS, MAX_GRID_ROWS),
        "grid_is_full": len(rows) >= MAX_GRID_ROWS,
    }


def _column_choice(column: Column, brought: Brought) -> dict[str, Any]:
    names = brought.sheet.names
    taken = next((entry for entry in brought.taken if entry.column.key == column.key), None)
    return {
        "name": field_of(column),
        "title": show(column.title, reader_language()),
        "required": column.required,
        "is_taken": taken is not None,
        "is_missing": column.required and taken is None,
        "line": _line(taken) if taken else "",
        "question": _question(column, brought),
        "choices": [
            (index, _heading(names, index), taken is not None and taken.number == index + 1)
            for index in range(len(names))
        ],
    }


def _line(taken: TakenColumn) -> str:
    """Return which column was taken and its first cells."""
    words = {"heading": taken.heading or taken.number, "cells": ", ".join(taken.cells)}
    return _("Column “%(heading)s”: %(cells)s …") % words if taken.cells else _("Column “%(heading)s”") % words


def _question(column: Column, brought: Brought) -> str:
    """Return what is to be said about a column that is open: which ones could be it, or why one is not."""
    names = brought.sheet.names
    if column.key in brought.guess.rivals:
        found = either(_heading(names, index) for index in brought.guess.rivals[column.key])
        return _("Several columns could be it: %(found)s. Choose one.") % {"found": found}
    if column.key in brought.guess.misfits:
        index, wrong = brought.guess.misfits[column.key]
        return _("“%(heading)s” could be it, but its cells do not fit: %(wrong)s.") % {
            "heading": _heading(names, index),
            "wrong": show(wrong, reader_language()),
        }
    return ""


def _heading(names: Sequence[str], index: int) -> str:
    """Return the name of a column, with its number where that tells it apart."""
    name = names[index]
    return name if name and names.count(name) == 1 else f"{name} [{index + 1}]".strip()


def _problems(problems: Sequence[RowProblem]) -> list[tuple[list[dict[str, Any]], int]]:
    """Return the problems kind by kind: the first of them in words, and in how many more lines there are others."""
    language = reader_language()
    return [
        (
            [
                {
                    "lines": same.lines,
                    "count": same.count,
                    "column": show(same.column, language),
                    "text": show(same.text, language),
                }
                for same in kind[:_PROBLEMS]
            ],
            sum(same.count for same in kind[_PROBLEMS:]),
        )
        for kind in by_kind(problems)
    ]


def _attempt_parts(attempt: AttemptData, sent: SentForm) -> dict[str, Any]:
    """Return what was asked and answered, the result once it may be seen, and what is asked now."""
    language = reader_language()
    result, step = attempt.result.result, attempt.step
    is_first = step is ExerciseStep.ESTIMATE
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
        ExerciseStep.INTERPRETATION: AskAfter(asked.questions, None),
        ExerciseStep.DECISION: AskAfter((), asked.decision),
    }
    return parts | {
        "result": result_page(result, language),
        "asked_now": now.get(step),
        "answered": None
        if step is ExerciseStep.INTERPRETATION
        else ask_after(result, language, _as_web(attempt), {}, with_feedback=True),
        "is_done": step is ExerciseStep.DONE,
        "layers": [(layer.value, round(share * 100)) for layer, share in attempt.score.layers.items()]
        if attempt.score
        else [],
    }


def _as_web(attempt: AttemptData) -> QuizAnswers:
    answers = attempt.answers
    return QuizAnswers(
        estimates=answers.estimates,
        chosen={key: frozenset(indexes) for key, indexes in answers.chosen.items()},
        choice=answers.choice,
        words=answers.words,
        reason=answers.reason,
    )


def _steps(step: ExerciseStep) -> list[tuple[str, str]]:
    """Return the steps of every attempt with where it stands: done, now or later."""
    place = list(ExerciseStep).index(step)
    return [
        (each.value, "done" if index < place else "now" if index == place else "later")
        for index, each in enumerate(ExerciseStep)
    ]
