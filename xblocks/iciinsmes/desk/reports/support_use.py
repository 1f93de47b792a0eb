"""Which offers of the directory of support were contacted, and whether they have answered and helped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

from iciinsmes.lib.report_tables import Column, ReportTable, Row, count_or_hidden
from iciinsmes.lib.suppression import FEWEST, shown_parts
from iciinsmes.support import api as support
from iciinsmes.support.data import Referral

from .data import Report, ReportReader


def support_use(reader: ReportReader, _asked: QueryDict) -> Report:
    """Return all offers that learners have contacted, those with most contacts first, in one query.

    What leaves the course hides what fewer than five have done; on the page staff sees all of it.
    """
    found = support.referrals_of(course_key=reader.course_key, user_ids=reader.limited_to)
    columns = (
        Column(_("Offer")),
        Column(_("Type of support")),
        Column(_("Contacted"), is_number=True),
        Column(_("Answered"), is_number=True),
        Column(_("Helped"), _("Helped, fully or in part"), is_number=True),
    )
    rows = _hidden(found) if reader.leaves else _all(found)
    notes = [_("Counted are contacts that learners have noted; an answer that nobody has noted counts as none.")]
    if reader.leaves:
        notes.append(_("Numbers from groups of fewer than %(count)s are hidden.") % {"count": FEWEST})
    return Report((ReportTable(_("Which offers help"), columns, rows),), notes=tuple(notes))


def _all(found: Sequence[Referral]) -> Iterator[Row]:
    for each in found:
        yield [each.entry, str(support.KINDS[each.kind]), each.contacted, each.answered, each.helped]


def _hidden(found: Sequence[Referral]) -> Iterator[Row]:
    """Yield the rows with what may be shown of them; a size is hidden if either part would tell it."""
    keys = [str(place) for place in range(len(found))]
    answered = shown_parts({key: (each.answered, each.contacted) for key, each in zip(keys, found, strict=True)})
    helped = shown_parts({key: (each.helped, each.contacted) for key, each in zip(keys, found, strict=True)})
    for key, each in zip(keys, found, strict=True):
        (said, size), (good, _size) = answered[key], helped[key]
        numbers = [count_or_hidden(number) for number in (size, said, good)]
        yield [each.entry, str(support.KINDS[each.kind]), *numbers]
