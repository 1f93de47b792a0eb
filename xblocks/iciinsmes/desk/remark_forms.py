"""A comment as the page sends it, and the part of the page that it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from iciinsmes.assignments.api import ShownRound
from iciinsmes.assignments.data import RoundData
from iciinsmes.evidence.kinds import PAGED
from iciinsmes.feedback.api import found_at, plain
from iciinsmes.feedback.data import PLACES, Anchor
from iciinsmes.feedback.errors import WrongPlace
from iciinsmes.lib.untrusted import whole_number

_MAX_PAGE = 9_999


@dataclass(frozen=True)
class TypedRemark:
    """What was sent and could not be kept; ``remark_id`` is None for a new comment.

    ``revision`` is the one to write over where another tab was faster, and ``other`` what that one wrote.
    """

    place: str
    target: str
    text: str
    problem: str
    quote: str = ""
    page: str = ""
    remark_id: UUID | None = None
    revision: int | None = None
    other: str = ""


def place_in(row: RoundData, sent: Mapping[str, Any]) -> tuple[str, str]:
    """Return the place that the page names, if the round has it.

    Raises:
        WrongPlace: it has not.
    """
    place, target = str(sent.get("place", "")), str(sent.get("target", ""))
    known = {
        "answer": {question.key for question in row.task.questions},
        "file": {str(file.id) for file in row.files},
        "item": {str(item.id) for item in row.items},
    }
    if place not in PLACES or target not in known[place]:
        raise WrongPlace(_("This place is not in the round. Reload the page."))
    return place, target


def anchor_in(row: RoundData, sent: Mapping[str, Any]) -> Anchor:
    """Return where a comment is to stand, found in what was handed in.

    Raises:
        WrongPlace: the round does not have the place, the passage or the page.
    """
    place, target = place_in(row, sent)
    if place == "answer":
        quote = plain(str(sent.get("quote", ""))).strip("\n")
        if not quote.strip():
            return Anchor(place=place, target=target)
        start = found_at(plain(row.answers.get(target, "")), quote, whole_number(sent.get("start")))
        if start is None:
            raise WrongPlace(_("These words do not stand in the answer. Mark them there, or leave the field empty."))
        return Anchor(place=place, target=target, start=start, quote=quote)
    return Anchor(place=place, target=target, page=_page(row, place, target, str(sent.get("page", "")).strip()))


def part_context(shown: ShownRound, place: str, target: str) -> dict[str, Any]:
    """Return what the part of the page at one place shows."""
    context: dict[str, Any] = {"place": place, "target": target}
    everything = [shown.evidence, *(answer.evidence for answer in shown.answers)]
    if place == "answer":
        answer = next(answer for answer in shown.answers if answer.key == target)
        return context | {"text": answer.text, "remarks": answer.remarks, "name": answer.title}
    if place == "file":
        file = next(file for each in everything for file in each.files if str(file.id) == target)
        return context | {"remarks": file.remarks, "is_paged": file.is_paged, "name": file.name}
    item = next(item for each in everything for item in each.items if str(item.data.id) == target)
    return context | {"remarks": item.remarks, "name": item.data.label}


def _page(row: RoundData, place: str, target: str, text: str) -> int:
    paged = place == "file" and any(str(file.id) == target and file.content_type == PAGED for file in row.files)
    if not text or not paged:
        return 0
    number = whole_number(text)
    if number is None or not 1 <= number <= _MAX_PAGE:
        raise WrongPlace(_("Write the number of a page, or leave the field empty."))
    return number
