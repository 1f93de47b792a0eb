"""The words of what staff see: groups of aggregates, bands, numbers of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iciinsmes.companies.api import size_name
from iciinsmes.lib import dates

from .data import Decider, Light
from .kinds import TRIGGERS
from .labels import LIGHTS, gate_name
from .rule_data import Finding

_Words = str | Promise

TABLES: Mapping[str, _Words] = {
    "trigger": gettext_lazy("Why the firms began"),
    "trade": gettext_lazy("Trade"),
    "size": gettext_lazy("Size of the firm"),
    "light": gettext_lazy("Light"),
    "gate": gettext_lazy("Stands before gate"),
    "attainment": gettext_lazy("How far KPIs have come, mean of each project"),
}
_BANDS: Mapping[str, _Words] = {
    "below": gettext_lazy("worse than at the start"),
    "quarter": gettext_lazy("0 to 25 %"),
    "half": gettext_lazy("25 to 50 %"),
    "more": gettext_lazy("50 to 75 %"),
    "most": gettext_lazy("75 to 100 %"),
    "reached": gettext_lazy("goal reached"),
    "": gettext_lazy("no value yet"),
}
#: As staff and coaches read it; in a learner's page the learner is "you".
_DECIDERS: Mapping[Decider, _Words] = {
    Decider.OWNER: gettext_lazy("owner"),
    Decider.COACH: gettext_lazy("coach"),
    Decider.LEARNER: gettext_lazy("learner"),
    Decider.TEACHER: gettext_lazy("teacher"),
}


@dataclass(frozen=True)
class RuleRow:
    """Numbers of the rules that belong together: their heading, and what each is called.

    Of two that are ``rising``, the first may not lie beyond the second.
    """

    title: _Words
    fields: tuple[tuple[str, _Words], ...]
    rising: bool = False


_AMBER, _RED = gettext_lazy("amber"), gettext_lazy("red")


def _pair(title: _Words, amber: str, red: str, *more: tuple[str, _Words]) -> RuleRow:
    return RuleRow(title, ((amber, _AMBER), (red, _RED), *more), rising=True)


RULE_ROWS: tuple[RuleRow, ...] = (
    _pair(gettext_lazy("Days without a change, more than"), "silence_amber_days", "silence_red_days"),
    RuleRow(
        gettext_lazy("Diary"), (("diary_chars", gettext_lazy("characters from which an entry counts as a change")),)
    ),
    _pair(
        gettext_lazy("Days after a milestone's day, more than"),
        "overdue_amber_days",
        "overdue_red_days",
        ("overdue_red_count", gettext_lazy("red also from so many overdue milestones")),
    ),
    _pair(gettext_lazy("Percent of the plan that is behind, from"), "behind_amber", "behind_red"),
    _pair(gettext_lazy("Percent of measures overdue, more than"), "late_amber", "late_red"),
    RuleRow(
        gettext_lazy("KPIs"),
        (
            ("kpi_missed_intervals", gettext_lazy("amber after more than so many intervals without a value")),
            ("kpi_from_time", gettext_lazy("compared with the goal from so much of the time on, %")),
            ("kpi_amber_pace", gettext_lazy("amber below so much of the pace, %")),
            ("kpi_red_pace", gettext_lazy("red below so much of the pace, %")),
            ("kpi_red_fall", gettext_lazy("red below so many percent of the way: worse than at the start")),
        ),
    ),
    RuleRow(
        gettext_lazy("Customers"),
        (
            ("customers", gettext_lazy("heard by the insight gate")),
            ("test_customers", gettext_lazy("in a test before gate 6")),
        ),
    ),
    _pair(gettext_lazy("Hours or costs in percent of what was planned, more than"), "spent_amber", "spent_red"),
    _pair(gettext_lazy("Risk without a measure, 1 to 25, from"), "risk_amber", "risk_red"),
    _pair(gettext_lazy("Times that a milestone was moved, from"), "moved_amber", "moved_red"),
    RuleRow(
        gettext_lazy("Pauses"),
        (("pause_days", gettext_lazy("days of one at most")), ("pauses", gettext_lazy("number of a project"))),
    ),
    RuleRow(
        gettext_lazy("Back to green"), (("hold_days", gettext_lazy("whole days for which a reason must be gone")),)
    ),
    RuleRow(
        gettext_lazy("Staff"), (("answer_working_days", gettext_lazy("working days in which a firm gets an answer")),)
    ),
)


def group_words(table: str, key: str) -> str:
    """Return what a group of an aggregate is called."""
    if table == "attainment":
        return str(_BANDS[key])
    if key == "ended":
        return _("Finished")
    if key == "stopped":
        return _("Stopped with a reason")
    if key == "":
        return _("not said")
    if table == "trigger":
        return str(TRIGGERS.get(key, key))
    if table == "size":
        return size_name(key)
    if table == "light":
        return str(LIGHTS[Light(key)])
    return gate_name(int(key)) if table == "gate" else key


def smaller_groups(number: int) -> str:
    """Return how many groups are not named."""
    return ngettext("%(count)d smaller group", "%(count)d smaller groups", number) % {"count": number}


def decider_words(decider: Decider) -> str:
    """Return who decides, in a list of staff."""
    return str(_DECIDERS[decider])


def working_days_words(days: int) -> str:
    """Return for how many working days something has waited."""
    if days == 0:
        return _("since today")
    return ngettext("%(count)d working day", "%(count)d working days", days) % {"count": days}


def staff_light_words(finding: Finding | None) -> str:
    """Return the staff's own light as a sentence, empty where nothing has waited for too long."""
    if finding is None:
        return ""
    values = finding.values
    words = ngettext(
        "%(count)d waits longer than %(limit)d working days, since %(since)s.",
        "%(count)d wait longer than %(limit)d working days, the oldest since %(since)s.",
        values["count"],
    ) % {
        "count": values["count"],
        "limit": values["limit"],
        "since": dates.long(date.fromisoformat(values["since"])),
    }
    skipped = [dates.day_and_month(date.fromisoformat(day)) for day in values["skipped"].split(", ") if day]
    if not skipped:
        return words
    return f"{words} {_('Public holidays do not count: %(days)s.') % {'days': ', '.join(skipped)}}"
