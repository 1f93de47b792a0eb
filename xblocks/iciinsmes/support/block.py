"""The XBlock `support_directory`: at most three offers that fit the visitor's firm, and whom it has asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Float, Scope, String

from iciinsmes.authoring.base import as_visitor_reads, visitor_id
from iciinsmes.authoring.settings_block import SettingsBlock
from iciinsmes.lib.author_html import safe_html
from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import host

from . import api, authoring
from .data import STAGES, DoneWhen, Need, Reader, SupportBlockSettings
from .errors import NotAllowedInDirectory
from .labels import NEEDS, caution
from .outline import block_outline, own_outline, search_texts
from .page import referral_context


class SupportDirectoryBlock(SettingsBlock):
    """A window on the directory of support."""

    settings_class = SupportBlockSettings
    room_api = api
    room_authoring = authoring
    authoring_folder = "support_directory"

    display_name = String(
        default=gettext_noop("Who helps"), scope=Scope.settings, help=gettext_noop("Title of the block.")
    )
    weight = Float(
        default=1.0,
        scope=Scope.settings,
        help=gettext_noop("What the block is worth in the gradebook once it is done, in points."),
    )
    need = String(
        default="",
        scope=Scope.content,
        help=gettext_noop("What is looked for, such as talk or digital; empty lets the learner choose."),
    )
    stage = String(
        default="",
        scope=Scope.content,
        help=gettext_noop("Stage of a project, G0 to G8; empty for that of the learner's firm."),
    )
    done_when = String(
        default=DoneWhen.CONTACTED.value,
        scope=Scope.settings,
        help=gettext_noop("When the block is done: contacted, or answered."),
    )

    page_styles = ("iciinsmes/iciinsmes.css", "iciinsmes/support.css")
    page_scripts = ("iciinsmes/zone.js",)
    search_kind = "Support directory"
    own_attributes = ("display_name", "weight", "instructions", "need", "stage", "done_when")

    def authored(self) -> SupportBlockSettings:
        """See `GradedBlock.authored`; what only a newer version of the add-on knows is left out here."""
        return SupportBlockSettings(
            title=self.display_name,
            instructions=self.instructions,
            need=self.need if self.need in {need.value for need in Need} else "",
            stage=self.stage if self.stage in STAGES else "",
            done_when=DoneWhen.ANSWERED if self.done_when == DoneWhen.ANSWERED else DoneWhen.CONTACTED,
            weight=Decimal(str(self.weight)),
        )

    @XBlock.supports("multi_device")
    def student_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show learners what fits their firm, and everybody else what the block is about."""
        user_id, settings = visitor_id(self), self.authored()
        reader = self._learner(user_id)
        if reader is None or host().is_draft(self):
            return self._preview()
        self._catch_up(reader, settings)
        with as_visitor_reads(self):
            context = {
                **referral_context(reader, self.course_key, need=settings.need, stage=settings.stage),
                "chosen": settings,
                "instructions": safe_html(settings.instructions),
            }
            content = render_to_string("iciinsmes/support/block.html", context)
        return self.learners_page(content)

    def author_view(self, _context: dict[str, Any] | None = None) -> Fragment:
        """Show authors in Studio what the block is about."""
        return self._preview()

    def student_view_data(self, _context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the block for apps; hosts ask once for everybody, so there is nothing of a firm in it."""
        return block_outline(self.authored())

    def own_outline(self) -> dict[str, Any] | None:
        """See `GradedBlock.own_outline`."""
        reader, settings = self._learner(visitor_id(self)), self.authored()
        if reader is None:
            return None
        want = api.want_of(
            reader=reader,
            course_key=self.course_key,
            need=settings.need,
            stage=settings.stage,
            language=get_language() or "",
        )
        return own_outline(
            api.refer(want=want),
            api.contacts_of(reader=reader, course_key=self.course_key),
            is_done=self.points_of(reader.user_id) is not None,
        )

    def editor_choices(self, settings: SupportBlockSettings) -> dict[str, Any]:
        """See `SettingsBlock.editor_choices`."""
        return {
            "needs": (("", _("the learner chooses")), *((need.value, words) for need, words in NEEDS.items())),
            "stages": (("", _("that of the firm's project")), *((stage, stage) for stage in STAGES)),
            "done": (
                (DoneWhen.CONTACTED.value, _("when the learner has contacted somebody")),
                (DoneWhen.ANSWERED.value, _("when the learner has said what came of it")),
            ),
            "done_when": settings.done_when.value,
        }

    def nothing_here(self) -> str:
        """See `GradedBlock.nothing_here`."""
        return _("There is no directory for you here.")

    def search_texts(self) -> dict[str, str]:
        """See `GradedBlock.search_texts`."""
        return search_texts(self.authored())

    def store(self, authored: SupportBlockSettings) -> None:
        """See `GradedBlock.store`."""
        super().store(authored)
        self.need = authored.need
        self.stage = authored.stage
        self.done_when = authored.done_when.value

    def _learner(self, user_id: int | None) -> Reader | None:
        """Return the visitor as a learner of the run; None for everybody else."""
        try:
            reader = api.reader_of(user_id=user_id, course_key=self.course_key)
        except NotAllowedInDirectory:
            return None
        return reader if reader.learns else None

    def _catch_up(self, reader: Reader, settings: SupportBlockSettings) -> None:
        """Freeze a block that nobody has published since the add-on came, and complete it for who was done before."""
        if api.block_settings(usage_key=self.usage_key) != settings:
            self.freeze()
        if api.done_points(user_id=reader.user_id, usage_key=self.usage_key) is None:
            api.settle(user_id=reader.user_id, course_key=self.course_key)

    def _preview(self) -> Fragment:
        need = self.authored().need
        return self.preview_page(need=NEEDS[Need(need)] if need else "", caution=caution())
