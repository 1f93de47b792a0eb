"""The XBlock `early_warning`: the indicators that an author chooses, with the figures of the visitor's own firm."""

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
from iciinsmes.authoring.settings import settings_from_editor
from iciinsmes.authoring.settings_block import SettingsBlock
from iciinsmes.companies import api as companies
from iciinsmes.lib.author_html import safe_html
from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import host

from . import api, authoring
from .data import WarningBlockSettings, WarningDoneWhen
from .errors import NotAllowedHere
from .indicators import INDICATORS
from .labels import TITLES, title_of
from .outline import block_outline, firm_outline, search_texts
from .page import window_context

#: How the editor names the tick of an indicator.
_SHOWS = "shows_"


class EarlyWarningBlock(SettingsBlock):
    """A window on the early warning of the visitor's firm."""

    settings_class = WarningBlockSettings
    room_api = api
    room_authoring = authoring
    authoring_folder = "early_warning"

    display_name = String(
        default=gettext_noop("Early warning"), scope=Scope.settings, help=gettext_noop("Title of the block.")
    )
    weight = Float(
        default=1.0,
        scope=Scope.settings,
        help=gettext_noop("What the block is worth in the gradebook once it is done, in points."),
    )
    indicators = String(
        default="",
        scope=Scope.content,
        help=gettext_noop("Keys of the indicators that are shown, such as E1 E4; empty for those that the firm keeps."),
    )
    done_when = String(
        default=WarningDoneWhen.MONTH.value,
        scope=Scope.settings,
        help=gettext_noop("When the block is done: month, or alarm."),
    )

    page_styles = ("iciinsmes/iciinsmes.css", "iciinsmes/projects.css", "iciinsmes/early_warning.css")
    page_scripts = ("iciinsmes/zone.js",)
    search_kind = "Early warning"
    own_attributes = ("display_name", "weight", "instructions", "indicators", "done_when")

    def authored(self) -> WarningBlockSettings:
        """See `GradedBlock.authored`; what only a newer version of the add-on knows is left out here."""
        return WarningBlockSettings(
            title=self.display_name,
            instructions=self.instructions,
            indicators=tuple(key for key in self.indicators.split() if key in INDICATORS),
            done_when=WarningDoneWhen.ALARM if self.done_when == WarningDoneWhen.ALARM else WarningDoneWhen.MONTH,
            weight=Decimal(str(self.weight)),
        )

    @XBlock.supports("multi_device")
    def student_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show members of a firm its indicators, and everybody else what the block is about."""
        user_id = visitor_id(self)
        if user_id is None or host().is_draft(self):
            return self._preview()
        settings = self.authored()
        try:
            reader = api.own_company(user_id=user_id, course_key=self.course_key)
        except NotAllowedHere:
            return self._preview(self._ways(user_id))
        self._catch_up(reader, user_id, settings)
        page = api.firm_page(
            company_id=reader.company_id, user_id=user_id, course_key=self.course_key, only=settings.indicators
        )
        judged = api.charts_for(company_id=reader.company_id, keys=settings.indicators or page.watch.kept)
        with as_visitor_reads(self):
            context = {
                **window_context(page, self.course_key, judged),
                "chosen": settings,
                "instructions": safe_html(settings.instructions),
            }
            content = render_to_string("iciinsmes/early_warning/block.html", context)
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
        try:
            reader = api.own_company(user_id=user_id, course_key=self.course_key)
            page = api.firm_page(company_id=reader.company_id, user_id=user_id, course_key=self.course_key)
        except NotAllowedHere:
            return None
        return firm_outline(page, is_done=user_id is not None and self.points_of(user_id) is not None)

    def editor_choices(self, settings: WarningBlockSettings) -> dict[str, Any]:
        """See `SettingsBlock.editor_choices`."""
        return {
            "indicators": [(f"{_SHOWS}{key}", title_of(key), key in settings.indicators) for key in INDICATORS],
            "done": (
                (WarningDoneWhen.MONTH.value, _("when the firm has entered its first month")),
                (WarningDoneWhen.ALARM.value, _("when the firm has answered an alarm")),
            ),
            "done_when": settings.done_when.value,
        }

    def settings_sent(self, data: dict[str, Any]) -> WarningBlockSettings:
        """See `SettingsBlock.settings_sent`: a tick for each indicator, and the rest."""
        shown = [key for key in INDICATORS if data.get(f"{_SHOWS}{key}") is True]
        rest = {name: value for name, value in data.items() if not name.startswith(_SHOWS)}
        return settings_from_editor(WarningBlockSettings, {**rest, "indicators": shown})

    def nothing_here(self) -> str:
        """See `GradedBlock.nothing_here`."""
        return _("There is no early warning of your firm here.")

    def search_texts(self) -> dict[str, str]:
        """See `GradedBlock.search_texts`."""
        return search_texts(self.authored())

    def store(self, authored: WarningBlockSettings) -> None:
        """See `GradedBlock.store`."""
        super().store(authored)
        self.indicators = " ".join(authored.indicators)
        self.done_when = authored.done_when.value

    def _catch_up(self, reader: api.CompanyReader, user_id: int, settings: WarningBlockSettings) -> None:
        """Freeze a block that nobody has published since the add-on came, and complete it for who has joined since."""
        if api.block_settings(usage_key=self.usage_key) != settings:
            self.freeze()
        if api.done_points(user_id=user_id, usage_key=self.usage_key) is None:
            api.settle(company_id=reader.company_id, user_ids=[user_id])

    def _ways(self, user_id: int) -> tuple[tuple[str, str], ...]:
        """Return where somebody without a firm in this run can go instead, as words and address."""
        coached = companies.coached_companies(user_id=user_id, course_key=self.course_key)
        ways = [
            (each.company.name, reverse("iciinsmes:early-warning-firm", args=[self.course_key, each.company.id]))
            for each in coached
        ]
        if not ways and companies.can_work(user_id=user_id, course_key=self.course_key):
            ways.append((_("Join your firm, or register it"), reverse("iciinsmes:company", args=[self.course_key])))
        return tuple(ways)

    def _preview(self, ways: tuple[tuple[str, str], ...] = ()) -> Fragment:
        return self.preview_page(titles=[TITLES[key] for key in self.authored().indicators], ways=ways)
