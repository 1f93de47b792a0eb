"""Rows of cases as data, and back."""

from __future__ import annotations

from typing import Any

from iciinsmes.lib.json_data import from_json, to_json

from .data import CaseProposal, CaseState, Content
from .models import PracticeCase
from .rules import column_of, searched_text

#: What a case is that says nothing any more.
NOTHING = Content(title="", about="", country="", trade="", size="", phase="", trigger="", monday="", lines=())


def proposal_of(row: PracticeCase, *, link: str = "") -> CaseProposal:
    """Return a row as its members and the staff see it; the link is for members."""
    return CaseProposal(
        id=row.pk,
        project_id=row.project_id,
        company_id=row.company_id,
        course_key=row.course_key,
        state=CaseState(row.state),
        content=from_json(Content, row.content) if row.content else NOTHING,
        is_named=row.is_named,
        proposed_by=row.proposed_by_id,
        changed_at=row.changed_at,
        owner=row.owner,
        agreed_at=row.agreed_at,
        reason=row.reason,
        revision=row.revision,
        link=link,
        link_until=row.link_until,
    )


def columns_of(content: Content) -> dict[str, Any]:
    """Return a content as the columns of its row."""
    return {
        "content": to_json(content),
        "country": content.country,
        "trade": content.trade.casefold()[:120],
        "size": content.size,
        "phase": content.phase,
        "trigger": content.trigger,
        "instruments": column_of(content.instruments),
        "searched": searched_text(content),
    }


def emptied() -> dict[str, Any]:
    """Return the columns of a case that was taken back: no word of it is kept, and no name."""
    nothing = dict.fromkeys(("country", "trade", "size", "phase", "trigger", "instruments", "searched"), "")
    return {**nothing, "content": {}, "owner": "", "is_named": False, "published_at": None, "reason": ""}
