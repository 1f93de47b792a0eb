"""Why firms began: counts of triggers, and how many began of their own accord, by country, trade and phase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iciinsmes.companies.api import country_name
from iciinsmes.lib.bars import bars
from iciinsmes.lib.decimals import percent
from iciinsmes.lib.report_tables import Column, ReportTable, Row, count_or_hidden
from iciinsmes.lib.suppression import Part, shown_counts, shown_parts
from iciinsmes.platform import host
from iciinsmes.projects import api as projects
from iciinsmes.projects.api import Phase, TriggerGroup
from iciinsmes.projects.data import Trigger
from iciinsmes.projects.kinds import TRIGGERS

from .data import Report, ReportChoice, ReportReader
from .trigger_counts import shown_triggers, trigger_sums

_COLLEGE = "college"
#: More groups than that nobody reads on a page; the files have all.
_MOST_ROWS = 100
_MOST_BARS = 12
_PHASES: Mapping[Phase, str | Promise] = {
    Phase.ACQUIRE: gettext_lazy("Hearing customers (before gate 3)"),
    Phase.PROCESS: gettext_lazy("Working it out (gates 3 to 5)"),
    Phase.REALISE: gettext_lazy("Realising it (from gate 6 on)"),
}


def triggers(reader: ReportReader, asked: QueryDict) -> Report:
    """Return the triggers of the projects of this course run, or of all runs of which the reader is staff."""
    is_college = asked.get("of") == _COLLEGE
    keys = [course.key for course in host().staffed_courses(reader.user_id)] if is_college else [reader.course_key]
    found = projects.triggers_of(course_keys=keys, user_id=reader.user_id)
    options = (("course", _("This course"), not is_college), (_COLLEGE, _("All my courses"), is_college))
    choices = (ReportChoice("of", _("Projects of"), options),)
    if not found:
        return Report(tables=(), choices=choices)
    counts = Counter[str]()
    for group, count in found.items():
        counts[group.trigger.value if group.trigger else ""] += count
    # Figures of several courses are made to be told elsewhere.
    hides = reader.leaves or is_college
    sums = trigger_sums(counts)
    sides: Mapping[str, int | None] = shown_counts(sums) if hides else sums
    groupings: tuple[tuple[str, Callable[[TriggerGroup], str]], ...] = (
        (_("Country"), lambda group: country_name(group.country)),
        (_("Trade"), lambda group: group.trade or _("No trade given")),
        (_("Phase"), lambda group: str(_PHASES[group.phase])),
    )
    # The sums of a table by country would tell what is hidden in the one before.
    told = () if None in sides.values() else groupings
    return Report(
        tables=(
            _by_trigger(shown_triggers(counts) if hides else counts),
            _by_side(sides, sums),
            *(
                _by_group(title, _parts(found, name_of), hides=hides, everything=reader.everything)
                for title, name_of in told
            ),
        ),
        choices=choices,
        notes=tuple(_notes(hides=hides)),
    )


def _by_trigger(shown: Mapping[str, int | None]) -> ReportTable:
    words = {**{key: str(each) for key, each in TRIGGERS.items()}, "": _("Not said")}
    lines = [(words[key], shown[key]) for key in (*(each.value for each in Trigger), "") if key in shown]
    rows: list[Row] = [[name, count_or_hidden(count)] for name, count in lines]
    columns = (Column(_("Trigger")), Column(_("Projects"), is_number=True))
    return ReportTable(_("Why firms began"), columns, rows, bars(_("Projects"), lines))


def _by_side(sides: Mapping[str, int | None], sums: Mapping[str, int]) -> ReportTable:
    known = sums["reactive"] + sums["proactive"]
    rows: list[Row] = []
    lines: list[tuple[str, int | None]] = []
    for side, name in (("reactive", _("From outside")), ("proactive", _("Of their own accord"))):
        count = sides.get(side, 0)
        rows.append([name, count_or_hidden(count), "" if None in sides.values() else _share(count, known)])
        lines.append((name, count))
    columns = (Column(_("Began")), Column(_("Projects"), is_number=True), Column(_("Share"), is_number=True))
    return ReportTable(_("From outside or of their own accord"), columns, rows, bars(_("Projects"), lines))


def _parts(found: Mapping[TriggerGroup, int], name_of: Callable[[TriggerGroup], str]) -> dict[str, Part]:
    """Return by group how many began of their own accord, and how many have told a trigger; one writing of a name."""
    names: dict[str, str] = {}
    parts: dict[str, Part] = {}
    # In their order, so that of "Baker" and "baker" always the same one stands for both.
    for name, group, count in sorted(((name_of(group), group, count) for group, count in found.items()), key=_by_name):
        if group.trigger is not None:
            key = names.setdefault(name.casefold(), name)
            own, size = parts.get(key, (0, 0))
            parts[key] = (own + (0 if group.trigger.is_reactive else count), size + count)
    return parts


def _by_name(each: tuple[str, TriggerGroup, int]) -> str:
    return each[0]


def _by_group(title: str, parts: Mapping[str, Part], *, hides: bool, everything: bool) -> ReportTable:
    ordered = sorted(parts, key=lambda key: (-parts[key][1], key.casefold()))
    shown: Mapping[str, tuple[int | None, int | None]] = shown_parts(parts) if hides else parts
    rows: list[Row] = []
    lines: list[tuple[str, int | None]] = []
    for key in ordered if everything else ordered[:_MOST_ROWS]:
        own, size = shown[key]
        outside = None if own is None or size is None else size - own
        share = _share(own, size) if size is not None else ""
        rows.append([key, count_or_hidden(size), count_or_hidden(outside), count_or_hidden(own), share])
        lines.append((key, size))
    columns = (
        Column(title),
        Column(_("Projects"), _("Projects that have told a trigger"), is_number=True),
        Column(_("From outside"), is_number=True),
        Column(_("Own accord"), _("Of their own accord"), is_number=True),
        Column(_("Share"), _("Share of their own accord"), is_number=True),
    )
    chart = bars(_("Projects"), lines) if len(lines) <= _MOST_BARS else ""
    return ReportTable(_("By %(group)s") % {"group": title}, columns, rows, chart)


def _notes(*, hides: bool) -> Iterator[str]:
    yield _("From outside: a crisis, a lost customer, changed demand, a rule, a customer's wish.")
    yield _("Of their own accord: the firm's own vision, or an idea of an employee.")
    yield _("A project counts once, and only in the first table where its charter tells no trigger.")
    if hides:
        yield _("Groups of fewer than five are hidden, and where one could be computed from the others, the next too.")


def _share(count: int | None, of: int) -> str:
    """Return a share in whole percent; empty for what is hidden, and of nothing."""
    return "" if count is None or not of else percent(round(count * 100 / of))
