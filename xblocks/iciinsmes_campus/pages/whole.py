"""The whole course on one page, to read, to search and to print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from opaque_keys.edx.keys import UsageKey

from iciinsmes.lib.decimals import written
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.courseware.api import Node, ReadUnit
from iciinsmes_campus.editions import api as editions

from .permissions import Visit, member_page

#: From here on nobody counts single minutes.
_IN_HOURS = 100
#: On every page of the campus already.
_EVERYWHERE = "iciinsmes/iciinsmes.css"


@dataclass(frozen=True)
class WholeSubsection:
    """A subsection with its units as texts; where it is not open yet, ``opens`` says when, and there are none."""

    node: Node
    opens: datetime | None
    units: tuple[ReadUnit, ...]

    @property
    def timed(self) -> list[tuple[ReadUnit, str]]:
        """Return the units, each with how long it takes."""
        return [(unit, time_words(unit.minutes)) for unit in self.units]


@dataclass(frozen=True)
class WholeSection:
    """A section with its subsections; where it is not open yet, ``opens`` says when, and there are none."""

    node: Node
    opens: datetime | None
    subsections: tuple[WholeSubsection, ...]

    @property
    def time(self) -> str:
        """Return how long the section takes."""
        found = dict.fromkeys(editions.KINDS, 0.0)
        for unit in (unit for part in self.subsections for unit in part.units):
            for kind, minutes in unit.minutes.items():
                found[kind] += minutes
        return time_words(found)


@member_page
@require_safe
def whole(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show all that the person may read of the course, or of one section, without forms and without anybody's work."""
    chosen = request.GET.get("section")
    sections = visit.children(visit.course.root)
    if chosen is not None:
        sections = [node for node in sections if node.usage_key.block_id == chosen]
        if not sections:
            raise Http404(chosen)
    read = courseware.read_units(course_key=visit.key, units=_open_units(visit, sections), for_staff=visit.is_staff)
    units = {unit.node.usage_key: unit for unit in read.units}
    context = {
        "visit": visit,
        "course": visit.course,
        "sections": [_section(visit, node, units) for node in sections],
        "one": sections[0] if chosen is not None else None,
        "lang": _other_language(visit.course.language),
        "styles": [style for style in read.styles if style != static(_EVERYWHERE)],
    }
    return render(request, "iciinsmes_campus/pages/whole.html", context)


def time_words(minutes: Mapping[str, float]) -> str:
    """Return how long something takes, in words; empty where nobody knows.

    Args:
        minutes: by what the time is for, of `editions.api.KINDS`.
    """
    words = {
        "online": _("%(time)s to read and answer"),
        "session": _("%(time)s in the session"),
        "work": _("%(time)s at work"),
        "coaching": _("%(time)s with your coach"),
    }
    took = {kind: minutes.get(kind, 0) for kind in editions.KINDS}
    return " · ".join(words[kind] % {"time": _time(each)} for kind, each in took.items() if each > 0)


def _time(minutes: float) -> str:
    if minutes < _IN_HOURS:
        return _("%(number)s min") % {"number": max(1, round(minutes))}
    return _("%(number)s h") % {"number": written(Decimal(round(minutes / 30)) / 2)}


def _open_units(visit: Visit, sections: list[Node]) -> list[Node]:
    return [
        unit
        for section in sections
        if not visit.opens(visit.course.root) and not visit.opens(section)
        for subsection in visit.children(section)
        if not visit.opens(subsection)
        for unit in visit.children(subsection)
        if not visit.opens(unit)
    ]


def _section(visit: Visit, node: Node, units: Mapping[UsageKey, ReadUnit]) -> WholeSection:
    opens = visit.opens(node)
    parts = () if opens else tuple(_subsection(visit, part, units) for part in visit.children(node))
    return WholeSection(node=node, opens=opens, subsections=parts)


def _subsection(visit: Visit, node: Node, units: Mapping[UsageKey, ReadUnit]) -> WholeSubsection:
    there = tuple(units[unit.usage_key] for unit in node.children if unit.usage_key in units)
    return WholeSubsection(node=node, opens=visit.opens(node), units=there)


def _other_language(code: str) -> str:
    """Return the language of the course's texts where the page is in another one; else empty."""
    here = (get_language() or "").partition("-")[0].lower()
    return "" if code.partition("-")[0].lower() == here else code
