"""What authors chose for blocks `early_warning`, and for whom a block is done."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.authoring.host_mixins import Points
from iciinsmes.authoring.kept_blocks import complete_once, keep_settings, points_when_done
from iciinsmes.companies import api as companies
from iciinsmes.lib.json_data import from_json

from .data import WarningBlockSettings, WarningDoneWhen
from .models import Alarm, MonthFigure, WarningBlock, WarningBlockDone


def freeze_block(
    *,
    usage_key: UsageKey,
    course_key: CourseKey,
    settings: WarningBlockSettings,
    others: Mapping[str, WarningBlockSettings] | None = None,
) -> None:
    """Make ``settings`` what counts for the block from now on; who has done it has.

    ``others`` is how the settings read in other languages.
    """
    keep_settings(WarningBlock, usage_key=usage_key, course_key=course_key, settings=settings, others=others)


def block_settings(*, usage_key: UsageKey) -> WarningBlockSettings | None:
    """Return what counts for a block; None if nobody has published it since the add-on came."""
    row = WarningBlock.objects.filter(usage_key=usage_key).first()
    return None if row is None else from_json(WarningBlockSettings, row.settings)


def done_points(*, user_id: int, usage_key: UsageKey) -> Points | None:
    """Return the points of a block that is done for the person, and how many there are; None before, in one query."""
    return points_when_done(WarningBlockDone, WarningBlockSettings, user_id=user_id, usage_key=usage_key)


def clear_block(*, user_id: int, usage_key: UsageKey) -> None:
    """Let the block be not done for the person; the figures are the firm's and stay."""
    WarningBlockDone.objects.filter(block__usage_key=usage_key, user_id=user_id).delete()


def settle(*, company_id: int, user_ids: Collection[int] | None = None) -> None:
    """Complete the blocks that are done by what the firm has entered and answered, for its learners in every run.

    Doing it again changes nothing. Called after each change, and when somebody opens a block: who joins the firm later
    finds done what the firm has done.

    Args:
        company_id: the firm.
        user_ids: only these learners; None for all members.
    """
    done = {
        WarningDoneWhen.MONTH: MonthFigure.objects.filter(watch__company_id=company_id).exists(),
        WarningDoneWhen.ALARM: Alarm.objects.filter(watch__company_id=company_id, answered_at__isnull=False).exists(),
    }
    stays, _coaching = companies.people_now(company_id=company_id)
    blocks: dict[CourseKey, list[tuple[WarningBlock, WarningBlockSettings]]] = {}
    for row in WarningBlock.objects.filter(course_key__in={run for _member, run in stays}):
        settings = from_json(WarningBlockSettings, row.settings)
        if row.course_key is not None and done[settings.done_when]:
            blocks.setdefault(row.course_key, []).append((row, settings))
    for user_id, run in stays:
        is_meant = run in blocks and (user_ids is None or user_id in user_ids)
        if is_meant and companies.can_work(user_id=user_id, course_key=run):
            _complete(blocks[run], user_id)


def _complete(blocks: Collection[tuple[WarningBlock, WarningBlockSettings]], user_id: int) -> None:
    rows = [row for row, _settings in blocks]
    known = set(WarningBlockDone.objects.filter(block__in=rows, user_id=user_id).values_list("block_id", flat=True))
    for row, settings in blocks:
        if row.pk in known or row.usage_key is None:
            continue
        complete_once(WarningBlockDone, row, user_id=user_id, usage_key=row.usage_key, weight=settings.weight)
