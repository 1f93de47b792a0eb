"""The XBlock `reaction`: the window through which learners say what a cycle was worth, and what stopped them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Float, Scope, String

from iciinsmes.authoring.base import as_visitor_reads, visitor_id
from iciinsmes.authoring.settings_block import SettingsBlock
from iciinsmes.companies import api as companies
from iciinsmes.platform import host

from . import api, authoring
from .data import ReactionSettings
from .errors import UnknownReaction
from .outline import block_outline, search_texts, standing_outline
from .page import render_part, render_preview
from .permissions import can_see_reactions


class ReactionXBlock(SettingsBlock):
    """Three statements, what stopped, and a text, after each cycle."""

    settings_class = ReactionSettings
    room_api = api
    room_authoring = authoring
    authoring_folder = "reaction"

    display_name = String(
        default=gettext_noop("How was it?"), scope=Scope.settings, help=gettext_noop("Title of the block.")
    )
    weight = Float(
        default=1.0,
        scope=Scope.settings,
        help=gettext_noop("What taking part is worth in the gradebook, in points."),
    )

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

    def search_texts(self) -> dict[str, str]:
        """See `GradedBlock.search_texts`."""
        return search_texts(self.authored())

    def _preview(self, user_id: int | None) -> Fragment:
        may_see = can_see_reactions(user_id=user_id, course_key=self.course_key)
        figures = reverse("iciinsmes:reactions", args=[self.course_key]) if may_see else ""
        return self.still_page(render_preview(self.authored(), figures=figures))
