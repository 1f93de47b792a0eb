"""What the learner's page of an exercise sends: a table to look at, data to keep, and the answers of each step."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import retarget, trigger_client_event
from opaque_keys.edx.keys import UsageKey

from iciinsmes.canvases import api as canvases
from iciinsmes.canvases.errors import TooManyCards, UnknownCanvas
from iciinsmes.companies.api import can_work_on
from iciinsmes.lib.untrusted import read_uuid
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.api import CHOICE, WORDS, missing, read_answers, reader_language
from iciinsmes.toolbox.api import QuizAnswers as Typed
from iciinsmes.toolbox.data import Instrument, Value, WrongOption, show
from iciinsmes.toolbox.errors import UnknownInstrument, UnreadableTable

from . import api
from .data import Answers, AttemptData, DataSource, ExerciseData, ExerciseStep
from .errors import NoAttemptsLeft, OtherStep, TooMuchData, UnknownAttempt, UnknownData, UnknownExercise
from .intake_form import read_brought
from .page import SentForm, canvas_address, element_id, options_from, render_exercise, render_grid, render_preview

_P = ParamSpec("_P")
View = Callable[Concatenate[HttpRequest, ExerciseData, _P], HttpResponse]


def _for_learner(view: View[_P]) -> Callable[..., HttpResponse]:
    """Give the page the learner's own way with the exercise; 404 for everybody else, so that keys cannot be probed."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, usage_key: UsageKey, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        user_id = request.user.id
        if user_id is None or not can_work_on(user_id=user_id, usage_key=usage_key):
            raise Http404
        try:
            exercise = api.exercise_of(user_id=user_id, usage_key=usage_key)
            return view(request, exercise, *args, **kwargs)
        except (UnknownExercise, UnknownAttempt, UnknownInstrument) as error:
            raise Http404 from error

    return guarded


@_for_learner
@require_GET
def part(request: HttpRequest, exercise: ExerciseData) -> HttpResponse:
    """Return the learner's page part as it stands."""
    return HttpResponse(render_exercise(exercise))


@_for_learner
@require_POST
def look(request: HttpRequest, exercise: ExerciseData) -> HttpResponse:
    """Say what is understood of a table, and store nothing; 422 with the reason for what is no table."""
    try:
        return HttpResponse(render_preview(exercise, read_brought(_instrument(exercise), request)))
    except UnreadableTable as error:
        return HttpResponse(render_preview(exercise, None, error.text), status=422)


@_for_learner
@require_POST
def grid(request: HttpRequest, exercise: ExerciseData) -> HttpResponse:
    """Return the grid to type into with as many rows as asked for, and what stands in it."""
    return HttpResponse(render_grid(exercise, request))


@_for_learner
@require_POST
def keep(request: HttpRequest, exercise: ExerciseData) -> HttpResponse:
    """Keep the rows of a table that fit, and offer them to begin with; 422 if none fits."""
    try:
        brought = read_brought(_instrument(exercise), request)
    except UnreadableTable as error:
        return _preview_again(exercise, render_preview(exercise, None, error.text))
    if not len(brought.intake.table):
        return _preview_again(exercise, render_preview(exercise, brought))
    try:
        kept = api.keep_data(
            owner_id=exercise.owner_id,
            course_key=exercise.usage_key.course_key,
            instrument=exercise.settings.instrument,
            title=brought.title,
            table=brought.intake.table,
            source=brought.source,
            data_set_id=read_uuid(request.POST.get("version-of")),
        )
    except UnknownData:
        notice = _("The data set that you wanted to replace is gone. Choose again; your table is still here.")
        return _refused(exercise, notice=notice)
    except TooMuchData:
        return _refused(exercise, notice=_("You keep very many data sets. Remove one that you no longer need."))
    return HttpResponse(render_exercise(exercise, sent=SentForm(data_set_id=kept.id)))


@_for_learner
@require_POST
def take_canvas(request: HttpRequest, exercise: ExerciseData) -> HttpResponse:
    """Freeze the cards of a ``canvas`` as data, and offer them to begin with; taken again, as their next version."""
    canvas_id = read_uuid(request.POST.get("canvas"))
    try:
        found = canvases.find_canvas(canvas_id=canvas_id, reader_id=exercise.owner_id) if canvas_id else None
    except UnknownCanvas:
        found = None
    instrument = _instrument(exercise)
    is_rows = instrument.canvas is not None and instrument.canvas.is_table
    if found is None or not found.may_edit or not is_rows or found.instrument != instrument.key:
        return _refused(exercise, notice=_("This canvas is gone. Choose another one."))
    sent = request.POST if request.POST.get("asked") == str(found.id) else None
    rest = canvases.ask_for_rest(canvas=found, user_id=exercise.owner_id, language=reader_language(), sent=sent)
    if rest.cards:
        return _refused(exercise, sent=SentForm(canvas_id=found.id, asked=rest.cards), status=422)
    table = canvases.table_of(canvas_id=found.id, reader_id=exercise.owner_id)
    if not len(table):
        return _refused(exercise, notice=_("This canvas has no cards yet."), status=422)
    course_key = exercise.usage_key.course_key
    known = api.data_sets_of(owner_id=exercise.owner_id, course_key=course_key, instrument=found.instrument)
    taken = (data.id for data in known if data.source is DataSource.CANVAS and data.title == found.title)
    try:
        kept = api.keep_data(
            owner_id=exercise.owner_id,
            course_key=course_key,
            instrument=found.instrument,
            title=found.title,
            table=table,
            source=DataSource.CANVAS,
            data_set_id=next(taken, None),
        )
    except TooMuchData:
        return _refused(exercise, notice=_("You keep very many data sets. Remove one that you no longer need."))
    return HttpResponse(render_exercise(exercise, sent=SentForm(data_set_id=kept.id)))


@_for_learner
@require_POST
def new_canvas(request: HttpRequest, exercise: ExerciseData) -> HttpResponse:
    """Make a canvas for the exercise, and lead to it."""
    instrument = _instrument(exercise)
    if instrument.canvas is None or not instrument.canvas.is_table:
        raise Http404
    try:
        made = canvases.create_canvas(
            owner_id=exercise.owner_id,
            course_key=exercise.usage_key.course_key,
            instrument=instrument.key,
            title=exercise.settings.title,
            shared_with_company=request.POST.get("firm") == "1",
        )
    except TooManyCards:
        return _refused(exercise, notice=_("You keep very many canvases. Remove one that you no longer need."))
    response = HttpResponse(status=204)
    # The block may stand in a frame, where pages of their own have no place.
    return trigger_client_event(response, "ici-go", {"address": canvas_address(made.id, exercise.usage_key)})


@_for_learner
@require_POST
def begin(request: HttpRequest, exercise: ExerciseData) -> HttpResponse:
    """Begin an attempt with an own data set, or with the demo for ``demo=1``; 409 and 422 if that cannot be."""
    options: dict[str, Value] = {}
    data_set_id = None
    if request.POST.get("demo") != "1":
        data_set_id = read_uuid(request.POST.get("data-set"))
        sent = SentForm(options=request.POST, data_set_id=data_set_id)
        form = options_from(_instrument(exercise), request.POST)
        if not form.is_valid:
            return _refused(exercise, sent=sent, status=422)
        if data_set_id is None:
            return _refused(exercise, sent=sent, notice=_("Choose one of your data sets."), status=422)
        options = dict(form.values)
    try:
        api.begin(user_id=exercise.owner_id, usage_key=exercise.usage_key, data_set_id=data_set_id, options=options)
    except OtherStep:
        # The second half of a double click, or another tab: the page shows where the attempt stands.
        return _now(exercise)
    except UnknownData:
        return _refused(exercise, notice=_("This data set is gone. Choose another one."))
    except NoAttemptsLeft:
        return _refused(exercise, notice=_("You have used all your attempts."))
    except WrongOption as error:
        return _refused(exercise, notice=show(error.text, reader_language()), status=422)
    return _now(exercise)


@_for_learner
@require_POST
def answer(request: HttpRequest, exercise: ExerciseData, attempt_id: UUID) -> HttpResponse:
    """Answer one step of an attempt; 422 with what is missing at its place."""
    attempt = exercise.current
    step = request.POST.get("step", "")
    if attempt is None or attempt.id != attempt_id or attempt.step.value != step:
        # Answered in another tab, or by the first half of a double click.
        return _now(exercise)
    typed = read_answers(attempt.result.result, request.POST, reader_language())
    errors = {**_missing(attempt, typed), **typed.errors}
    if errors:
        return _refused(exercise, sent=SentForm(answers=typed, errors=errors), status=422)
    try:
        api.answer(user_id=exercise.owner_id, attempt_id=attempt_id, step=attempt.step, given=_answers(typed))
    except OtherStep:
        return _now(exercise)
    return _now(exercise)


def _missing(attempt: AttemptData, typed: Typed) -> dict[str, str]:
    result = attempt.result.result
    if attempt.step is not ExerciseStep.DECISION:
        return missing(result, typed, before=attempt.step is ExerciseStep.ESTIMATE)
    if result.decision is None or typed.decides:
        return {}
    if result.decision.ranking:
        return {CHOICE: _("Choose one.")}
    return {WORDS: _("Write what you decide, in a sentence.")}


def _answers(typed: Typed) -> Answers:
    return Answers(
        estimates=typed.estimates,
        chosen={key: tuple(sorted(indexes)) for key, indexes in typed.chosen.items()},
        words=typed.words,
        choice=typed.choice,
        reason=typed.reason,
    )


def _instrument(exercise: ExerciseData) -> Instrument:
    return toolbox.find_instrument(name=exercise.settings.instrument)


def _now(exercise: ExerciseData) -> HttpResponse:
    known = api.exercise_of(user_id=exercise.owner_id, usage_key=exercise.usage_key)
    return HttpResponse(render_exercise(known))


def _refused(
    exercise: ExerciseData, *, sent: SentForm | None = None, notice: str = "", status: int = 409
) -> HttpResponse:
    return HttpResponse(render_exercise(exercise, sent=sent, notice=notice), status=status)


def _preview_again(exercise: ExerciseData, html: str) -> HttpResponse:
    return retarget(HttpResponse(html, status=422), f"#{element_id(exercise.usage_key)}-preview")
