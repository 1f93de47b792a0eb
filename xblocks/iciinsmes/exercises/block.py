"""The XBlock `digital_tool`: what an author chooses, and the window through which learners work with an instrument."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from lxml import etree
from opaque_keys.edx.keys import CourseKey
from web_fragments.fragment import Fragment
from webob import Response
from xblock.completable import CompletableXBlockMixin
from xblock.core import XBlock
from xblock.exceptions import JsonHandlerError
from xblock.fields import Boolean, Float, Integer, List, Scope, String
from xblock.validation import Validation

from iciinsmes.blocks import (
    add_assets,
    as_visitor_reads,
    clear_learner,
    due_of,
    editor_fragment,
    has_due,
    looking_fragment,
    refused,
    sent_due,
    visitor_id,
    with_warnings,
)
from iciinsmes.companies.api import can_grade, can_work
from iciinsmes.html import cleaned, safe_html
from iciinsmes.library_weight import LibraryWeight
from iciinsmes.platform import host
from iciinsmes.regrading import Points, Regradable
from iciinsmes.templating import render_to_string
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import show
from iciinsmes.toolbox.errors import UnknownInstrument
from iciinsmes.toolbox.web import reader_language

from . import api
from .authoring import is_known, settings_from_editor, settings_problems
from .data import ExerciseData, ExerciseSettings, Layer
from .editor import render_editor, saved_sentence
from .olx import settings_from_xml, settings_to_xml
from .outline import exercise_outline, search_texts, state_outline
from .page import render_exercise

_STYLES = ("iciinsmes/iciinsmes.css", "iciinsmes/toolbox.css", "iciinsmes/exercises.css")
_SCRIPTS = ("django_htmx/htmx.min.js", "iciinsmes/zone.js", "iciinsmes/typed.js", "iciinsmes/exercises.js")
#: Fields that `olx` reads and writes itself.
_OWN_FIELDS = ("display_name", "weight", "instrument", "instructions", "own_data", "checks", "attempts")


@XBlock.needs("i18n")
@XBlock.wants("user")
class DigitalToolBlock(LibraryWeight, Regradable, CompletableXBlockMixin, XBlock):
    """An exercise with an instrument of the toolbox: data, own estimate, result, what it means, decision.

    The block holds what an author chooses and nothing of what learners do: their data, attempts and results live in the
    app's tables, and the page part it renders talks to the app's own views.
    """

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

    has_score = True
    # The platform shows it to staff who view the course as one learner; see `blocks.looking_fragment`.
    show_in_read_only_mode = True
    has_author_view = True
    icon_class = "problem"
    # The platform copies this folder of the package into its static files. Ours come from the app, so there is none.
    resources_dir = "public"

    @property
    def course_key(self) -> CourseKey:
        """Return the course run this block belongs to."""
        return self.usage_key.course_key

    def max_score(self) -> float:
        """Return the points that the gradebook expects at most."""
        return self.weight

    def result_points(self) -> Points | None:
        """See `Regradable.result_points`."""
        user_id = visitor_id(self)
        return None if user_id is None else api.result_points(user_id=user_id, usage_key=self.usage_key)

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

    def freeze(self) -> None:
        """Make what the author published what learners work with; hosts call it when that happens."""
        if not is_known(self.instrument):
            return
        api.freeze_settings(usage_key=self.usage_key, course_key=self.course_key, settings=self.authored_settings())

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
        looking_id = host().looking_as_learner(self.course_key)
        if looking_id is not None:
            return looking_fragment(self, content, _STYLES, reader_id=looking_id)
        fragment = Fragment(content)
        add_assets(fragment, _STYLES, _SCRIPTS)
        fragment.initialize_js("iciExercise")
        return fragment

    @XBlock.supports("multi_device")
    def public_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show visitors what the exercise is about."""
        return self.author_view()

    def author_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show authors in Studio what the exercise is about."""
        try:
            return self._preview(staff=False)
        except UnknownInstrument as error:
            return self._without_instrument(str(error))

    def validate(self) -> Validation:
        """Tell authors in Studio what is missing before learners can use the block."""
        return with_warnings(
            super().validate(), [problem.message for problem in settings_problems(self.authored_settings())]
        )

    def studio_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Return the editor."""
        count = api.attempt_count(usage_key=self.usage_key)
        return editor_fragment(
            render_editor(
                self.authored_settings(),
                due=due_of(self),
                has_due=has_due(self),
                attempt_count=count,
                usage_key=self.usage_key,
                author_id=visitor_id(self),
            )
        )

    def index_dictionary(self) -> dict[str, Any]:
        """Return what the course search finds the block by; its title alone where the instrument is not known."""
        found = super().index_dictionary()
        settings = self.authored_settings()
        try:
            texts = search_texts(settings, toolbox.find_instrument(name=settings.instrument))
        except UnknownInstrument:
            texts = {"display_name": settings.title}
        found.setdefault("content", {}).update(texts)
        return {**found, "content_type": "Digital tool"}

    def student_view_data(self, _context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the exercise for apps; hosts ask once for everybody, so there is nothing of a learner in it."""
        settings = self.authored_settings()
        try:
            return exercise_outline(settings, toolbox.find_instrument(name=settings.instrument))
        except UnknownInstrument:
            return {"title": settings.title}

    @XBlock.handler
    def student_view_user_state(self, _request: Any, _suffix: str = "") -> Response:
        """Tell an app where the asking learner stands; 404 for everybody else."""
        try:
            exercise = self._own_exercise()
        except UnknownInstrument:
            exercise = None
        if exercise is None:
            return JsonHandlerError(404, _("There is no exercise of yours here.")).get_response()
        return Response(json_body=state_outline(exercise), content_type="application/json", charset="UTF-8")

    def clear_student_state(self, user_id: str, course_id: str, item_id: str, requesting_user_id: str) -> None:
        """Remove a learner's attempts for good, when staff delete a learner's state in the platform's own tool.

        Data sets stay: they belong to the learner and not to the block.

        Args:
            user_id: the learner, by the id that the host gives to third parties.
            course_id: the course run; the block knows its own.
            item_id: the block; it knows its own.
            requesting_user_id: who asked for it, by such an id; the host has checked that this person may.
        """
        clear_learner(
            self,
            user_id=user_id,
            asked_by=requesting_user_id,
            clear=lambda learner_id: api.clear_attempts(user_id=learner_id, usage_key=self.usage_key),
        )

    @XBlock.json_handler
    def studio_submit(self, data: dict[str, Any], _suffix: str = "") -> dict[str, str] | Response:
        """Save what the editor sends: see `authoring.settings_from_editor`, and ``due`` where the host has it.

        Hosts let only authors reach this handler: content fields are read-only elsewhere.

        Returns:
            ``message`` for the author, empty if there is nothing to say; or 400 with every problem at its place in
            ``problems``, and nothing is saved.

        Raises:
            JsonHandlerError: 400 for what no editor sends.
        """
        try:
            settings = settings_from_editor(data)
            settings = replace(settings, instructions=cleaned(settings.instructions, before=self.instructions))
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            raise JsonHandlerError(
                400, _("The editor sent something unreadable. Reload the page and try again.")
            ) from error
        due, wrong_due = sent_due(self, data)
        problems = [*settings_problems(settings), *wrong_due]
        if problems:
            return refused(problems)
        before = self.authored_settings()
        self._store(settings)
        if due != due_of(self):
            self.due = due
        is_changed = self.authored_settings() != before
        message = saved_sentence(api.attempt_count(usage_key=self.usage_key)) if is_changed else ""
        return {"result": "success", "message": message}

    @classmethod
    def parse_xml(cls, node: etree._Element, runtime: Any, keys: Any) -> DigitalToolBlock:
        """Read the block from OLX; see `olx.settings_from_xml` for the form and its errors."""
        block = runtime.construct_xblock_from_class(cls, keys)
        block._store(settings_from_xml(node))
        for name, value in node.items():
            if name in block.fields and name not in _OWN_FIELDS:
                cls._set_field_if_present(block, name, value, {})
        return block

    def add_xml_to_node(self, node: etree._Element) -> None:
        """Write the block as OLX that `parse_xml` reads back without loss."""
        super().add_xml_to_node(node)
        for child in list(node):
            node.remove(child)
        for name in _OWN_FIELDS:
            node.attrib.pop(name, "")
        settings_to_xml(self.authored_settings(), node)

    def _store(self, settings: ExerciseSettings) -> None:
        self.display_name = settings.title
        # Data sets are found by the key, authors may write the shorter code.
        self.instrument = toolbox.find_instrument(name=settings.instrument).key
        self.instructions = settings.instructions
        self.own_data = settings.own_data
        self.checks = [layer.value for layer in settings.checks]
        self.attempts = settings.attempts
        self.weight = float(settings.weight)

    def _own_exercise(self) -> ExerciseData | None:
        """Return the visitor's way with the exercise, or None for everybody else and for a preview; see `freeze`."""
        user_id = visitor_id(self)
        if user_id is None or not can_work(user_id=user_id, course_key=self.course_key) or host().is_draft(self):
            return None
        settings = self.authored_settings()
        # An instrument that is not known here must not become the exercise's current one.
        toolbox.find_instrument(name=settings.instrument)
        return api.open_exercise(
            user_id=user_id, usage_key=self.usage_key, course_key=self.course_key, settings=settings
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
        return _styled(render_to_string("iciinsmes/exercises/authored.html", context))

    def _without_instrument(self, name: str) -> Fragment:
        """Say that there is no such instrument, instead of failing with the whole unit."""
        context = {"title": self.display_name, "name": name}
        return _styled(render_to_string("iciinsmes/exercises/no_instrument.html", context))


def _styled(content: str) -> Fragment:
    fragment = Fragment(content)
    add_assets(fragment, _STYLES)
    return fragment
