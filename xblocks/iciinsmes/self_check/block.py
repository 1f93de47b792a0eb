"""The XBlock `self_check`: the window through which a person checks the own firm, and sees what came of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Float, Scope, String

from iciinsmes.authoring.base import as_visitor_reads, visitor_id
from iciinsmes.authoring.olx_values import writable
from iciinsmes.authoring.settings import settings_from_editor
from iciinsmes.authoring.settings_block import SettingsBlock
from iciinsmes.companies import api as companies
from iciinsmes.platform import host

from . import api, authoring
from .authoring import model_of_settings, saved_sentence
from .data import CheckModel, CheckSettings
from .errors import UnknownCheck, WrongModel
from .outline import block_outline, search_texts, standing_outline
from .page import groups_of, render_part
from .shipped import shipped_model


class SelfCheckBlock(SettingsBlock):
    """A self-check of the visitor's firm, as often as it is repeated."""

    settings_class = CheckSettings
    room_api = api
    room_authoring = authoring
    authoring_folder = "self_check"

    display_name = String(
        default=gettext_noop("Self-check"), scope=Scope.settings, help=gettext_noop("Title of the block.")
    )
    weight = Float(
        default=1.0,
        scope=Scope.settings,
        help=gettext_noop("What taking part is worth in the gradebook, in points."),
    )
    model = String(
        default="",
        scope=Scope.content,
        help=gettext_noop("A college's own statements as JSON; empty for those that are shipped."),
    )

    page_styles = ("iciinsmes/iciinsmes.css", "iciinsmes/self_check.css")
    page_scripts = ("django_htmx/htmx.min.js", "iciinsmes/zone.js", "iciinsmes/typed.js", "iciinsmes/self_check.js")
    page_start = "iciSelfCheck"
    search_kind = "Self-check"
    own_attributes = ("display_name", "weight", "instructions", "model")

    def authored(self) -> CheckSettings:
        """See `GradedBlock.authored`."""
        return CheckSettings(
            title=self.display_name,
            instructions=self.instructions,
            model=self.model,
            weight=Decimal(str(self.weight)),
        )

    def freeze(self) -> None:
        """See `GradedBlock.freeze`; a model that is none leaves what was there."""
        try:
            super().freeze()
        except WrongModel:
            return

    @XBlock.supports("multi_device")
    def student_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show learners their self-check, and everybody else what it asks."""
        user_id = visitor_id(self)
        if (
            user_id is None
            or not companies.can_work(user_id=user_id, course_key=self.course_key)
            or host().is_draft(self)
        ):
            return self._preview(user_id)
        self.freeze()
        try:
            standing = api.standing_of(user_id=user_id, usage_key=self.usage_key)
        except UnknownCheck:
            return self._preview(user_id)
        with as_visitor_reads(self):
            content = render_part(standing)
        return self.learners_page(content)

    def author_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show authors in Studio what the self-check asks."""
        return self._preview(None)

    def student_view_data(self, _context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the block for apps; hosts ask once for everybody, so there is nothing of a learner in it."""
        return block_outline(self.authored(), self._model())

    def own_outline(self) -> dict[str, Any] | None:
        """See `GradedBlock.own_outline`."""
        user_id = visitor_id(self)
        if user_id is None or not companies.can_work(user_id=user_id, course_key=self.course_key):
            return None
        try:
            return standing_outline(api.standing_of(user_id=user_id, usage_key=self.usage_key))
        except UnknownCheck:
            return None

    def nothing_here(self) -> str:
        """See `GradedBlock.nothing_here`."""
        return _("There is no self-check of yours here.")

    def search_texts(self) -> dict[str, str]:
        """See `GradedBlock.search_texts`."""
        return search_texts(self.authored(), self._model())

    def settings_sent(self, data: dict[str, Any]) -> CheckSettings:
        """See `SettingsBlock.settings_sent`."""
        settings = settings_from_editor(CheckSettings, data)
        return replace(settings, model=writable(settings.model).strip())

    def saved_sentence(self) -> str:
        """See `GradedBlock.saved_sentence`."""
        return saved_sentence(api.sent_count(usage_key=self.usage_key))

    def store(self, authored: CheckSettings) -> None:
        """See `GradedBlock.store`."""
        super().store(authored)
        self.model = authored.model

    def _model(self) -> CheckModel:
        """Return the author's model; the shipped one as long as there is a mistake in it, which `warnings` names."""
        try:
            return model_of_settings(self.authored())
        except WrongModel:
            return shipped_model()

    def _preview(self, user_id: int | None) -> Fragment:
        is_staff = companies.can_grade(user_id=user_id, course_key=self.course_key)
        staff = reverse("iciinsmes:self-check-firms", args=[self.course_key]) if is_staff else ""
        return self.preview_page(groups=groups_of(self._model(), {}), staff=staff)
