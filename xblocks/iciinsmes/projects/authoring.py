"""What an author sees and may choose for a block of a project."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import UsageKey

from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import title_problems, weight_problems
from iciinsmes.authoring.studio import due_text
from iciinsmes.lib.decimals import plain
from iciinsmes.lib.templating import render_to_string

from .data import Gate, ProjectBlockSettings, ProjectDoneWhen
from .labels import PARTS, gate_name


def settings_problems(settings: ProjectBlockSettings) -> list[Problem]:
    """Return what an author must mend before learners see the block, in the active language; empty if all is well."""
    return list(_problems(settings))


def _problems(settings: ProjectBlockSettings) -> Iterator[Problem]:
    yield from title_problems(settings, no_title=_("The block needs a title."))
    if settings.gate not in list(Gate):
        yield Problem("gate", _("A gate is a number from 0 to 8."))
    yield from weight_problems(settings)


def render_editor(
    settings: ProjectBlockSettings, *, due: datetime | None, has_due: bool, usage_key: UsageKey, author_id: int | None
) -> SafeString:
    """Return the editor.

    Args:
        settings: what the author chose so far.
        due: when the block is due.
        has_due: whether the host lets blocks have a due date.
        usage_key: the block.
        author_id: for whom what is typed is kept.
    """
    context = {
        "usage_key": usage_key,
        "author_id": author_id or "",
        "chosen": settings,
        "weight": plain(settings.weight),
        "parts": [(part.value, words) for part, words in PARTS.items()],
        "gates": [(gate.value, gate_name(gate)) for gate in Gate],
        "done": (
            (ProjectDoneWhen.FILLED.value, _("when the firm has entered something there")),
            (ProjectDoneWhen.GATE.value, _("when the firm has passed a gate")),
        ),
        "done_when": settings.done_when.value,
        "due": due_text(due),
        "has_due": has_due,
    }
    return SafeString(render_to_string("iciinsmes/authoring/project/editor.html", context))
