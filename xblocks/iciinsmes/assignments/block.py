"""The XBlock `workplace_assignment`: what an author edits, and the window through which learners see their work."""

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
from xblock.fields import Dict, Float, Scope, String
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
from iciinsmes.companies.api import can_work
from iciinsmes.html import cleaned, safe_html
from iciinsmes.library_weight import LibraryWeight
from iciinsmes.platform import host
from iciinsmes.regrading import Points, Regradable
from iciinsmes.templating import render_to_string

from . import api
from .authoring import missing_in, new_task, task_problems
from .data import Task, WorkData
from .editor import render_editor, render_fields, saved_sentence
from .olx import task_from_xml, task_to_xml
from .outline import search_texts, task_outline, work_outline
from .page import render_work
from .presets import preset_task, presets
from .rubric_view import rubric_view
from .staff_line import render_staff_line
from .task_json import task_from_json, task_to_json

_STYLES = ("iciinsmes/iciinsmes.css", "iciinsmes/evidence.css", "iciinsmes/mentors.css", "iciinsmes/assignments.css")
_SCRIPTS = (
    "django_htmx/htmx.min.js",
    "iciinsmes/zone.js",
    "iciinsmes/typed.js",
    "iciinsmes/uploads.js",
    "iciinsmes/items.js",
    "iciinsmes/recorder.js",
    "iciinsmes/hours.js",
    "iciinsmes/work.js",
)


@XBlock.needs("i18n")
@XBlock.wants("user")
class WorkplaceAssignmentBlock(LibraryWeight, Regradable, CompletableXBlockMixin, XBlock):
    """A task that a learner does in the own firm and hands in with evidence.

    The block holds what an author writes and nothing of what learners do: their drafts, files and rounds live in the
    app's tables, and the page part it renders talks to the app's own views.
    """

    display_name = String(
        default=gettext_noop("Workplace assignment"),
        scope=Scope.settings,
        help=gettext_noop("Title of the assignment."),
    )
    weight = Float(
        default=1.0,
        scope=Scope.settings,
        help=gettext_noop("What the assignment is worth in the gradebook, in points."),
    )
    task = Dict(
        default={},
        scope=Scope.content,
        help=gettext_noop("Texts, questions, evidence rules and rubric; title and weight have fields of their own."),
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

    def authored_task(self) -> Task:
        """Return what the author wrote, or the task of a new block."""
        content = self.task or task_to_json(new_task())
        return task_from_json({**content, "title": self.display_name, "weight": str(Decimal(str(self.weight)))})

    def freeze(self) -> None:
        """Make what the author published the task that learners work on; hosts call it when that happens."""
        api.freeze_task(usage_key=self.usage_key, course_key=self.course_key, task=self.authored_task())

    @XBlock.supports("multi_device")
    def student_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show learners their work, and everybody else the task."""
        work = self._own_work()
        line = render_staff_line(user_id=visitor_id(self), usage_key=self.usage_key, works_here=work is not None)
        if work is None:
            return self._preview(line)
        with as_visitor_reads(self):
            content = line + render_work(work)
        looking_id = host().looking_as_learner(self.course_key)
        if looking_id is not None:
            return looking_fragment(self, content, _STYLES, reader_id=looking_id)
        fragment = Fragment(content)
        add_assets(fragment, _STYLES, _SCRIPTS)
        fragment.initialize_js("iciWork")
        return fragment

    @XBlock.supports("multi_device")
    def public_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show visitors the task."""
        return self._preview()

    def author_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show authors in Studio what learners will read; nothing is frozen yet."""
        return self._preview()

    def validate(self) -> Validation:
        """Tell authors in Studio what is missing before learners can use the block."""
        return with_warnings(super().validate(), missing_in(self.authored_task(), due=due_of(self)))

    def studio_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Return the editor."""
        task = self.authored_task()
        rounds = api.round_count(usage_key=self.usage_key)
        return editor_fragment(
            render_editor(
                task,
                due=due_of(self),
                has_due=has_due(self),
                round_count=rounds,
                usage_key=self.usage_key,
                author_id=visitor_id(self),
            )
        )

    def index_dictionary(self) -> dict[str, Any]:
        """Return what the course search finds the block by."""
        found = super().index_dictionary()
        found.setdefault("content", {}).update(search_texts(self.authored_task()))
        return {**found, "content_type": "Workplace assignment"}

    def student_view_data(self, _context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the task for apps; hosts ask once for everybody, so there is nothing of a learner in it."""
        return task_outline(self.authored_task())

    @XBlock.handler
    def student_view_user_state(self, _request: Any, _suffix: str = "") -> Response:
        """Tell an app where the asking learner's own work stands; 404 for everybody else."""
        work = self._own_work()
        if work is None:
            return JsonHandlerError(404, _("There is no work of yours here.")).get_response()
        return Response(json_body=work_outline(work), content_type="application/json", charset="UTF-8")

    def clear_student_state(self, user_id: str, course_id: str, item_id: str, requesting_user_id: str) -> None:
        """Remove a learner's work for good, when staff delete a learner's state in the platform's own tool.

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
            clear=lambda learner_id: api.clear_work(user_id=learner_id, usage_key=self.usage_key),
        )

    @XBlock.json_handler
    def studio_submit(self, data: dict[str, Any], _suffix: str = "") -> dict[str, str] | Response:
        """Save what the editor sends: a task as `task_json.task_to_json` writes it, and ``due`` where the host has it.

        Hosts let only authors reach this handler: content fields are read-only elsewhere.

        Returns:
            ``message`` for the author, empty if there is nothing to say; or 400 with every problem at its place in
            ``problems``, and nothing is saved.

        Raises:
            JsonHandlerError: 400 for what no editor sends.
        """
        try:
            task = task_from_json(data)
            task = replace(task, instructions=cleaned(task.instructions, before=self.authored_task().instructions))
            problems = task_problems(task)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise JsonHandlerError(
                400, _("The editor sent something unreadable. Reload the page and try again.")
            ) from error
        due, wrong_due = sent_due(self, data)
        problems += wrong_due
        if problems:
            return refused(problems)
        is_changed = task != self.authored_task()
        self._store(task)
        if due != due_of(self):
            self.due = due
        return {
            "result": "success",
            "message": saved_sentence(api.round_count(usage_key=self.usage_key)) if is_changed else "",
        }

    @XBlock.json_handler
    def preset(self, data: dict[str, Any], _suffix: str = "") -> dict[str, str]:
        """Return the editor's fields filled with a preset; nothing is saved, and there is nothing of this course in it.

        Raises:
            JsonHandlerError: 404 for a preset that does not exist.
        """
        key = data.get("key") if isinstance(data, dict) else None
        if key not in [preset.key for preset in presets()]:
            raise JsonHandlerError(404, _("This preset does not exist."))
        return {"html": render_fields(preset_task(key), due=due_of(self), has_due=has_due(self))}

    @classmethod
    def parse_xml(cls, node: etree._Element, runtime: Any, keys: Any) -> WorkplaceAssignmentBlock:
        """Read the block from OLX; see `olx.task_from_xml` for the form and its errors."""
        block = runtime.construct_xblock_from_class(cls, keys)
        block._store(task_from_xml(node))
        own = {"display_name", "purpose", "hours", "weight"}
        for name, value in node.items():
            if name in block.fields and name not in own:
                cls._set_field_if_present(block, name, value, {})
        return block

    def add_xml_to_node(self, node: etree._Element) -> None:
        """Write the block as OLX that `parse_xml` reads back without loss."""
        super().add_xml_to_node(node)
        for child in list(node):
            node.remove(child)
        if "task" in node.attrib:
            del node.attrib["task"]
        node.text = None
        task_to_xml(self.authored_task(), node)

    def _store(self, task: Task) -> None:
        content = task_to_json(task)
        self.display_name = content.pop("title")
        self.weight = float(content.pop("weight"))
        self.task = content

    def _own_work(self) -> WorkData | None:
        """Return the visitor's work, or None for everybody who does not learn in this course run and for a preview.

        What the host shows to learners is published; it is frozen here too, for blocks that nobody has published since
        the add-on was installed.
        """
        user_id = visitor_id(self)
        if user_id is None or not can_work(user_id=user_id, course_key=self.course_key) or host().is_draft(self):
            return None
        return api.open_work(
            user_id=user_id,
            usage_key=self.usage_key,
            course_key=self.course_key,
            task=self.authored_task(),
            due_at=host().due_of_bound(self, user_id),
        )

    def _preview(self, line: str = "") -> Fragment:
        task = self.authored_task()
        context = {
            "task": task,
            "instructions": safe_html(task.instructions),
            "rubric": rubric_view(task.rubric),
        }
        fragment = Fragment(line + render_to_string("iciinsmes/assignments/preview.html", context))
        add_assets(fragment, _STYLES)
        return fragment
