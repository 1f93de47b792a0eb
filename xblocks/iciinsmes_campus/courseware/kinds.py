"""Which class answers to which tag of a course."""

from __future__ import annotations

import functools
from typing import Any

from django.utils.translation import gettext_noop as _
from web_fragments.fragment import Fragment
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock, XBlockMixin
from xblock.fields import Boolean, Date, Scope, String
from xblock.plugin import PluginMissingError

from iciinsmes.lib.author_html import safe_html

from .errors import UnknownKind

# xblocks-contrib registers its blocks under names of their own; courses use the platform's.
ALIASES = {"html": "_html_extracted", "problem": "_problem_extracted"}


class InheritedFields(XBlockMixin):
    """What the platform mixes into every block: settings that containers hand down, and old names of the keys."""

    start = Date(help=_("When the part opens."), default=None, scope=Scope.settings)
    due = Date(help=_("When work in the part is due."), default=None, scope=Scope.settings)
    graded = Boolean(help=_("Whether results count for the course grade."), default=False, scope=Scope.settings)
    format = String(help=_("The line of the grading policy this counts for."), default="", scope=Scope.settings)
    visible_to_staff_only = Boolean(help=_("Whether learners never see it."), default=False, scope=Scope.settings)

    @property
    def location(self) -> Any:
        """Return the usage key under its old name."""
        return self.scope_ids.usage_id

    @property
    def course_id(self) -> Any:
        """Return the course key under its old name."""
        return self.scope_ids.usage_id.course_key


class StructureBlock(XBlock):
    """A container: shows its children one after the other."""

    has_children = True
    completion_mode = XBlockCompletionMode.AGGREGATOR

    display_name = String(help=_("The title people see."), default="", scope=Scope.settings)

    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """Show every child, each wrapped by the runtime."""
        fragment = Fragment()
        for child in self.runtime.render_children(self, "student_view", context):
            fragment.add_content(child.content)
            fragment.add_fragment_resources(child)
        return fragment


class CourseBlock(StructureBlock):
    """The root of a course run."""

    end = Date(help=_("When the course run ends."), default=None, scope=Scope.settings)
    language = String(help=_("The language of the texts."), default="en", scope=Scope.settings)


STRUCTURE: dict[str, type[StructureBlock]] = {
    "course": CourseBlock,
    "chapter": StructureBlock,
    "sequential": StructureBlock,
    "vertical": StructureBlock,
}


def load_kind(block_type: str) -> Any:
    """Return the class for a tag.

    Raises:
        UnknownKind: if no installed package answers to it.
        Exception: whatever the package raises while it is imported.
    """
    if block_type in STRUCTURE:
        return STRUCTURE[block_type]
    try:
        if block_type == "problem":
            return _problem()
        if block_type == "html":
            return _text()
        return XBlock.load_class(ALIASES.get(block_type, block_type))
    except PluginMissingError as error:
        raise UnknownKind(block_type) from error


@functools.cache
def _text() -> Any:
    return text_class(XBlock.load_class(ALIASES["html"]))


@functools.cache
def _problem() -> Any:
    from .problem import problem_class  # capa and its numerics load only when a course has a problem

    return problem_class(XBlock.load_class(ALIASES["problem"]))


def text_class(base: Any) -> Any:
    """Return the campus' version of xblocks-contrib's text class ``base``."""

    class HtmlBlock(base):
        """The same block; what its author wrote is cleaned, with all that is filled into it."""

        def get_html(self) -> str:
            """Return the text as readers may have it."""
            return str(safe_html(super().get_html() or ""))

    # The module must stay the base's: XBlock finds a block's files beside the module of its class.
    HtmlBlock.__module__ = base.__module__
    return HtmlBlock
