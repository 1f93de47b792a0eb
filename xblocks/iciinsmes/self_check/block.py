"""The XBlock `self_check`: the window through which a person checks the own firm, and sees what came of it."""

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
from iciinsmes.authoring.olx_values import writable
from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import settings_from_editor
from iciinsmes.authoring.studio import due_of, has_due
from iciinsmes.companies import api as companies
from iciinsmes.lib.author_html import cleaned, safe_html
from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import host

from . import api
from .authoring import model_of_settings, settings_problems
from .data import CheckModel, CheckSettings
from .editor import render_editor, saved_sentence
from .errors import UnknownCheck, WrongModel
from .olx import settings_from_xml, settings_to_xml
from .outline import block_outline, search_texts, standing_outline
from .page import groups_of, render_part
from .shipped import shipped_model


class SelfCheckBlock(GradedBlock):
    """A self-check of the visitor's firm, as often as it is repeated."""

    display_name = String(
        default=gettext_noop("Self-check"), scope=Scope.settings, help=gettext_noop("Title of the block.")
    )
    weight = Float(
        default=1.0,
        scope=Scope.settings,
        help=gettext_noop("What taking part is worth in the gradebook, in points."),
    )
    instructions = String(default="", scope=Scope.content, help=gettext_noop("What learners read first, as HTML."))
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

    def authored_settings(self) -> CheckSettings:
        """Return what the author chose."""
        return CheckSettings(
            title=self.display_name,
            instructions=self.instructions,
            model=self.model,
            weight=Decimal(str(self.weight)),
        )

    def authored(self) -> CheckSettings:
        """See `GradedBlock.authored`."""
        return self.authored_settings()

    def freeze(self) -> None:
        """See `GradedBlock.freeze`; a model that is none leaves what was there."""
        try:
            settings, others = self.written()
            api.freeze_block(usage_key=self.usage_key, course_key=self.course_key, settings=settings, others=others)
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
        return block_outline(self.authored_settings(), self._model())

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
        except UnknownCheck:
            return None

    def nothing_here(self) -> str:
        """See `GradedBlock.nothing_here`."""
        return _("There is no self-check of yours here.")

    def clear(self, learner_id: int) -> None:
        """See `GradedBlock.clear`."""
        api.clear_checks(user_id=learner_id, usage_key=self.usage_key)

    def warnings(self) -> list[str]:
        """See `GradedBlock.warnings`."""
        return [problem.message for problem in settings_problems(self.authored_settings())]

    def search_texts(self) -> dict[str, str]:
        """See `GradedBlock.search_texts`."""
        return search_texts(self.authored_settings(), self._model())

    def editor(self) -> str:
        """See `GradedBlock.editor`."""
        return render_editor(
            self.authored_settings(),
            due=due_of(self),
            has_due=has_due(self),
            usage_key=self.usage_key,
            author_id=visitor_id(self),
        )

    def read_editor(self, data: dict[str, Any]) -> tuple[CheckSettings, list[Problem]]:
        """See `GradedBlock.read_editor` and `settings_from_editor`."""
        settings = settings_from_editor(CheckSettings, data)
        settings = replace(
            settings,
            instructions=cleaned(settings.instructions, before=self.instructions),
            model=writable(settings.model).strip(),
        )
        return settings, settings_problems(settings)

    def saved_sentence(self) -> str:
        """See `GradedBlock.saved_sentence`."""
        return saved_sentence(api.sent_count(usage_key=self.usage_key))

    def store(self, authored: CheckSettings) -> None:
        """See `GradedBlock.store`."""
        self.display_name = authored.title
        self.instructions = authored.instructions
        self.model = authored.model
        self.weight = float(authored.weight)

    @classmethod
    def read_xml(cls, node: etree._Element) -> CheckSettings:
        """See `GradedBlock.read_xml`."""
        return settings_from_xml(node)

    def write_xml(self, node: etree._Element) -> None:
        """See `GradedBlock.write_xml`."""
        settings_to_xml(self.authored_settings(), node)

    def _model(self) -> CheckModel:
        """Return the author's model; the shipped one as long as there is a mistake in it, which `warnings` names."""
        try:
            return model_of_settings(self.authored_settings())
        except WrongModel:
            return shipped_model()

    def _preview(self, user_id: int | None) -> Fragment:
        settings = self.authored_settings()
        model = self._model()
        is_staff = companies.can_grade(user_id=user_id, course_key=self.course_key)
        context = {
            "chosen": settings,
            "instructions": safe_html(settings.instructions),
            "groups": groups_of(model, {}),
            "staff": reverse("iciinsmes:self-check-firms", args=[self.course_key]) if is_staff else "",
        }
        return self.still_page(render_to_string("iciinsmes/authoring/self_check/preview.html", context))
