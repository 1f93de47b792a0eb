"""What the author's editor shows, and what it says about work that is handed in."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from opaque_keys.edx.keys import UsageKey

from iciinsmes.authoring.studio import due_text
from iciinsmes.evidence.data import MEGABYTE
from iciinsmes.evidence.kinds import KINDS
from iciinsmes.lib.decimals import plain
from iciinsmes.lib.templating import render_to_string
from iciinsmes.review.data import CriterionKind, Marking

from .answer_sources import answer_sources
from .data import CompleteOn, MentorNeed, Task
from .presets import presets


def render_editor(
    task: Task, *, due: datetime | None, has_due: bool, round_count: int, usage_key: UsageKey, author_id: int | None
) -> str:
    """Return the editor.

    Args:
        task: what the author wrote so far.
        due: when work is due.
        has_due: whether the host lets blocks have a due date.
        round_count: how many rounds are handed in already.
        usage_key: the block.
        author_id: for whom what is typed is kept.
    """
    context = {
        **_context(task, due, has_due),
        "all_presets": presets(),
        "kept": kept_sentence(round_count),
        "usage_key": usage_key,
        "author_id": author_id or "",
    }
    return render_to_string("iciinsmes/authoring/assignment/editor.html", context)


def render_fields(task: Task, *, due: datetime | None, has_due: bool) -> str:
    """Return the fields of the editor alone; see `render_editor`."""
    return render_to_string("iciinsmes/authoring/assignment/fields.html", _context(task, due, has_due))


def kept_sentence(round_count: int) -> str:
    """Say what becomes of rounds that are handed in when the task changes; empty where there are none."""
    if not round_count:
        return ""
    return ngettext(
        "%(count)d round is handed in already and keeps the task and the rubric it answered; "
        "what you change counts for rounds that are handed in from now on.",
        "%(count)d rounds are handed in already and keep the task and the rubric they answered; "
        "what you change counts for rounds that are handed in from now on.",
        round_count,
    ) % {"count": round_count}


def saved_sentence(round_count: int) -> str:
    """Say after a change how many rounds keep the older version; empty where there are none."""
    if not round_count:
        return ""
    return ngettext(
        "Saved. %(count)d round was handed in under the older version and keeps it; "
        "who is writing now sees the changed task.",
        "Saved. %(count)d rounds were handed in under the older version and keep it; "
        "who is writing now sees the changed task.",
        round_count,
    ) % {"count": round_count}


def _context(task: Task, due: datetime | None, has_due: bool) -> dict[str, Any]:
    return {
        "task": task,
        "kinds": [(key, kind.name, key in task.evidence.kinds) for key, kind in KINDS.items()],
        "hours": plain(task.hours),
        "weight": plain(task.weight),
        "max_file_mb": plain(Decimal(task.evidence.max_file_bytes) / MEGABYTE),
        "max_total_mb": plain(Decimal(task.evidence.max_total_bytes) / MEGABYTE),
        "percent_per_day": plain(task.late.percent_per_day),
        "max_percent": plain(task.late.max_percent),
        "pass_percent": plain(task.rubric.pass_percent),
        "sources": [(key, source.words) for key, source in answer_sources().items()],
        "source_keys": list(answer_sources()),
        "due": due_text(due),
        "has_due": has_due,
        "criterion_kinds": (
            (CriterionKind.LEVELS.value, _("levels with a description each")),
            (CriterionKind.RANGE.value, _("points in a range")),
            (CriterionKind.FEEDBACK.value, _("a comment only")),
        ),
        "needs": (
            (MentorNeed.NONE.value, _("No")),
            (MentorNeed.OPTIONAL.value, _("If the learner asks; the teacher need not wait")),
            (MentorNeed.REQUIRED.value, _("Yes, before the teacher gets it")),
        ),
        "markings": (
            (Marking.ONE.value, _("one teacher alone")),
            (Marking.PROPOSE.value, _("one teacher proposes, a second one releases")),
            (Marking.BLIND.value, _("two teachers judge without knowing of each other, then agree")),
        ),
        "completions": (
            (CompleteOn.HAND_IN.value, _("when it is handed in")),
            (CompleteOn.SIGN_OFF.value, _("when the mentor has confirmed it")),
            (CompleteOn.PASSED.value, _("when it has passed")),
        ),
    }
