"""Sentences shown in place of a block that cannot be shown, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def unknown_kind(kind: str) -> StrOrPromise:
    """Say that no installed block answers to the tag ``kind``."""
    return format_lazy(_lazy("This campus cannot show parts of the kind “{kind}”."), kind=kind)


def unreadable(detail: str) -> StrOrPromise:
    """Say that the author's files have a mistake; ``detail`` names the file and the mistake."""
    return format_lazy(_lazy("The course file of this part has a mistake: {detail}"), detail=detail)


def failed(kind: str) -> StrOrPromise:
    """Say that a block of this kind stopped with an error of its own."""
    return format_lazy(_lazy("A part of the kind “{kind}” stopped with an error. It was logged."), kind=kind)


def scripted() -> StrOrPromise:
    """Say why a scripted problem is refused."""
    return _lazy("This problem contains its author's program code. The campus does not run such code.")


def duplicate(name: str) -> StrOrPromise:
    """Say that two blocks share one name."""
    return format_lazy(_lazy("Another part of this course already has the url_name “{name}”."), name=name)


def notice_html(*, kind: str, text: StrOrPromise) -> SafeString:
    """Return the visible notice that stands where the block would be.

    Args:
        kind: the block's tag, named to the reader.
        text: one of this module's sentences.
    """
    return format_html(
        '<div class="note warn courseware-notice" role="note" data-kind="{}"><p><strong>{}</strong></p><p>{}</p></div>',
        kind,
        _("This part cannot be shown here."),
        text,
    )
