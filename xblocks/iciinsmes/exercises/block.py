"""The XBlock `digital_tool`: what an author chooses, and the window through which learners work with an instrument."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from lxml import etree
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Boolean, Float, Integer, List, Scope, String

from iciinsmes.authoring.base import GradedBlock, as_visitor_reads, visitor_id
from iciinsmes.authoring.host_mixins import Points
from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import settings_from_editor
from iciinsmes.authoring.studio import due_of, has_due
from iciinsmes.companies.api import can_grade, can_work
from iciinsmes.lib.author_html import cleaned, safe_html
from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import host
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.api import reader_language
from iciinsmes.toolbox.data import show
from iciinsmes.toolbox.errors import UnknownInstrument

from . import api
from .authoring import is_known, settings_problems
from .data import ExerciseData, ExerciseSettings, Layer
from .editor import render_editor, saved_sentence
from .olx import settings_from_xml, settings_to_xml
from .outline import exercise_outline, search_texts, state_outline
from .page import render_exercise


class DigitalToolBlock(GradedBlock):
    """An exercise with an instrument of the toolbox: data, own estimate, result, what it means, decision."""

    display_name = String(
        default=gettext_noop("Digital tool"), scope=Scope.settings, help=gettext_noop("Title of the exercise.")
    )
    weight = Float(
        default=1.0,
        scope=Scope.settings,
        help=gettext_noop("What the exercise is worth in the gradebook, in points."),
    )
    instrument = String(default="", scope=Scope.content, help=gettext_noop("Key of an instrument of the toolbox."))
    instructions = String(default="", scope=Scope.content, help=gettext_noop("What learners read first, as HTML."))
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

    def authored_settings(self) -> ExerciseSettings:
        """Return what the author chose; checks that only a newer version of the add-on knows count for nothing here."""
        return ExerciseSettings(
            title=self.display_name,
            instrument=self.instrument,
            instructions=self.instructions,
            own_data=self.own_data,
            checks=tuple(layer for layer in Layer if layer.value in self.checks),
            attempts=self.attempts,
            weight=Decimal(str(self.weight)),
        )

    def authored(self) -> ExerciseSettings:
        """See `GradedBlock.authored`."""
        return self.authored_settings()

    def freeze(self) -> None:
        """See `GradedBlock.freeze`."""
        if not is_known(self.instrument):
            return
        settings, others = self.written()
        api.freeze_settings(usage_key=self.usage_key, course_key=self.course_key, settings=settings, others=others)

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
        settings = self.authored_settings()
        try:
            return exercise_outline(settings, toolbox.find_instrument(name=settings.instrument))
        except UnknownInstrument:
            return {"title": settings.title}

    def points_of(self, user_id: int) -> Points | None:
        """See `GradedBlock.points_of`."""
        return api.result_points(user_id=user_id, usage_key=self.usage_key)

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

    def clear(self, learner_id: int) -> None:
        """See `GradedBlock.clear`; data sets stay: they belong to the learner and not to the block."""
        api.clear_attempts(user_id=learner_id, usage_key=self.usage_key)

    def warnings(self) -> list[str]:
        """See `GradedBlock.warnings`."""
        return [problem.message for problem in settings_problems(self.authored_settings())]

    def search_texts(self) -> dict[str, str]:
        """See `GradedBlock.search_texts`; the title alone where the instrument is not known."""
        settings = self.authored_settings()
        try:
            return search_texts(settings, toolbox.find_instrument(name=settings.instrument))
        except UnknownInstrument:
            return {"display_name": settings.title}

    def editor(self) -> str:
        """See `GradedBlock.editor`."""
        return render_editor(
            self.authored_settings(),
            due=due_of(self),
            has_due=has_due(self),
            attempt_count=api.attempt_count(usage_key=self.usage_key),
            usage_key=self.usage_key,
            author_id=visitor_id(self),
        )

    def read_editor(self, data: dict[str, Any]) -> tuple[ExerciseSettings, list[Problem]]:
        """See `GradedBlock.read_editor` and `settings_from_editor`."""
        settings = settings_from_editor(ExerciseSettings, data)
        settings = replace(settings, instructions=cleaned(settings.instructions, before=self.instructions))
        return settings, settings_problems(settings)

    def saved_sentence(self) -> str:
        """See `GradedBlock.saved_sentence`."""
        return saved_sentence(api.attempt_count(usage_key=self.usage_key))

    def store(self, authored: ExerciseSettings) -> None:
        """See `GradedBlock.store`."""
        self.display_name = authored.title
        # Data sets are found by the key, authors may write the shorter code.
        self.instrument = toolbox.find_instrument(name=authored.instrument).key
        self.instructions = authored.instructions
        self.own_data = authored.own_data
        self.checks = [layer.value for layer in authored.checks]
        self.attempts = authored.attempts
        self.weight = float(authored.weight)

    @classmethod
    def read_xml(cls, node: etree._Element) -> ExerciseSettings:
        """See `GradedBlock.read_xml`."""
        return settings_from_xml(node)

    def write_xml(self, node: etree._Element) -> None:
        """See `GradedBlock.write_xml`."""
        settings_to_xml(self.authored_settings(), node)

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
        settings = self.authored_settings()
        instrument = toolbox.find_instrument(name=settings.instrument)
        language = reader_language()
        context = {
            "exercise": settings,
            "instructions": safe_html(settings.instructions),
            "key": instrument.key,
            "instrument_title": show(instrument.title, language),
            "purpose": show(instrument.purpose, language),
            "explanation": [show(text, language) for text in instrument.explanation],
            "staff": staff,
        }
        return self.still_page(render_to_string("iciinsmes/authoring/exercise/preview.html", context))

    def _without_instrument(self, name: str) -> Fragment:
        """Say that there is no such instrument, instead of failing with the whole unit."""
        context = {"title": self.display_name, "name": name}
        return self.still_page(render_to_string("iciinsmes/exercises/no_instrument.html", context))
