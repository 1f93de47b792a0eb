"""The XBlock `reaction`: the window through which learners say what a cycle was worth, and what stopped them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from lxml import etree
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Float, Scope, String

from iciinsmes.authoring.base import GradedBlock, as_visitor_reads, visitor_id
from iciinsmes.authoring.host_mixins import Points
from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import settings_from_editor
from iciinsmes.authoring.studio import due_of, has_due
from iciinsmes.companies import api as companies
from iciinsmes.lib.author_html import cleaned
from iciinsmes.platform import host

from . import api
from .authoring import settings_from_xml, settings_problems, settings_to_xml
from .data import ReactionSettings
from .errors import UnknownReaction
from .outline import block_outline, search_texts, standing_outline
from .page import render_editor, render_part, render_preview
from .permissions import can_see_reactions


class ReactionXBlock(GradedBlock):
    """Three statements, what stopped, and a text, after each cycle."""

    display_name = String(
        default=gettext_noop("How was it?"), scope=Scope.settings, help=gettext_noop("Title of the block.")
    )
    weight = Float(
        default=1.0,
        scope=Scope.settings,
        help=gettext_noop("What taking part is worth in the gradebook, in points."),
    )
    instructions = String(default="", scope=Scope.content, help=gettext_noop("What learners read first, as HTML."))

    page_styles = ("iciinsmes/iciinsmes.css", "iciinsmes/self_check.css", "iciinsmes/evaluation.css")
    page_scripts = ("django_htmx/htmx.min.js", "iciinsmes/zone.js", "iciinsmes/typed.js", "iciinsmes/reaction.js")
    page_start = "iciReaction"
    search_kind = "Reaction"
    own_attributes = ("display_name", "weight", "instructions")

    def authored(self) -> ReactionSettings:
        """See `GradedBlock.authored`."""
        return ReactionSettings(
            title=self.display_name, instructions=self.instructions, weight=Decimal(str(self.weight))
        )

    def freeze(self) -> None:
        """See `GradedBlock.freeze`."""
        settings, others = self.written()
        api.freeze_block(usage_key=self.usage_key, course_key=self.course_key, settings=settings, others=others)

    @XBlock.supports("multi_device")
    def student_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show learners their answer, and everybody else what is asked.

        Staff who look with a learner's eyes see no answer: learners were told that nobody does.
        """
        user_id = visitor_id(self)
        if (
            user_id is None
            or not companies.can_work(user_id=user_id, course_key=self.course_key)
            or host().is_draft(self)
        ):
            return self._preview(user_id)
        if host().looking_as_learner(self.course_key) is not None:
            return self.learners_page(render_preview(self.authored(), is_private=True))
        self.freeze()
        with as_visitor_reads(self):
            content = render_part(api.standing_of(user_id=user_id, usage_key=self.usage_key))
        return self.learners_page(content)

    def author_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show authors in Studio what is asked."""
        return self._preview(None)

    def student_view_data(self, _context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the block for apps; hosts ask once for everybody, so there is nothing of a learner in it."""
        return block_outline(self.authored())

    def points_of(self, user_id: int) -> Points | None:
        """See `GradedBlock.points_of`."""
        return api.done_points(user_id=user_id, usage_key=self.usage_key)

    def own_outline(self) -> dict[str, Any] | None:
        """See `GradedBlock.own_outline`."""
        user_id = visitor_id(self)
        if user_id is None or not companies.can_work(user_id=user_id, course_key=self.course_key):
            return None
        try:
            return standing_outline(api.standing_of(user_id=user_id, usage_key=self.usage_key))
        except UnknownReaction:
            return None

    def nothing_here(self) -> str:
        """See `GradedBlock.nothing_here`."""
        return _("There is nothing to answer for you here.")

    def clear(self, learner_id: int) -> None:
        """See `GradedBlock.clear`."""
        api.clear_reaction(user_id=learner_id, usage_key=self.usage_key)

    def warnings(self) -> list[str]:
        """See `GradedBlock.warnings`."""
        return [problem.message for problem in settings_problems(self.authored())]

    def search_texts(self) -> dict[str, str]:
        """See `GradedBlock.search_texts`."""
        return search_texts(self.authored())

    def editor(self) -> str:
        """See `GradedBlock.editor`."""
        return render_editor(
            self.authored(),
            due=due_of(self),
            has_due=has_due(self),
            usage_key=self.usage_key,
            author_id=visitor_id(self),
        )

    def read_editor(self, data: dict[str, Any]) -> tuple[ReactionSettings, list[Problem]]:
        """See `GradedBlock.read_editor` and `settings_from_editor`."""
        settings = settings_from_editor(ReactionSettings, data)
        settings = replace(settings, instructions=cleaned(settings.instructions, before=self.instructions))
        return settings, settings_problems(settings)

    def saved_sentence(self) -> str:
        """See `GradedBlock.saved_sentence`: the statements are the same for all, so nothing keeps older ones."""
        return ""

    def store(self, authored: ReactionSettings) -> None:
        """See `GradedBlock.store`."""
        self.display_name = authored.title
        self.instructions = authored.instructions
        self.weight = float(authored.weight)

    @classmethod
    def read_xml(cls, node: etree._Element) -> ReactionSettings:
        """See `GradedBlock.read_xml`."""
        return settings_from_xml(node)

    def write_xml(self, node: etree._Element) -> None:
        """See `GradedBlock.write_xml`."""
        settings_to_xml(self.authored(), node)

    def _preview(self, user_id: int | None) -> Fragment:
        may_see = can_see_reactions(user_id=user_id, course_key=self.course_key)
        figures = reverse("iciinsmes:reactions", args=[self.course_key]) if may_see else ""
        return self.still_page(render_preview(self.authored(), figures=figures))
