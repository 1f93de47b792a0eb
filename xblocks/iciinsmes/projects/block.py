"""The XBlock `development_project`: the part that an author chooses of the firm's one project, wherever it stands."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings as django_settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from opaque_keys.edx.keys import CourseKey
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Float, Integer, Scope, String

from iciinsmes.authoring.base import as_visitor_reads, visitor_id
from iciinsmes.authoring.settings_block import SettingsBlock
from iciinsmes.companies import api as companies
from iciinsmes.lib.author_html import safe_html
from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import host

from . import api, authoring
from .data import Gate, ProjectBlockSettings, ProjectDoneWhen, ProjectPart
from .errors import NotAllowedInProject
from .labels import PARTS, gate_name
from .outline import block_outline, project_outline, search_texts
from .page import render_part
from .shown_parts import part_url
from .staff_page import coached_context


class DevelopmentProjectBlock(SettingsBlock):
    """A window on the development project of the visitor's firm."""

    settings_class = ProjectBlockSettings
    room_api = api
    room_authoring = authoring
    authoring_folder = "project"

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

    def authored(self) -> ProjectBlockSettings:
        """See `GradedBlock.authored`; a part that only a newer version of the add-on knows is the whole here."""
        parts = [part.value for part in ProjectPart]
        return ProjectBlockSettings(
            title=self.display_name,
            part=ProjectPart(self.part) if self.part in parts else ProjectPart.WHOLE,
            instructions=self.instructions,
            done_when=ProjectDoneWhen.GATE if self.done_when == ProjectDoneWhen.GATE else ProjectDoneWhen.FILLED,
            gate=self.gate,
            weight=Decimal(str(self.weight)),
        )

    @XBlock.supports("multi_device")
    def student_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show members of a firm their project, and everybody else what the block is about."""
        user_id = visitor_id(self)
        settings = self.authored()
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
        return block_outline(self.authored())

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

    def editor_choices(self, settings: ProjectBlockSettings) -> dict[str, Any]:
        """See `SettingsBlock.editor_choices`."""
        return {
            "parts": [(part.value, words) for part, words in PARTS.items()],
            "gates": [(gate.value, gate_name(gate)) for gate in Gate],
            "done": (
                (ProjectDoneWhen.FILLED.value, _("when the firm has entered something there")),
                (ProjectDoneWhen.GATE.value, _("when the firm has passed a gate")),
            ),
            "done_when": settings.done_when.value,
        }

    def nothing_here(self) -> str:
        """See `GradedBlock.nothing_here`."""
        return _("There is no project of your firm here.")

    def search_texts(self) -> dict[str, str]:
        """See `GradedBlock.search_texts`."""
        return search_texts(self.authored())

    def store(self, authored: ProjectBlockSettings) -> None:
        """See `GradedBlock.store`."""
        super().store(authored)
        self.part = authored.part.value
        self.done_when = authored.done_when.value
        self.gate = authored.gate

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
        return self.preview_page(part=PARTS[self.authored().part], ways=ways, **(more or {}))


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
