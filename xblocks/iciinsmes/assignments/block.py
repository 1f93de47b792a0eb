"""The XBlock `workplace_assignment`: what an author edits, and the window through which learners see their work."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from lxml import etree
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.exceptions import JsonHandlerError
from xblock.fields import Dict, Float, Scope, String

from iciinsmes.authoring.base import GradedBlock, as_visitor_reads, visitor_id
from iciinsmes.authoring.host_mixins import Points
from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.studio import due_of, has_due
from iciinsmes.companies.api import can_work
from iciinsmes.lib.author_html import cleaned, safe_html
from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import host

from . import api
from .authoring import missing_in, new_task, task_problems
from .data import Task, WorkData
from .editor import render_editor, render_fields, saved_sentence
from .olx import task_from_xml, task_to_xml
from .outline import search_texts, task_outline, work_outline
from .page import render_staff_line, render_work
from .presets import preset_task, presets
from .rubric_view import rubric_view
from .serializers import task_from_json, task_to_json


class WorkplaceAssignmentBlock(GradedBlock):
    """A task that a learner does in the own firm and hands in with evidence."""

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

    page_styles = (
        "iciinsmes/iciinsmes.css",
        "iciinsmes/evidence.css",
        "iciinsmes/mentors.css",
        "iciinsmes/assignments.css",
    )
    page_scripts = (
        "django_htmx/htmx.min.js",
        "iciinsmes/zone.js",
        "iciinsmes/typed.js",
        "iciinsmes/uploads.js",
        "iciinsmes/items.js",
        "iciinsmes/recorder.js",
        "iciinsmes/hours.js",
        "iciinsmes/threads.js",
        "iciinsmes/said.js",
        "iciinsmes/work.js",
    )
    page_start = "iciWork"
    search_kind = "Workplace assignment"
    own_attributes = ("display_name", "purpose", "hours", "weight", "task")

    def authored_task(self) -> Task:
        """Return what the author wrote, or the task of a new block."""
        content = self.task or task_to_json(new_task())
        return task_from_json({**content, "title": self.display_name, "weight": str(Decimal(str(self.weight)))})

    def authored(self) -> Task:
        """See `GradedBlock.authored`."""
        return self.authored_task()

    def freeze(self) -> None:
        """See `GradedBlock.freeze`."""
        task, others = self.written()
        api.freeze_task(usage_key=self.usage_key, course_key=self.course_key, task=task, others=others)

    @XBlock.supports("multi_device")
    def student_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show learners their work, and everybody else the task."""
        work = self._own_work()
        line = render_staff_line(user_id=visitor_id(self), usage_key=self.usage_key, works_here=work is not None)
        if work is None:
            return self._preview(line)
        with as_visitor_reads(self):
            content = line + render_work(work)
        return self.learners_page(content)

    def author_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show authors in Studio what learners will read; nothing is frozen yet."""
        return self._preview()

    def student_view_data(self, _context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the task for apps; hosts ask once for everybody, so there is nothing of a learner in it."""
        return task_outline(self.authored_task())

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

    def points_of(self, user_id: int) -> Points | None:
        """See `GradedBlock.points_of`."""
        return api.result_points(user_id=user_id, usage_key=self.usage_key)

    def own_outline(self) -> dict[str, Any] | None:
        """See `GradedBlock.own_outline`."""
        work = self._own_work()
        return None if work is None else work_outline(work)

    def nothing_here(self) -> str:
        """See `GradedBlock.nothing_here`."""
        return _("There is no work of yours here.")

    def clear(self, learner_id: int) -> None:
        """See `GradedBlock.clear`."""
        api.clear_work(user_id=learner_id, usage_key=self.usage_key)

    def warnings(self) -> list[str]:
        """See `GradedBlock.warnings`."""
        return missing_in(self.authored_task(), due=due_of(self))

    def search_texts(self) -> dict[str, str]:
        """See `GradedBlock.search_texts`."""
        return search_texts(self.authored_task())

    def editor(self) -> str:
        """See `GradedBlock.editor`."""
        return render_editor(
            self.authored_task(),
            due=due_of(self),
            has_due=has_due(self),
            round_count=api.round_count(usage_key=self.usage_key),
            usage_key=self.usage_key,
            author_id=visitor_id(self),
        )

    def read_editor(self, data: dict[str, Any]) -> tuple[Task, list[Problem]]:
        """See `GradedBlock.read_editor`: a task as `serializers.task_to_json` writes it."""
        task = task_from_json(data)
        task = replace(task, instructions=cleaned(task.instructions, before=self.authored_task().instructions))
        return task, task_problems(task)

    def saved_sentence(self) -> str:
        """See `GradedBlock.saved_sentence`."""
        return saved_sentence(api.round_count(usage_key=self.usage_key))

    def store(self, authored: Task) -> None:
        """See `GradedBlock.store`."""
        content = task_to_json(authored)
        self.display_name = content.pop("title")
        self.weight = float(content.pop("weight"))
        self.task = content

    @classmethod
    def read_xml(cls, node: etree._Element) -> Task:
        """See `GradedBlock.read_xml`."""
        return task_from_xml(node)

    def write_xml(self, node: etree._Element) -> None:
        """See `GradedBlock.write_xml`."""
        task_to_xml(self.authored_task(), node)

    def _own_work(self) -> WorkData | None:
        """Return the visitor's work, or None for everybody who does not learn in this course run and for a preview.

        What the host shows to learners is published; it is frozen here too, for blocks that nobody has published since
        the add-on was installed.
        """
        user_id = visitor_id(self)
        if user_id is None or not can_work(user_id=user_id, course_key=self.course_key) or host().is_draft(self):
            return None
        task, others = self.written()
        return api.open_work(
            user_id=user_id,
            usage_key=self.usage_key,
            course_key=self.course_key,
            task=task,
            due_at=host().due_of_bound(self, user_id),
            others=others,
        )

    def _preview(self, line: str = "") -> Fragment:
        task = self.authored_task()
        context = {
            "task": task,
            "instructions": safe_html(task.instructions),
            "rubric": rubric_view(task.rubric),
        }
        return self.still_page(line + render_to_string("iciinsmes/authoring/assignment/preview.html", context))
