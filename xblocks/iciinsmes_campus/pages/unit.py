"""The page of a unit: what is read and done, and the way on."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from opaque_keys.edx.keys import UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.courseware.api import Node
from iciinsmes_campus.learning import api as learning

from .parts import ASSIGNMENT, Done, subsection_part
from .permissions import Visit, member_page, too_early

#: Course, section, subsection, unit.
_DEPTH = 4


@member_page
@require_safe
def unit(request: HttpRequest, visit: Visit, usage_key: UsageKey) -> HttpResponseBase:
    """Show a unit with its place in the subsection and the units before and after it."""
    way = _way(visit, usage_key)
    if len(way) != _DEPTH:
        return _to_unit(visit, usage_key)
    _root, section, subsection, node = way
    for above in way:
        if opens := visit.opens(above):
            return too_early(request, visit, opens, above)
    part = subsection_part(visit, subsection, _done_beside(visit, subsection, node))
    before, after = _neighbours(visit, node)
    context = {
        "visit": visit,
        "course": visit.course,
        "section": section,
        "subsection": part,
        "unit": node,
        "position": [entry.node.usage_key for entry in part.units].index(usage_key) + 1,
        "before": before,
        "after": after,
        "rendered": courseware.render_unit(request=request, usage_key=usage_key),
        "editable": node.children if visit.is_staff else (),
        # A lone block says its own title; saying it twice would only push the work down.
        "same_title": [child.display_name for child in visit.children(node)] == [node.display_name],
        "is_reading": all(leaf.seen_completes for leaf in node.leaves()),
    }
    return render(request, "iciinsmes_campus/pages/unit.html", context)


@member_page
@require_safe
def block(request: HttpRequest, visit: Visit, usage_key: UsageKey) -> HttpResponseBase:
    """Lead to the unit that shows the block."""
    _way(visit, usage_key)
    return _to_unit(visit, usage_key)


def _done_beside(visit: Visit, subsection: Node, node: Node) -> Done:
    """Return what is done in the subsection's other units; where works stand is asked only if there can be any.

    The unit itself shows its own state, and each query saved here is one that its blocks may use. Only these blocks
    are read: a long course must not make its pages slow.
    """
    user_id = visit.user_id
    others = [leaf for entry in subsection.children if entry is not node for leaf in entry.leaves()]
    completions = learning.completions_of_many(
        user_ids=[user_id], course_key=visit.key, usage_keys=[leaf.usage_key for leaf in subsection.leaves()]
    )
    has_works = any(leaf.block_type == ASSIGNMENT for leaf in others)
    works = assignments.states_of(user_id=user_id, course_key=visit.key) if has_works else {}
    return Done(completions=completions[user_id], works=works)


def _way(visit: Visit, usage_key: UsageKey) -> tuple[Node, ...]:
    """Return the way down to a block of this course run that the person may know of, or raise Http404."""
    try:
        way = courseware.path_to(usage_key)
    except courseware.UnknownBlock as error:
        raise Http404(str(usage_key)) from error
    if usage_key.course_key != visit.key or not all(visit.sees(node) for node in way):
        raise Http404(str(usage_key))
    return way


def _to_unit(visit: Visit, usage_key: UsageKey) -> HttpResponse:
    try:
        node = courseware.unit_of(usage_key)
    except courseware.UnknownBlock as error:
        raise Http404(str(usage_key)) from error
    address = reverse("campus:unit", args=[visit.key, node.usage_key])
    return redirect(address if node.usage_key == usage_key else f"{address}#{usage_key.block_id}")


def _neighbours(visit: Visit, node: Node) -> tuple[Node | None, Node | None]:
    """Return the nearest units before and after that the person may open."""
    row = [
        entry
        for section in visit.children(visit.course.root)
        for subsection in visit.children(section)
        for entry in visit.children(subsection)
        if entry is node or not any(visit.opens(part) for part in (section, subsection, entry))
    ]
    place = row.index(node)
    return row[place - 1] if place else None, row[place + 1] if place + 1 < len(row) else None
