"""Hours at the workplace, by learner, firm or assignment; confirmed by a mentor or not."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.api import WorkedTime
from iciinsmes.companies.api import companies_by_id
from iciinsmes.lib.report_tables import Column, Mark, ReportTable, Row
from iciinsmes.lib.suppression import shown_counts
from iciinsmes.platform import host

from ..people import people
from .data import Report, ReportChoice, ReportReader

#: More rows than that nobody reads on a page; the files have all.
MOST_ROWS = 500


class Sum:
    """Minutes of a group, those of them that a mentor has confirmed, and whose they are."""

    def __init__(self) -> None:
        self.minutes = self.confirmed = 0
        self.owners: set[int] = set()

    def add(self, each: WorkedTime) -> None:
        """Count one work."""
        self.minutes += each.minutes
        self.confirmed += each.minutes if each.is_confirmed else 0
        self.owners.add(each.owner_id)


def worked_hours(reader: ReportReader, asked: QueryDict) -> Report:
    """Return the hours that learners logged; sums are of whole minutes, so nothing is lost by rounding."""
    by = asked.get("by") if asked.get("by") in _BY else "learner"
    groups: dict[object, Sum] = {}
    total = Sum()
    for each in assignments.worked_time(course_key=reader.course_key, owners=reader.limited_to):
        groups.setdefault(_BY[str(by)](each), Sum()).add(each)
        total.add(each)
    names = _names(reader, str(by), groups)
    ordered = sorted(groups, key=lambda key: names.get(key, "").casefold())
    shown = ordered if reader.everything else ordered[:MOST_ROWS]
    if by == "learner":
        names = _labels(reader, shown)
    hidden = _hidden(groups) if reader.leaves and by != "learner" else frozenset()
    rows: list[Row] = [_row(names[key], groups[key], is_hidden=key in hidden) for key in shown]
    labels = {"learner": _("Learner"), "company": _("Firm"), "assignment": _("Assignment")}
    if groups:
        rows.append(_row(_("All together"), total, is_hidden=False))
    columns = (
        Column(labels[str(by)]),
        Column(_("Learners"), is_number=True),
        Column(_("Hours"), is_number=True),
        Column(_("Confirmed"), _("Hours that a mentor has confirmed"), is_number=True),
    )
    notes = [_("The hours of the newest round that counts; its log holds what came before.")]
    if len(ordered) > len(shown):
        notes.append(_("Only the first %(count)s rows. The files have all.") % {"count": MOST_ROWS})
    return Report(
        tables=(ReportTable(_("Hours at work"), columns, rows),) if groups else (),
        choices=(ReportChoice("by", _("By"), tuple((key, words, key == by) for key, words in labels.items())),),
        notes=tuple(notes),
    )


def hours(minutes: int) -> Decimal:
    """Return minutes as hours with two decimals; only sums are rounded."""
    return round(Decimal(minutes) / 60, 2)


_BY: dict[str, Callable[[WorkedTime], object]] = {
    "learner": lambda each: each.owner_id,
    "company": lambda each: each.company_id,
    "assignment": lambda each: each.title,
}


def _row(name: str, found: Sum, *, is_hidden: bool) -> Row:
    if is_hidden:
        return [name, Mark(_("hidden")), Mark(_("hidden")), Mark(_("hidden"))]
    return [name, len(found.owners), hours(found.minutes), hours(found.confirmed)]


def _labels(reader: ReportReader, keys: list[object]) -> dict[object, str]:
    """Return what these learners are called so that no two are called the same, some hundred at a time."""
    ids = [key for key in keys if isinstance(key, int)]
    found: dict[object, str] = {}
    for begin in range(0, len(ids), MOST_ROWS):
        some = ids[begin : begin + MOST_ROWS]
        named = people(user_ids=some, course_key=reader.course_key)
        found |= {user_id: named.name(user_id) for user_id in some}
    return found


def _hidden(groups: dict[object, Sum]) -> frozenset[object]:
    keys = {str(number): key for number, key in enumerate(groups)}
    shown = shown_counts({number: len(groups[key].owners) for number, key in keys.items()})
    return frozenset(keys[number] for number, count in shown.items() if count is None)


def _names(reader: ReportReader, by: str, groups: dict[object, Sum]) -> dict[object, str]:
    if by == "assignment":
        return {key: str(key) for key in groups}
    ids = [key for key in groups if isinstance(key, int)]
    if by == "company":
        firms = companies_by_id(company_ids=ids)
        return {
            key: firms[key].name if isinstance(key, int) and key in firms else _("Without a firm") for key in groups
        }
    # Looking for namesakes in the whole course is only worth it for those who are shown.
    called = host().names(ids)
    return {key: called.get(key, "") for key in ids}
