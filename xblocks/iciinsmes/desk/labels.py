"""Numbers and times as people read them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iciinsmes.assignments.api import points_text
from iciinsmes.lib import dates
from iciinsmes.lib.decimals import written
from iciinsmes.platform import zones
from iciinsmes.review.data import Criterion, CriterionKind, Score


def judged(criterion: Criterion, given: Decimal) -> str:
    """Write the points of one criterion, with the level's text where it has levels."""
    if criterion.kind is CriterionKind.RANGE:
        return points_text(given, criterion.possible)
    return f"{written(given)} {criterion.level(given)}"


def verdict(score: Score) -> str:
    """Say what the points given so far mean."""
    if score.missing:
        return ngettext("%(count)d criterion open", "%(count)d criteria open", len(score.missing)) % {
            "count": len(score.missing)
        }
    return _("passes") if score.passes else _("does not pass")


def own_work() -> str:
    """Say why somebody cannot judge here."""
    return _("This is your own work. Somebody else assesses it.")


def already_done() -> str:
    """Say why a judgement cannot be changed now."""
    return _("You are done with this round. Take your proposal back if you want to change it.")


def waiting_days(since: datetime) -> int:
    """Return for how many whole days something has been waiting."""
    return max((timezone.now() - since).days, 0)


def waiting(days: int) -> str:
    """Say for how long something has been waiting."""
    if days == 0:
        return _("since today")
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def moment(at: datetime) -> str:
    """Write the time with its zone, and with the date unless it is today."""
    local = timezone.localtime(at)
    time = zones.clock(at)
    return time if local.date() == timezone.localdate() else f"{dates.day_and_month(local)}, {time}"
