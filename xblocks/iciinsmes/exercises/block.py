"""The XBlock `digital_tool`: what an author chooses, and the window through which learners work with an instrument."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Boolean, Float, Integer, List, Scope, String

from iciinsmes.authoring.base import as_visitor_reads, visitor_id
from iciinsmes.authoring.settings_block import SettingsBlock
from iciinsmes.companies.api import can_grade, can_work
from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import host
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.api import reader_language
from iciinsmes.toolbox.data import show
from iciinsmes.toolbox.errors import UnknownInstrument

from . import api, authoring
from .authoring import is_known
from .data import ExerciseData, ExerciseSettings, Layer
from .editor import editor_choices, saved_sentence
from .outline import exercise_outline, search_texts, state_outline
from .page import render_exercise


class DigitalToolBlock(SettingsBlock):
    """An exercise with an instrument of the toolbox: data, own estimate, result, what it means, decision."""

    settings_class = ExerciseSettings
    room_api = api
    room_authoring = authoring
    authoring_folder = "exercise"

    display_name = String(
        default=gettext_noop("Digital tool"), scope=Scope.settings, help=gettext_noop("Title of the exercise.")
    )
    weight = Float(
        default=1.0,
        scope=Scope.settings,
        help=gettext_noop("What the exercise is worth in the gradebook, in points."),
    )
    instrument = String(default="", scope=Scope.content, help=gettext_noop("Key of an instrument of the toolbox."))
    own_data = Boolean(
        default=True, scope=Scope.settings, help=gettext_noop("Whether points need data of the learner's own firm.")
    )
    checks = List(
        default=[layer.value for layer in Layer],
        scope=Scope.settings,
        help=gettext_noop("What counts for the points: valid, estimate, interpretation, decision."),
    )
    attempts = Integer(
        default=0, scope=Scope.settings, help=gettext_noop("How many attempts there may be; 0 for any number.")
    )

    page_styles = ("iciinsmes/iciinsmes.css", "iciinsmes/toolbox.css", "iciinsmes/exercises.css")
    page_scripts = ("django_htmx/htmx.min.js", "iciinsmes/zone.js", "iciinsmes/typed.js", "iciinsmes/exercises.js")
    page_start = "iciExercise"
    search_kind = "Digital tool"
    own_attributes = ("display_name", "weight", "instrument", "instructions", "own_data", "checks", "attempts")

    def authored(self) -> ExerciseSettings:
        """See `GradedBlock.authored`; checks that only a newer version of the add-on knows count for nothing here."""
        return ExerciseSettings(
            title=self.display_name,
            instrument=self.instrument,
            instructions=self.instructions,
            own_data=self.own_data,
            checks=tuple(layer for layer in Layer if layer.value in self.checks),
            attempts=self.attempts,
            weight=Decimal(str(self.weight)),
        )

    def freeze(self) -> None:
        """See `GradedBlock.freeze`."""
        if is_known(self.instrument):
            super().freeze()

    @XBlock.supports("multi_device")
    def student_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show learners their way with the exercise, and everybody else what it is about."""
        try:
            exercise = self._own_exercise()
            if exercise is None:
                return self._preview(can_grade(user_id=visitor_id(self), course_key=self.course_key))
            with as_visitor_reads(self):
                content = render_exercise(exercise)
        except UnknownInstrument as error:
            return self._without_instrument(str(error))
        return self.learners_page(content)

    def author_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show authors in Studio what the exercise is about."""
        try:
            return self._preview(staff=False)
        except UnknownInstrument as error:
            return self._without_instrument(str(error))

    def student_view_data(self, _context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the exercise for apps; hosts ask once for everybody, so there is nothing of a learner in it."""
        settings = self.authored()
        try:
            return exercise_outline(settings, toolbox.find_instrument(name=settings.instrument))
        except UnknownInstrument:
            return {"title": settings.title}

    def own_outline(self) -> dict[str, Any] | None:
        """See `GradedBlock.own_outline`."""
        try:
            exercise = self._own_exercise()
        except UnknownInstrument:
            return None
        return None if exercise is None else state_outline(exercise)

    def nothing_here(self) -> str:
        """See `GradedBlock.nothing_here`."""
        return _("There is no exercise of yours here.")

    def search_texts(self) -> dict[str, str]:
        """See `GradedBlock.search_texts`; the title alone where the instrument is not known."""
        settings = self.authored()
        try:
            return search_texts(settings, toolbox.find_instrument(name=settings.instrument))
        except UnknownInstrument:
            return {"display_name": settings.title}

    def editor_choices(self, settings: ExerciseSettings) -> dict[str, Any]:
        """See `SettingsBlock.editor_choices`."""
        return editor_choices(settings, attempt_count=api.attempt_count(usage_key=self.usage_key))

    def saved_sentence(self) -> str:
        """See `GradedBlock.saved_sentence`."""
        return saved_sentence(api.attempt_count(usage_key=self.usage_key))

    def store(self, authored: ExerciseSettings) -> None:
        """See `GradedBlock.store`."""
        super().store(authored)
        # Data sets are found by the key, authors may write the shorter code.
        self.instrument = toolbox.find_instrument(name=authored.instrument).key
        self.own_data = authored.own_data
        self.checks = [layer.value for layer in authored.checks]
        self.attempts = authored.attempts

    def _own_exercise(self) -> ExerciseData | None:
        """Return the visitor's way with the exercise, or None for everybody else and for a preview; see `freeze`."""
        user_id = visitor_id(self)
        if user_id is None or not can_work(user_id=user_id, course_key=self.course_key) or host().is_draft(self):
            return None
        settings, others = self.written()
        # An instrument that is not known here must not become the exercise's current one.
        toolbox.find_instrument(name=settings.instrument)
        return api.open_exercise(
            user_id=user_id, usage_key=self.usage_key, course_key=self.course_key, settings=settings, others=others
        )

    def _preview(self, staff: bool) -> Fragment:
        settings = self.authored()
        instrument = toolbox.find_instrument(name=settings.instrument)
        language = reader_language()
        return self.preview_page(
            exercise=settings,
            key=instrument.key,
            instrument_title=show(instrument.title, language),
            purpose=show(instrument.purpose, language),
            explanation=[show(text, language) for text in instrument.explanation],
            staff=staff,
        )

    def _without_instrument(self, name: str) -> Fragment:
        """Say that there is no such instrument, instead of failing with the whole unit."""
        context = {"title": self.display_name, "name": name}
        return self.still_page(render_to_string("iciinsmes/exercises/no_instrument.html", context))
