"""The base of blocks for which an author chooses settings: a title, a text, points, and what the room adds to them.

A room says what it adds and what learners see; how it is edited, stored, frozen, booked and cleared is said once, here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, Protocol

from django.utils.translation import gettext_noop
from lxml import etree
from opaque_keys.edx.keys import CourseKey, UsageKey
from web_fragments.fragment import Fragment
from xblock.fields import Scope, String

from iciinsmes.lib.author_html import cleaned, safe_html
from iciinsmes.lib.decimals import plain
from iciinsmes.lib.templating import render_to_string

from .base import GradedBlock, visitor_id
from .host_mixins import Points
from .problems import Problem
from .settings import settings_from_editor
from .studio import due_of, due_text, has_due


class RoomApi(Protocol):
    """What the room's door does for its block; see `kept_blocks`."""

    def freeze_block(
        self,
        *,
        usage_key: UsageKey,
        course_key: CourseKey,
        settings: Any,
        others: Mapping[str, Any] | None = None,
    ) -> None:
        """Make ``settings`` what counts for a block from now on, ``others`` being how they read in other languages."""

    def done_points(self, *, user_id: int, usage_key: UsageKey) -> Points | None:
        """Return the points of a block that is done for a person; None before."""

    def clear_block(self, *, user_id: int, usage_key: UsageKey) -> None:
        """Let a block be not done for a person."""


class RoomAuthoring(Protocol):
    """What the room says of an author's choice, and how it stands in a course's XML."""

    def settings_problems(self, settings: Any) -> list[Problem]:
        """Return what an author must mend before learners see the block."""

    def settings_from_xml(self, node: etree._Element) -> Any:
        """Return what an element says; raises `OlxError`."""

    def settings_to_xml(self, settings: Any, node: etree._Element) -> None:
        """Write settings so that `settings_from_xml` reads equal ones."""


class SettingsBlock(GradedBlock):
    """A block of which an author chooses the settings.

    A block that inherits it has what `GradedBlock` asks for: its fields, ``authored`` and ``store``, views for
    learners, authors and apps. Here it names its class of settings, the modules of its room, and its templates.
    """

    settings_class: ClassVar[type[Any]]
    room_api: RoomApi
    room_authoring: RoomAuthoring
    #: Below ``iciinsmes/authoring``, with ``editor.html`` and ``preview.html``.
    authoring_folder: ClassVar[str]

    instructions = String(default="", scope=Scope.content, help=gettext_noop("What learners read first, as HTML."))

    def editor_choices(self, _settings: Any) -> dict[str, Any]:
        """Return what the editor shows of these settings, besides what all editors do."""
        return {}

    def settings_sent(self, data: dict[str, Any]) -> Any:
        """Return what the editor sends; see `settings_from_editor`."""
        return settings_from_editor(self.settings_class, data)

    def freeze(self) -> None:
        """See `GradedBlock.freeze`."""
        settings, others = self.written()
        self.room_api.freeze_block(
            usage_key=self.usage_key, course_key=self.course_key, settings=settings, others=others
        )

    def points_of(self, user_id: int) -> Points | None:
        """See `GradedBlock.points_of`."""
        return self.room_api.done_points(user_id=user_id, usage_key=self.usage_key)

    def clear(self, learner_id: int) -> None:
        """See `GradedBlock.clear`."""
        self.room_api.clear_block(user_id=learner_id, usage_key=self.usage_key)

    def warnings(self) -> list[str]:
        """See `GradedBlock.warnings`."""
        return [problem.message for problem in self.room_authoring.settings_problems(self.authored())]

    def editor(self) -> str:
        """See `GradedBlock.editor`."""
        settings = self.authored()
        context = {
            "usage_key": self.usage_key,
            "author_id": visitor_id(self) or "",
            "chosen": settings,
            "weight": plain(settings.weight),
            "due": due_text(due_of(self)),
            "has_due": has_due(self),
            **self.editor_choices(settings),
        }
        return render_to_string(f"iciinsmes/authoring/{self.authoring_folder}/editor.html", context)

    def read_editor(self, data: dict[str, Any]) -> tuple[Any, list[Problem]]:
        """See `GradedBlock.read_editor` and `settings_sent`."""
        settings = self.settings_sent(data)
        settings = replace(settings, instructions=cleaned(settings.instructions, before=self.instructions))
        return settings, self.room_authoring.settings_problems(settings)

    def saved_sentence(self) -> str:
        """See `GradedBlock.saved_sentence`: whoever has done the block has, so nothing keeps older settings."""
        return ""

    def store(self, authored: Any) -> None:
        """See `GradedBlock.store`."""
        self.display_name = authored.title
        self.instructions = authored.instructions
        self.weight = float(authored.weight)

    @classmethod
    def read_xml(cls, node: etree._Element) -> Any:
        """See `GradedBlock.read_xml`."""
        return cls.room_authoring.settings_from_xml(node)

    def write_xml(self, node: etree._Element) -> None:
        """See `GradedBlock.write_xml`."""
        self.room_authoring.settings_to_xml(self.authored(), node)

    def preview_page(self, **more: Any) -> Fragment:
        """Return what everybody but learners sees.

        Args:
            more: what the template shows besides the settings.
        """
        settings = self.authored()
        context = {"chosen": settings, "instructions": safe_html(settings.instructions), **more}
        return self.still_page(render_to_string(f"iciinsmes/authoring/{self.authoring_folder}/preview.html", context))
