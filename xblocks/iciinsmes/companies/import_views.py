"""The coordinator's import of firms and members: send, preview, confirm, report."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.templating import render
from iciinsmes.platform import host

from . import api
from .data import CompanyTable, Plan
from .errors import UnknownCompanyImport, UnreadableImport
from .forms import ImportFields
from .page_access import coordinator_page, user_id_of

#: Lines that a preview shows of each kind; the numbers above them count all.
SHOWN = 200

_ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1250": "Windows-1250",
    "cp1252": "Windows-1252",
    "iso-8859-2": "ISO 8859-2",
    "mac_roman": "Mac Roman",
    "mac_latin2": "Mac Central European",
    "cp850": "DOS 850",
    "cp852": "DOS 852",
}

#: Words that show how a reading differs; who knows the names needs no more.
_SAMPLES = 8


@coordinator_page
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Take a file or pasted lines; nothing but the table itself is kept before it is confirmed."""
    context: dict[str, Any] = {"course": host().course(course_key), "encodings": _encodings()}
    if request.method != "POST":
        return render(request, "iciinsmes/companies/import.html", context | {"form": ImportFields()})
    form = ImportFields(request.POST, request.FILES)
    try:
        import_id = api.begin_import(
            owner_id=user_id_of(request),
            course_key=course_key,
            content=form.content(api.MAX_IMPORT_BYTES),
            encoding=form.letters,
        )
    except UnreadableImport as error:
        form.refuse(error.message)
        return render(request, "iciinsmes/companies/import.html", context | {"form": form}, status=422)
    return redirect("iciinsmes:firm-import-preview", course_key, import_id)


@coordinator_page
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, course_key: CourseKey, import_id: UUID) -> HttpResponse:
    """Show what would happen, afterwards what has happened; a POST answers a question, or confirms."""
    place: dict[str, Any] = {"import_id": import_id, "owner_id": user_id_of(request), "course_key": course_key}
    try:
        if request.method == "POST":
            if "reading" in request.POST:
                api.choose_reading(**place, encoding=request.POST["reading"])
            elif "mail_column" in request.POST:
                api.choose_mail_column(**place, heading=request.POST["mail_column"])
            else:
                api.confirm_import(**place)
            return redirect("iciinsmes:firm-import-preview", course_key, import_id)
        data = api.get_import(**place)
    except UnknownCompanyImport as error:
        raise Http404 from error
    context = {"course": host().course(course_key), "import": data, "how": _how(data.table)}
    if data.plan is None:
        return render(request, "iciinsmes/companies/import_report.html", context)
    context |= {"readings": _readings(data.table), **_lines(data.plan)}
    return render(request, "iciinsmes/companies/import_preview.html", context)


@coordinator_page
@require_POST
def cancel(request: HttpRequest, course_key: CourseKey, import_id: UUID) -> HttpResponse:
    """Drop what was sent."""
    api.cancel_import(import_id=import_id, owner_id=user_id_of(request), course_key=course_key)
    messages.success(request, _("The table is dropped. Nothing was imported."))
    return redirect("iciinsmes:firms", course_key)


def _encodings() -> list[tuple[str, str]]:
    return [(name, _ENCODING_NAMES[name]) for name in api.IMPORT_ENCODINGS if name in _ENCODING_NAMES]


def _how(table: CompanyTable) -> str:
    """Say how the table was read."""
    if not table.encoding:
        return _("read from a spreadsheet file")
    names = {";": _("semicolon"), ",": _("comma"), "\t": _("tab"), "|": _("vertical line")}
    return _("letters read as %(encoding)s, columns parted by %(delimiter)s") % {
        "encoding": _ENCODING_NAMES[table.encoding],
        "delimiter": names[table.delimiter],
    }


def _readings(table: CompanyTable) -> list[dict[str, Any]]:
    """Return each way to read the letters with the words that tell them apart, the one that is shown first."""
    if not table.readings:
        return []
    own = {line.number: line for line in table.lines}
    touched = [line.number for reading in table.readings for line in reading.lines]
    # The same cells in every reading, so that one can compare.
    cells = list(
        dict.fromkeys(
            (line.number, name)
            for reading in table.readings
            for line in reading.lines
            for name in vars(line)
            if getattr(line, name) != getattr(own[line.number], name)
        )
    )[:_SAMPLES]
    ways = [(table.encoding, own)]
    ways += [(reading.encoding, own | {line.number: line for line in reading.lines}) for reading in table.readings]
    return [
        {
            "encoding": encoding,
            "name": _ENCODING_NAMES[encoding],
            "words": [getattr(lines[number], name) for number, name in cells],
            "more": max(0, len(set(touched)) - len({number for number, _name in cells})),
        }
        for encoding, lines in ways
    ]


def _lines(plan: Plan) -> dict[str, Any]:
    unsure = [line for line in plan.lines if line.errors or line.warnings]
    clear = [line for line in plan.lines if not line.errors and not line.warnings]
    return {
        "plan": plan,
        "counts": {
            "joins": len(plan.joins),
            "firms": len(plan.new_companies),
            "same": plan.count(member="is_member"),
            "elsewhere": plan.count(member="elsewhere"),
            "no_account": plan.count(member="no_account"),
        },
        "unsure": unsure[:SHOWN],
        "unsure_more": max(0, len(unsure) - SHOWN),
        "clear": clear[:SHOWN],
        "clear_more": max(0, len(clear) - SHOWN),
    }
