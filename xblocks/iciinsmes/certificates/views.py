"""The learner's page of the certificate, the sheet, and the public page for checking one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.templating import render, render_to_string
from iciinsmes.platform import host

from . import api
from .data import CertificateData
from .errors import UnknownCertificate
from .page import Ways, certificate_view, standing_view
from .page_access import learner_page, user_id_of


@learner_page
@require_safe
def mine(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show a learner what the certificate asks for, what is done, and where to do the rest."""
    user_id = user_id_of(request)
    issued = api.certificates_of(learner_id=user_id, course_key=course_key)
    current = next((each for each in issued if each.is_valid), None)
    revoked = None if current else next(iter(issued), None)
    standing = api.standing_of(learner_id=user_id, course_key=course_key)
    context = {
        "course": host().course(course_key),
        "course_url": host().course_url(course_key),
        "standing": standing,
        "rows": standing_view(standing, ways=Ways(user_id, course_key)) if standing else [],
        "done": len(standing.judged) - len(standing.open) if standing else 0,
        "certificate": certificate_view(current) if current else None,
        "revoked": revoked,
        "host_url": host().certificate_url(user_id=user_id, course_key=course_key) if current else "",
    }
    return render(request, "iciinsmes/certificates/mine.html", context)


@never_cache
@login_required
@require_POST
def show_name(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """With ``shown=1`` let the public page show the holder's name, otherwise not any more."""
    shown = request.POST.get("shown") == "1"
    try:
        certificate = api.show_name(certificate_id=certificate_id, learner_id=user_id_of(request), shown=shown)
    except UnknownCertificate as error:
        raise Http404 from error
    messages.success(request, _("The page shows your name now.") if shown else _("The page does not show your name."))
    return redirect("iciinsmes:certificate", certificate.course_key)


@never_cache
@login_required
@require_safe
def sheet(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Show the data sheet, made for paper."""
    certificate = _readable(request, certificate_id)
    # All of the sheet speaks the holder's language, whoever reads it.
    with override(certificate.sheet.language):
        body = render_to_string("iciinsmes/certificates/sheet_body.html", certificate_view(certificate))
    context = {
        "data": certificate,
        "sheet": certificate.sheet,
        "body": body,
        "course": host().course(certificate.course_key),
        "is_own": certificate.learner_id == request.user.pk,
    }
    return render(request, "iciinsmes/certificates/sheet.html", context)


@never_cache
@login_required
@require_safe
def sheet_file(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Hand out the data sheet for other programs."""
    certificate = _readable(request, certificate_id)
    content = api.sheet_json(certificate, check_url=api.check_url(certificate))
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="certificate-{certificate.number}.json"'
    return response


@never_cache
@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Show anybody who has the code whether it is valid, title and day, and the name if the holder has agreed."""
    try:
        certificate = api.check(code=code)
    except UnknownCertificate:
        return render(request, "iciinsmes/certificates/check.html", {"certificate": None}, status=404)
    return render(request, "iciinsmes/certificates/check.html", {"certificate": certificate})


def _readable(request: HttpRequest, certificate_id: UUID) -> CertificateData:
    try:
        return api.read_certificate(certificate_id=certificate_id, reader_id=request.user.pk)
    except UnknownCertificate as error:
        raise Http404 from error
