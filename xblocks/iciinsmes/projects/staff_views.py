"""Pages of coaches, teachers and coordinators over many projects."""

from __future__ import annotations

import csv

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import BYTE_ORDER_MARK, harmless
from iciinsmes.platform import host

from . import api
from .page_access import project_page, staff_page, user_id_of
from .staff_forms import RulesForm
from .staff_labels import TABLES, group_words, smaller_groups
from .staff_page import (
    aggregate_view,
    asked_line,
    board_card,
    filter_query,
    matrix_form,
    matrix_line,
    read_filter,
)


@project_page
@require_safe
def coached(request: HttpRequest, course_key: CourseKey | None = None) -> HttpResponse:
    """Show a coach the projects of the own firms, in one course run or in all; who coaches nobody reads how to."""
    after = request.GET.get("after")
    page = api.board(user_id=user_id_of(request), course_key=course_key, after=after)
    context = {
        "course": host().course(course_key) if course_key else None,
        "asked": [asked_line(each) for each in page.asked],
        "cards": [board_card(each) for each in page.projects],
        "page": page,
        "is_first": not after,
        "signs": () if after else api.signs_for_coach(user_id=user_id_of(request), course_key=course_key),
    }
    return render(request, "iciinsmes/projects/staff/board.html", context)


@staff_page(api.can_see_all)
@require_safe
def matrix(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show the staff of a run its projects and their gates, a page at a time."""
    narrowed, after = read_filter(request.GET.dict()), request.GET.get("after")
    page = api.matrix(user_id=user_id_of(request), course_key=course_key, narrowed=narrowed, after=after)
    context = {
        **_ways(request, course_key),
        "lines": [matrix_line(row) for row in page.rows],
        "next_after": page.next_after,
        "is_first": not after,
        "narrowed": narrowed,
        "query": filter_query(narrowed),
        "form": matrix_form(narrowed, api.matrix_choices(course_key=course_key)),
        "staff_line": api.staff_light_words(api.staff_light(user_id=user_id_of(request), course_key=course_key)),
        "gates": range(9),
    }
    return render(request, "iciinsmes/projects/staff/matrix.html", context)


@staff_page(api.can_see_overview)
@require_safe
def overview(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show counts of the run's projects, which name no firm."""
    found = api.overview(course_key=course_key)
    context = {
        **_ways(request, course_key),
        "overview": found,
        "tables": [aggregate_view(table) for table in found.tables],
    }
    return render(request, "iciinsmes/projects/staff/overview.html", context)


@staff_page(api.can_see_overview)
@require_safe
def overview_csv(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Hand out the same counts as a table; a hidden one is an empty cell."""
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="projects.csv"'
    lines = csv.writer(response)
    lines.writerow([_("Grouped by"), _("Group"), _("Projects")])
    for table in api.overview(course_key=course_key).tables:
        for group in table.groups:
            count = "" if group.count is None else group.count
            lines.writerow([harmless(str(TABLES[table.name])), harmless(group_words(table.name, group.key)), count])
        if table.unnamed:
            lines.writerow([harmless(str(TABLES[table.name])), smaller_groups(table.unnamed), ""])
    return response


@staff_page(api.can_choose_rules)
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show a coordinator by which numbers projects of the run are looked at; a POST changes them."""
    kept = api.rules_of(course_keys=[course_key])[course_key]
    form = RulesForm(request.POST if request.method == "POST" else None, rules=kept)
    if request.method == "POST" and form.is_valid():
        api.choose_rules(course_key=course_key, rules=form.chosen(), actor_id=user_id_of(request))
        messages.success(request, _("Saved. The lights follow with the next change of a project, or tonight."))
        return redirect("iciinsmes:projects-rules", course_key)
    context = {**_ways(request, course_key), "form": form}
    return render(request, "iciinsmes/projects/staff/rules.html", context, status=422 if form.errors else 200)


@staff_page(api.can_choose_rules)
@require_POST
def reset_rules(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Take the usual numbers again."""
    api.reset_rules(course_key=course_key, actor_id=user_id_of(request))
    messages.success(request, _("The usual numbers hold again."))
    return redirect("iciinsmes:projects-rules", course_key)


def _ways(request: HttpRequest, course_key: CourseKey) -> dict[str, object]:
    """Return the course and which of the pages beside this one the person may see."""
    user_id = user_id_of(request)
    return {
        "course": host().course(course_key),
        "sees_all": api.can_see_all(user_id=user_id, course_key=course_key),
        "sees_overview": api.can_see_overview(user_id=user_id, course_key=course_key),
        "chooses_rules": api.can_choose_rules(user_id=user_id, course_key=course_key),
    }
