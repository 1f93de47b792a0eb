"""Studio's part of a block: the page of its editor, and the due date that the host keeps for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _
from web_fragments.fragment import Fragment
from xblock.core import XBlock

from .problems import Problem

EDITOR_STYLES = ("iciinsmes/iciinsmes.css", "iciinsmes/authoring/editor.css")
EDITOR_SCRIPTS = (
    "iciinsmes/typed.js",
    "iciinsmes/authoring/form.js",
    "iciinsmes/authoring/text.js",
    "iciinsmes/authoring/editor.js",
)
#: As the editor's box holds a moment.
_DUE = "%Y-%m-%dT%H:%M"


def add_assets(fragment: Fragment, styles: Sequence[str], scripts: Sequence[str] = ()) -> None:
    """Let the page load the app's own files, once each and in this order."""
    for path in styles:
        fragment.add_css_url(static(path))
    for path in scripts:
        fragment.add_javascript_url(static(path))


def editor_fragment(content: str) -> Fragment:
    """Return an editor made from ``iciinsmes/authoring/editor.html`` with what it needs to work."""
    fragment = Fragment(content)
    add_assets(fragment, EDITOR_STYLES, EDITOR_SCRIPTS)
    fragment.initialize_js("iciStudio")
    return fragment


def has_due(block: XBlock) -> bool:
    """Tell whether the host lets blocks have a due date; it is the host's own field, handed down by containers."""
    return "due" in block.fields


def due_of(block: XBlock) -> datetime | None:
    """Return when work is due."""
    return block.fields["due"].read_from(block) if has_due(block) else None


def due_text(due: datetime | None) -> str:
    """Write a due date as the editor's box holds it, in UTC; empty for none."""
    return "" if due is None else due.astimezone(UTC).strftime(_DUE)


def sent_due(block: XBlock, data: Mapping[str, Any]) -> tuple[datetime | None, list[Problem]]:
    """Return the due date that an editor sends, the present one if it says nothing new, and what is wrong with it."""
    due = due_of(block)
    text = data.get("due", due_text(due))
    if not has_due(block) or text == due_text(due):
        return due, []
    try:
        return (datetime.strptime(str(text), _DUE).replace(tzinfo=UTC) if text else None), []
    except ValueError:
        return due, [Problem("due", _("Write the whole date, with the time."))]
