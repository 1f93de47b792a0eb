"""The XBlock `best_practice_cases`: cases of the library that an author chooses, as cards in a unit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from lxml import etree
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Float, Integer, Scope, String

from iciinsmes.authoring.base import GradedBlock, visitor_id
from iciinsmes.authoring.host_mixins import Points
from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.studio import due_of, has_due
from iciinsmes.companies import api as companies
from iciinsmes.lib.author_html import cleaned, safe_html
from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import host

from . import api
from .authoring import missing_cases, settings_problems
from .data import CasesBlockSettings
from .editor import render_editor, settings_sent
from .olx import settings_from_xml, settings_to_xml
from .outline import block_outline, search_texts
from .page import cards_context


class BestPracticeCasesBlock(GradedBlock):
    """A window on the library of best practices."""

    display_name = String(
        default=gettext_noop("Best practices"), scope=Scope.settings, help=gettext_noop("Title of the block.")
    )
    weight = Float(
        default=0.0,
        scope=Scope.settings,
        help=gettext_noop("What the block is worth in the gradebook once it is done, in points."),
    )
    instructions = String(default="", scope=Scope.content, help=gettext_noop("What learners read first, as HTML."))
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

    def freeze(self) -> None:
        """See `GradedBlock.freeze`."""
        settings, others = self.written()
        api.freeze_block(usage_key=self.usage_key, course_key=self.course_key, settings=settings, others=others)

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

    def points_of(self, user_id: int) -> Points | None:
        """See `GradedBlock.points_of`."""
        return api.done_points(user_id=user_id, usage_key=self.usage_key)

    def own_outline(self) -> dict[str, Any] | None:
        """See `GradedBlock.own_outline`."""
        user_id = visitor_id(self)
        if user_id is None or not companies.can_work(user_id=user_id, course_key=self.course_key):
            return None
        return {"done": self.points_of(user_id) is not None}

    def nothing_here(self) -> str:
        """See `GradedBlock.nothing_here`."""
        return _("You do not learn in this course.")

    def clear(self, learner_id: int) -> None:
        """See `GradedBlock.clear`."""
        api.clear_block(user_id=learner_id, usage_key=self.usage_key)

    def warnings(self) -> list[str]:
        """See `GradedBlock.warnings`."""
        settings = self.authored()
        problems = [problem.message for problem in settings_problems(settings) if problem.place != "cases"]
        return [*problems, *missing_cases(settings)]

    def search_texts(self) -> dict[str, str]:
        """See `GradedBlock.search_texts`."""
        settings = self.authored()
        return search_texts(settings, api.cases_for(settings=settings))

    def editor(self) -> str:
        """See `GradedBlock.editor`."""
        return render_editor(
            self.authored(),
            due=due_of(self),
            has_due=has_due(self),
            usage_key=self.usage_key,
            author_id=visitor_id(self),
        )

    def read_editor(self, data: dict[str, Any]) -> tuple[CasesBlockSettings, list[Problem]]:
        """See `GradedBlock.read_editor` and `settings_sent`."""
        settings = settings_sent(data)
        settings = replace(settings, instructions=cleaned(settings.instructions, before=self.instructions))
        return settings, settings_problems(settings)

    def saved_sentence(self) -> str:
        """See `GradedBlock.saved_sentence`: whoever has done the block has, so nothing keeps older settings."""
        return ""

    def store(self, authored: CasesBlockSettings) -> None:
        """See `GradedBlock.store`."""
        self.display_name = authored.title
        self.instructions = authored.instructions
        self.cases = " ".join(authored.cases)
        self.country = authored.country
        self.trade = authored.trade
        self.phase = authored.phase
        self.trigger = authored.trigger
        self.instrument = authored.instrument
        self.count = authored.count
        self.weight = float(authored.weight)

    @classmethod
    def read_xml(cls, node: etree._Element) -> CasesBlockSettings:
        """See `GradedBlock.read_xml`."""
        return settings_from_xml(node)

    def write_xml(self, node: etree._Element) -> None:
        """See `GradedBlock.write_xml`."""
        settings_to_xml(self.authored(), node)

    def _content(self, settings: CasesBlockSettings, *, is_learner: bool = False, is_done: bool = False) -> str:
        context = {
            **cards_context(api.cases_for(settings=settings), self.course_key, block=str(self.usage_key)),
            "chosen": settings,
            "instructions": safe_html(settings.instructions),
            "is_learner": is_learner,
            "is_done": is_done,
        }
        return render_to_string("iciinsmes/best_practices/block.html", context)
