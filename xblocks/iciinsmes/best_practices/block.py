"""The XBlock `best_practice_cases`: cases of the library that an author chooses, as cards in a unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Float, Integer, Scope, String

from iciinsmes.authoring.base import visitor_id
from iciinsmes.authoring.settings import settings_from_editor
from iciinsmes.authoring.settings_block import SettingsBlock
from iciinsmes.companies import api as companies
from iciinsmes.lib.author_html import safe_html
from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import host

from . import api, authoring
from .authoring import editor_selects, missing_cases
from .data import CasesBlockSettings
from .outline import block_outline, search_texts
from .page import cards_context


class BestPracticeCasesBlock(SettingsBlock):
    """A window on the library of best practices."""

    settings_class = CasesBlockSettings
    room_api = api
    room_authoring = authoring
    authoring_folder = "best_practices"

    display_name = String(
        default=gettext_noop("Best practices"), scope=Scope.settings, help=gettext_noop("Title of the block.")
    )
    weight = Float(
        default=0.0,
        scope=Scope.settings,
        help=gettext_noop("What the block is worth in the gradebook once it is done, in points."),
    )
    cases = String(
        default="",
        scope=Scope.content,
        help=gettext_noop("Names of single cases, such as dk1 pl2; empty for those that fit."),
    )
    country = String(default="", scope=Scope.content, help=gettext_noop("Only cases of this country, such as DK."))
    trade = String(default="", scope=Scope.content, help=gettext_noop("Only cases of this trade."))
    phase = String(default="", scope=Scope.content, help=gettext_noop("Only cases of this phase."))
    trigger = String(default="", scope=Scope.content, help=gettext_noop("Only cases that this has started."))
    instrument = String(default="", scope=Scope.content, help=gettext_noop("Only cases with this, such as T05."))
    count = Integer(default=3, scope=Scope.content, help=gettext_noop("How many cases are shown, 1 to 12."))

    page_styles = ("iciinsmes/iciinsmes.css", "iciinsmes/practice.css")
    page_scripts = ("iciinsmes/zone.js",)
    search_kind = "Best practices"
    own_attributes = (
        "display_name",
        "weight",
        "instructions",
        "cases",
        "country",
        "trade",
        "phase",
        "trigger",
        "instrument",
        "count",
    )

    def authored(self) -> CasesBlockSettings:
        """See `GradedBlock.authored`."""
        return CasesBlockSettings(
            title=self.display_name,
            instructions=self.instructions,
            cases=tuple(self.cases.split()),
            country=self.country,
            trade=self.trade,
            phase=self.phase,
            trigger=self.trigger,
            instrument=self.instrument,
            count=self.count,
            weight=Decimal(str(self.weight)),
        )

    @XBlock.supports("multi_device")
    def student_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show the cases; learners can say that they have read them."""
        user_id = visitor_id(self)
        if user_id is None or host().is_draft(self):
            return self.author_view()
        settings = self.authored()
        is_learner = companies.can_work(user_id=user_id, course_key=self.course_key)
        if not is_learner:
            return self.author_view()
        if api.block_settings(usage_key=self.usage_key) != settings:
            # Nobody has published it since the add-on came.
            self.freeze()
        is_done = self.points_of(user_id) is not None
        return self.learners_page(self._content(settings, is_learner=True, is_done=is_done))

    def author_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show everybody but learners the same cases."""
        return self.still_page(self._content(self.authored()))

    def student_view_data(self, _context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the block for apps; the same for everybody."""
        settings = self.authored()
        return block_outline(settings, api.cases_for(settings=settings))

    def own_outline(self) -> dict[str, Any] | None:
        """See `GradedBlock.own_outline`."""
        user_id = visitor_id(self)
        if user_id is None or not companies.can_work(user_id=user_id, course_key=self.course_key):
            return None
        return {"done": self.points_of(user_id) is not None}

    def editor_choices(self, settings: CasesBlockSettings) -> dict[str, Any]:
        """See `SettingsBlock.editor_choices`."""
        return {"cases": " ".join(settings.cases), "selects": editor_selects(settings)}

    def settings_sent(self, data: dict[str, Any]) -> CasesBlockSettings:
        """See `SettingsBlock.settings_sent`: names of cases in one line, and the rest."""
        cases = str(data["cases"]).replace(",", " ").lower().split()
        return settings_from_editor(CasesBlockSettings, {**data, "cases": cases})

    def nothing_here(self) -> str:
        """See `GradedBlock.nothing_here`."""
        return _("You do not learn in this course.")

    def warnings(self) -> list[str]:
        """See `GradedBlock.warnings`."""
        settings = self.authored()
        problems = [problem.message for problem in authoring.settings_problems(settings) if problem.place != "cases"]
        return [*problems, *missing_cases(settings)]

    def search_texts(self) -> dict[str, str]:
        """See `GradedBlock.search_texts`."""
        settings = self.authored()
        return search_texts(settings, api.cases_for(settings=settings))

    def store(self, authored: CasesBlockSettings) -> None:
        """See `GradedBlock.store`."""
        super().store(authored)
        self.cases = " ".join(authored.cases)
        self.country = authored.country
        self.trade = authored.trade
        self.phase = authored.phase
        self.trigger = authored.trigger
        self.instrument = authored.instrument
        self.count = authored.count

    def _content(self, settings: CasesBlockSettings, *, is_learner: bool = False, is_done: bool = False) -> str:
        context = {
            **cards_context(api.cases_for(settings=settings), self.course_key, block=str(self.usage_key)),
            "chosen": settings,
            "instructions": safe_html(settings.instructions),
            "is_learner": is_learner,
            "is_done": is_done,
        }
        return render_to_string("iciinsmes/best_practices/block.html", context)
