"""The XBlock `development_project`: the part that an author chooses of the firm's one project, wherever it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.conf import settings as django_settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from lxml import etree
from opaque_keys.edx.keys import CourseKey
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Float, Integer, Scope, String

from iciinsmes.authoring.base import GradedBlock, as_visitor_reads, visitor_id
from iciinsmes.authoring.host_mixins import Points
from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import settings_from_editor
from iciinsmes.authoring.studio import due_of, has_due
from iciinsmes.companies import api as companies
from iciinsmes.lib.author_html import cleaned, safe_html
from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import host

from . import api
from .authoring import render_editor, settings_problems
from .data import ProjectBlockSettings, ProjectDoneWhen, ProjectPart
from .errors import NotAllowedInProject
from .labels import PARTS
from .olx import settings_from_xml, settings_to_xml
from .outline import block_outline, project_outline, search_texts
from .page import render_part
from .shown_parts import part_url
from .staff_page import coached_context


class DevelopmentProjectBlock(GradedBlock):
    """A window on the development project of the visitor's firm."""

    display_name = String(
        default=gettext_noop("Development project"), scope=Scope.settings, help=gettext_noop("Title of the block.")
    )
    weight = Float(
        default=1.0,
        scope=Scope.settings,
        help=gettext_noop("What the block is worth in the gradebook once it is done, in points."),
    )
    part = String(
        default=ProjectPart.WHOLE.value,
        scope=Scope.content,
        help=gettext_noop("The part of the project that is shown."),
    )
    instructions = String(default="", scope=Scope.content, help=gettext_noop("What learners read first, as HTML."))
    done_when = String(
        default=ProjectDoneWhen.FILLED.value,
        scope=Scope.settings,
        help=gettext_noop("When the block is done: filled, or gate."),
    )
    gate = Integer(default=0, scope=Scope.settings, help=gettext_noop("The gate that has to be passed, 0 to 8."))

    page_styles = (
        "iciinsmes/iciinsmes.css",
        "iciinsmes/evidence.css",
        "iciinsmes/mentors.css",
        "iciinsmes/projects.css",
    )
    page_scripts = (
        "django_htmx/htmx.min.js",
        "iciinsmes/zone.js",
        "iciinsmes/typed.js",
        "iciinsmes/uploads.js",
        "iciinsmes/projects.js",
    )
    page_start = "iciProject"
    search_kind = "Development project"
    own_attributes = ("display_name", "weight", "part", "instructions", "done_when", "gate")

    def authored_settings(self) -> ProjectBlockSettings:
        """Return what the author chose; a part that only a newer version of the add-on knows is the whole here."""
        parts = [part.value for part in ProjectPart]
        return ProjectBlockSettings(
            title=self.display_name,
            part=ProjectPart(self.part) if self.part in parts else ProjectPart.WHOLE,
            instructions=self.instructions,
            done_when=ProjectDoneWhen.GATE if self.done_when == ProjectDoneWhen.GATE else ProjectDoneWhen.FILLED,
            gate=self.gate,
            weight=Decimal(str(self.weight)),
        )

    def authored(self) -> ProjectBlockSettings:
        """See `GradedBlock.authored`."""
        return self.authored_settings()

    def freeze(self) -> None:
        """See `GradedBlock.freeze`."""
        settings, others = self.written()
        api.freeze_block(usage_key=self.usage_key, course_key=self.course_key, settings=settings, others=others)

    @XBlock.supports("multi_device")
    def student_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show members of a firm their project, and everybody else what the block is about."""
        user_id = visitor_id(self)
        settings = self.authored_settings()
        if user_id is None or host().is_draft(self):
            return self._preview()
        try:
            shown = api.show_own(user_id=user_id, course_key=self.course_key, usage_key=self.usage_key)
        except NotAllowedInProject:
            return self._without_own(user_id)
        self._catch_up(shown, settings)
        with as_visitor_reads(self):
            context = {
                "chosen": settings,
                "instructions": safe_html(settings.instructions),
                "part": render_part(settings.part, shown),
                "csrf_cookie": django_settings.CSRF_COOKIE_NAME,
                "whole": "" if settings.part is ProjectPart.WHOLE else part_url(shown, ProjectPart.WHOLE),
            }
            content = render_to_string("iciinsmes/projects/block.html", context)
        return self.learners_page(content)

    def author_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show authors in Studio what the block is about."""
        return self._preview()

    def student_view_data(self, _context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the block for apps; hosts ask once for everybody, so there is nothing of a firm in it."""
        return block_outline(self.authored_settings())

    def points_of(self, user_id: int) -> Points | None:
        """See `GradedBlock.points_of`."""
        return api.done_points(user_id=user_id, usage_key=self.usage_key)

    def own_outline(self) -> dict[str, Any] | None:
        """See `GradedBlock.own_outline`."""
        user_id = visitor_id(self)
        if user_id is None:
            return None
        try:
            shown = api.show_own(user_id=user_id, course_key=self.course_key, usage_key=self.usage_key)
        except NotAllowedInProject:
            return None
        return project_outline(shown.project, is_done=shown.is_block_done)

    def nothing_here(self) -> str:
        """See `GradedBlock.nothing_here`."""
        return _("There is no project of your firm here.")

    def clear(self, learner_id: int) -> None:
        """See `GradedBlock.clear`; the project stays, because it is the firm's."""
        api.clear_block(user_id=learner_id, usage_key=self.usage_key)

    def warnings(self) -> list[str]:
        """See `GradedBlock.warnings`."""
        return [problem.message for problem in settings_problems(self.authored_settings())]

    def search_texts(self) -> dict[str, str]:
        """See `GradedBlock.search_texts`."""
        return search_texts(self.authored_settings())

    def editor(self) -> str:
        """See `GradedBlock.editor`."""
        return render_editor(
            self.authored_settings(),
            due=due_of(self),
            has_due=has_due(self),
            usage_key=self.usage_key,
            author_id=visitor_id(self),
        )

    def read_editor(self, data: dict[str, Any]) -> tuple[ProjectBlockSettings, list[Problem]]:
        """See `GradedBlock.read_editor` and `settings_from_editor`."""
        settings = settings_from_editor(ProjectBlockSettings, data)
        settings = replace(settings, instructions=cleaned(settings.instructions, before=self.instructions))
        return settings, settings_problems(settings)

    def saved_sentence(self) -> str:
        """See `GradedBlock.saved_sentence`: whoever has done the block has, so nothing keeps older settings."""
        return ""

    def store(self, authored: ProjectBlockSettings) -> None:
        """See `GradedBlock.store`."""
        self.display_name = authored.title
        self.part = authored.part.value
        self.instructions = authored.instructions
        self.done_when = authored.done_when.value
        self.gate = authored.gate
        self.weight = float(authored.weight)

    @classmethod
    def read_xml(cls, node: etree._Element) -> ProjectBlockSettings:
        """See `GradedBlock.read_xml`."""
        return settings_from_xml(node)

    def write_xml(self, node: etree._Element) -> None:
        """See `GradedBlock.write_xml`."""
        settings_to_xml(self.authored_settings(), node)

    def _catch_up(self, shown: api.Shown, settings: ProjectBlockSettings) -> None:
        """Freeze a block that nobody has published since the add-on came, and complete it for who has joined since."""
        if shown.block != settings:
            self.freeze()
        if not shown.is_block_done and api.may_be_done(
            settings=settings, entries=shown.entries, passed=shown.facts.decided_here, was_asked=shown.is_asked
        ):
            api.settle(project_id=shown.project.id, user_ids=[shown.user_id])

    def _without_own(self, user_id: int) -> Fragment:
        """Show who has no project in this run the firms that this person coaches, and where to go."""
        # Whoever looks with a learner's eyes may not see the firms that this person coaches elsewhere.
        is_looking = host().looking_as_learner(self.course_key) is not None
        found = None if is_looking else api.coached_firms(user_id=user_id)
        ways = ways_for(user_id=user_id, course_key=self.course_key, coaches=found is not None)
        with as_visitor_reads(self):
            return self._preview(ways, coached_context(found) if found else {})

    def _preview(self, ways: tuple[tuple[str, str], ...] = (), more: Mapping[str, Any] | None = None) -> Fragment:
        settings = self.authored_settings()
        context = {
            "chosen": settings,
            "instructions": safe_html(settings.instructions),
            "part": PARTS[settings.part],
            "ways": ways,
            **(more or {}),
        }
        return self.still_page(render_to_string("iciinsmes/authoring/project/preview.html", context))


def ways_for(*, user_id: int, course_key: CourseKey, coaches: bool) -> tuple[tuple[str, str], ...]:
    """Return what a visitor without a project in this run can open instead, as words and address.

    Args:
        user_id: the visitor.
        course_key: the run.
        coaches: whether the person coaches a firm.
    """
    ways = []
    if coaches:
        ways.append((_("The projects that you coach"), reverse("iciinsmes:projects-coached")))
    if api.can_see_all(user_id=user_id, course_key=course_key):
        ways.append((_("All projects of this course"), reverse("iciinsmes:projects-matrix", args=[course_key])))
    elif not ways and companies.can_work(user_id=user_id, course_key=course_key):
        ways.append((_("Join your firm, or register it"), reverse("iciinsmes:company", args=[course_key])))
    return tuple(ways)
