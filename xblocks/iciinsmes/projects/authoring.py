"""What an author chose for a block: read from the editor, and what makes it a good choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from iciinsmes.authoring.olx_values import writable
from iciinsmes.authoring.problems import Problem
from iciinsmes.lib.json_data import from_json

from .data import BlockSettings, Gate

#: The largest weight that makes sense anywhere.
_MOST_POINTS = Decimal(100_000)


def settings_from_editor(data: Mapping[str, Any]) -> BlockSettings:
    """Read what the editor sends: settings as `json_data.to_json` writes them.

    Raises:
        KeyError, TypeError, ValueError: no editor sends this.
    """
    settings = from_json(BlockSettings, data)
    return replace(
        settings,
        title=writable(settings.title).strip(),
        instructions=writable(settings.instructions).strip(),
    )


def settings_problems(settings: BlockSettings) -> list[Problem]:
    """Return what an author must mend before learners see the block, in the active language; empty if all is well."""
    return list(_problems(settings))


def _problems(settings: BlockSettings) -> Iterator[Problem]:
    if not settings.title:
        yield Problem("title", _("The block needs a title."))
    if len(settings.title) > 255:
        yield Problem("title", _("The title is longer than 255 characters."))
    if settings.gate not in list(Gate):
        yield Problem("gate", _("A gate is a number from 0 to 8."))
    if not 0 <= settings.weight <= _MOST_POINTS:
        yield Problem("weight", _("The weight must be a number from 0 to 100000."))
