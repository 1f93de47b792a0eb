"""What an assessment was released with, as it is stored in it, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from .data import Anchor, FeedbackData, GivenFile, RemarkData


def to_json(said: FeedbackData) -> dict[str, Any]:
    """Write comments and files as JSON; what was removed from the draft leaves no gap in the numbers."""
    numbered = [replace(each, number=number) for number, each in enumerate(said.remarks, start=1)]
    return {
        "remarks": [{**asdict(each), "id": str(each.id)} for each in numbered],
        "files": [{**asdict(each), "id": str(each.id)} for each in said.files],
    }


def from_json(content: Mapping[str, Any]) -> FeedbackData:
    """Read what `to_json` wrote; nothing stands for an assessment without any."""
    return FeedbackData(
        remarks=tuple(
            RemarkData(**{**each, "id": UUID(each["id"]), "anchor": Anchor(**each["anchor"])})
            for each in content.get("remarks", ())
        ),
        files=tuple(GivenFile(**{**each, "id": UUID(each["id"])}) for each in content.get("files", ())),
    )
