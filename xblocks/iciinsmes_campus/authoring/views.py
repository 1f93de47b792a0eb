"""Pages for authors: what was changed, changing a block, the course as files."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.courseware.api import PlainEdit

from . import api
from .permissions import author_required


@never_cache
@author_required
@require_safe
def changes(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """List what authors have changed, and every block that could be."""
    context = {"course": courseware.course(course_key), "changes": api.changes(course_key)}
    return render(request, "iciinsmes_campus/authoring/changes.html", context)


@never_cache
@author_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey) -> HttpResponse:
    """Show the block's own editor, which saves by itself; or a plain form with title and source, which comes back."""
    try:
        way = courseware.path_to(usage_key)
        own = courseware.has_own_editor(usage_key)
    except courseware.UnknownBlock as error:
        raise Http404 from error
    course = courseware.course(course_key)
    written_in = courseware.language_name(course.written_in) if course.written_in else ""
    context = {"course": course, "node": way[-1], "way": way[1:-1], "written_in": written_in}
    if not own:
        return _plain(request, usage_key, context)
    if request.method == "POST":
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    context["editor"] = courseware.render_editor(request=request, usage_key=usage_key)
    return render(request, "iciinsmes_campus/authoring/edit.html", context)


def _plain(request: HttpRequest, usage_key: UsageKey, context: dict[str, object]) -> HttpResponse:
    typed: PlainEdit | None = None
    problem, status = "", 200
    try:
        shown = courseware.plain_edit(usage_key)
        if request.method == "POST":
            typed = PlainEdit(request.POST.get("title", ""), request.POST.get("source", ""), shown.language)
            courseware.save_plain_edit(usage_key=usage_key, edit=typed, author_id=request.user.pk or 0)
            messages.success(request, _("Saved. Learners see it from now on."))
            return redirect("campus:block", usage_key.course_key, usage_key)
    except courseware.InvalidEdit as error:
        shown = typed or PlainEdit("")
        problem, status = str(error), 422 if typed else 200
    form = shown if typed or not problem else None
    return render(
        request,
        "iciinsmes_campus/authoring/plain.html",
        {**context, "form": form, "problem": problem},
        status=status,
    )


@never_cache
@author_required
@require_POST
def discard(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey) -> HttpResponse:
    """Take a change back; doing it twice is the same as once."""
    if api.discard(usage_key):
        messages.success(request, _("Discarded. Learners see the text of the course folder again."))
    return redirect("campus:authoring", course_key)


@never_cache
@author_required
@require_safe
def export(request: HttpRequest, course_key: CourseKey) -> HttpResponseBase:
    """Send the course as files with the dates of this run, changes included: for Studio."""
    return _archive(request, course_key, dated=True)


@never_cache
@author_required
@require_safe
def export_folder(request: HttpRequest, course_key: CourseKey) -> HttpResponseBase:
    """Send the course as files with its schedule, changes included: for the course folder."""
    return _archive(request, course_key, dated=False)


def _archive(request: HttpRequest, course_key: CourseKey, *, dated: bool) -> HttpResponseBase:
    try:
        archive = courseware.export_course(course_key, dated=dated)
    except courseware.CannotExport as error:
        messages.error(request, _("The course cannot be exported: %(error)s") % {"error": error})
        return redirect("campus:authoring", course_key)
    name = f"{course_key.org}.{course_key.course}.{course_key.run}.tar.gz"
    return FileResponse(archive, as_attachment=True, filename=name, content_type="application/gzip")
