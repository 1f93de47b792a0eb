"""Who has done everything that the certificate asks for: by firm, country and language."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from django.http import QueryDict
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from iciinsmes.certificates import api as room
from iciinsmes.companies.api import companies_of, country_name
from iciinsmes.lib.bars import bars
from iciinsmes.lib.report_tables import Column, ReportTable, Row, count_or_hidden
from iciinsmes.lib.suppression import Part, shown_parts
from iciinsmes.platform import host

from .data import Report, ReportReader

_AT_ONCE = 500
#: More bars than that say less than the table.
_MOST_BARS = 12


def certificates(reader: ReportReader, _asked: QueryDict) -> Report:
    """Return how many learners have what the certificate asks for, by the very rules of the certificates' pages."""
    criteria = room.criteria_of(course_key=reader.course_key)
    if criteria is None:
        return Report(tables=(), notes=(_("Nobody has chosen yet what the certificate of this course asks for."),))
    groups: dict[str, dict[str, Part]] = {"company": {}, "country": {}, "language": {}}
    # Without names: looking for namesakes of everybody would take longer than all the rest.
    everybody = reader.learners().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=_AT_ONCE)
    while page := list(islice(everybody, _AT_ONCE)):
        languages = host().languages(page)
        firms = companies_of(user_ids=page, course_key=reader.course_key)
        complete = room.complete_among(learner_ids=page, course_key=reader.course_key, criteria=criteria, firms=firms)
        for user_id in page:
            firm = firms.get(user_id)
            reached = user_id in complete
            _count(groups["company"], firm.name if firm else _("Without a firm"), reached)
            _count(groups["country"], country_name(firm.country) if firm else _("Without a firm"), reached)
            _count(groups["language"], _language(languages[user_id]), reached)
    titles = {"company": _("Firm"), "country": _("Country"), "language": _("Language")}
    notes = [_("Reached: everything that the certificate of this course asks for, issued or not.")]
    if reader.leaves:
        notes.append(
            _("Groups of fewer than five are hidden, and where one could be computed from the others, the next too.")
        )
    return Report(
        tables=tuple(_table(titles[key], found, leaves=reader.leaves) for key, found in groups.items() if found),
        notes=tuple(notes),
    )


def _count(groups: dict[str, Part], key: str, reached: bool) -> None:
    before, size = groups.get(key, (0, 0))
    groups[key] = (before + reached, size + 1)


def _table(title: str, groups: Mapping[str, Part], *, leaves: bool) -> ReportTable:
    ordered = dict(sorted(groups.items(), key=lambda item: item[0].casefold()))
    shown: Mapping[str, tuple[int | None, int | None]] = shown_parts(ordered) if leaves else ordered
    rows: list[Row] = [[key, count_or_hidden(shown[key][0]), count_or_hidden(shown[key][1])] for key in ordered]
    columns = (Column(title), Column(_("Reached"), is_number=True), Column(_("Learners"), is_number=True))
    has_chart = len(ordered) <= _MOST_BARS and any(shown[key][0] for key in ordered)
    chart = bars(_("Reached"), [(key, shown[key][0]) for key in ordered]) if has_chart else ""
    return ReportTable(_("By %(group)s") % {"group": title}, columns, rows, chart)


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code
