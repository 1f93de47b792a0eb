"""Rows as the data that the room hands out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iciinsmes.lib.json_data import from_json, to_json

from .data import CheckData, CheckLine, CheckSettings, ItemAnswer
from .model_file import from_stored
from .models import Check, CheckBlock


def answers_to_json(answers: Mapping[str, ItemAnswer]) -> dict[str, Any]:
    """Write answers as a row keeps them."""
    return {code: to_json(answer) for code, answer in answers.items()}


def answers_of(row: Check) -> dict[str, ItemAnswer]:
    """Read the answers of a row."""
    return {code: from_json(ItemAnswer, content) for code, content in row.answers.items()}


def settings_of(row: CheckBlock) -> CheckSettings:
    """Read what the author chose; the model stands in its version."""
    return from_json(CheckSettings, row.settings)


def check_data(row: Check) -> CheckData:
    """Return a row, read with its block and version."""
    return CheckData(
        id=row.id,
        owner_id=row.owner_id,
        course_key=row.course_key,
        usage_key=row.block.usage_key,
        company_id=row.company_id,
        number=row.number,
        title=settings_of(row.block).title,
        model=from_stored(row.version.content),
        version=row.version.content_hash,
        answers=answers_of(row),
        saved_at=row.saved_at,
        sent_at=row.sent_at,
    )


def check_line(row: Check) -> CheckLine:
    """Return a sent row for a list, read with its block."""
    return CheckLine(id=row.id, title=settings_of(row.block).title, sent_at=row.sent_at or row.saved_at)
