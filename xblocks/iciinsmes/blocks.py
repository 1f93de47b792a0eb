"""What the XBlocks have in common: who looks, page assets, the due date of the host, what an editor gets back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.templatetags.static import static
from django.utils.translation import gettext as _
from web_fragments.fragment import Fragment
from webob import Response
from xblock.core import XBlock
from xblock.validation import Validation, ValidationMessage

from iciinsmes import zones
from iciinsmes.platform import host
from iciinsmes.problems import Problem
from iciinsmes.templating import render_to_string
from iciinsmes.trail import api as trail

_log = logging.getLogger(__name__)

EDITOR_STYLES = ("iciinsmes/iciinsmes.css", "iciinsmes/studio.css")
EDITOR_SCRIPTS = ("iciinsmes/typed.js", "iciinsmes/studio_form.js", "iciinsmes/studio_text.js", "iciinsmes/studio.js")
_DUE = "%Y-%m-%dT%H:%M"


def visitor_id(block: XBlock) -> int | None:
    """Return the id of who looks at the block; None for visitors and for hosts without a user service."""
    service = block.runtime.service(block, "user")
    if service is None:
        return None
    user_id: int | None = service.get_current_user().opt_attrs.get("edx-platform.user_id")
    return user_id


@contextmanager
def as_visitor_reads(block: XBlock) -> Iterator[None]:
    """Show moments in the visitor's zone; the platform knows the one chosen in the account without a query."""
    service = block.runtime.service(block, "user")
    chosen = service.get_current_user().opt_attrs.get("edx-platform.user_preferences") if service else None
    with zones.reading(chosen=(chosen or {}).get("time_zone") or ""):
        yield


def looking_fragment(block: XBlock, content: str, styles: Sequence[str], *, reader_id: int) -> Fragment:
    """Return a learner's page for staff who look at it through the learner's eyes: no script, nothing to press.

    Args:
        block: whose page it is.
        content: the page as the learner sees it.
        styles: paths of its styles.
        reader_id: who really looks; the trail keeps it, as it does on the desk.
    """
    trail.record(
        course_key=block.usage_key.course_key,
        verb="work_opened",
        actor_id=reader_id,
        person_id=visitor_id(block),
        subject=f"block:{block.usage_key.block_id}"[:100],
        detail={"title": block.display_name},
    )
    fragment = Fragment(render_to_string("iciinsmes/looking.html", {"content": content}))
    add_assets(fragment, styles)
    return fragment


def add_assets(fragment: Fragment, styles: Sequence[str], scripts: Sequence[str] = ()) -> None:
    """Let the page load the app's own files, once each and in this order."""
    for path in styles:
        fragment.add_css_url(static(path))
    for path in scripts:
        fragment.add_javascript_url(static(path))


def editor_fragment(content: str) -> Fragment:
    """Return an editor made from ``iciinsmes/studio.html`` with what it needs to work."""
    fragment = Fragment(content)
    add_assets(fragment, EDITOR_STYLES, EDITOR_SCRIPTS)
    fragment.initialize_js("iciStudio")
    return fragment


def refused(problems: Sequence[Problem]) -> Response:
    """Return the answer to an editor that marks every problem at its field: 400, nothing was saved."""
    body = {
        "error": "\n".join(problem.message for problem in problems),
        "problems": [asdict(problem) for problem in problems],
    }
    return Response(status=400, json_body=body, content_type="application/json", charset="UTF-8")


def with_warnings(validation: Validation, texts: Iterable[str]) -> Validation:
    """Return the validation with a yellow box in Studio, which says each of the texts."""
    for text in texts:
        validation.add(ValidationMessage(ValidationMessage.WARNING, text))
    return validation


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


def clear_learner(block: XBlock, *, user_id: str, asked_by: str, clear: Callable[[int], None]) -> None:
    """Remove what a learner did in a block for good, and the grade.

    Args:
        block: where.
        user_id: the learner, by the id that the host gives to third parties.
        asked_by: who asked for it, by such an id; the host has checked that this person may.
        clear: removes it, given the learner's own id.
    """
    usage_key = block.usage_key
    learner_id = host().user_behind(user_id, usage_key.course_key)
    if learner_id is None:
        _log.warning("Nothing cleared in %s: nobody is behind the id %s", usage_key, user_id)
        return
    with transaction.atomic():
        clear(learner_id)
        host().forget_result(user_id=learner_id, usage_key=usage_key)
    _log.info("What user %s did in %s was cleared for %s", learner_id, usage_key, asked_by)
