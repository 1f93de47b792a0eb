"""Files and recordings that an assessor adds for the learner: uploads in chunks, as for evidence.

They belong to the own assessment, and the learner finds them beside the result when it is released.
"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import GradingData
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import CHUNK_BYTES
from iciinsmes.evidence.web import answering_errors, number_of_bytes, progress_of
from iciinsmes.feedback import api as feedback
from iciinsmes.lib.templating import render_to_string
from iciinsmes.review import api as review
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import Progress

from .deciding import writes_jointly
from .feedback_part import files_context
from .permissions import grader_required, round_to_judge, user_id_of
from .queue_column import read_place

_STEPS = ("chunk", "finish", "cancel")


@never_cache
@answering_errors
@grader_required
@require_POST
def begin(request: HttpRequest, course_key: CourseKey, round_id: UUID) -> HttpResponse:
    """Announce a file (``name``, ``size``, ``sha256``); answers where its bytes go, and from which one on."""
    data = round_to_judge(request, course_key, round_id)
    if data.round.assessment is not None:
        return _too_late()
    user_id = user_id_of(request)
    if writes_jointly(data, user_id):
        return _too_late()
    try:
        upload = evidence.begin_upload(
            owner_id=user_id,
            subject=partial(
                feedback.files_subject,
                subject=round_id,
                rubric_id=data.version.rubric_id,
                assessor_id=user_id,
                course_key=course_key,
            ),
            name=request.POST.get("name", ""),
            size=number_of_bytes(request.POST.get("size")),
            sha256=request.POST.get("sha256", ""),
            rules=feedback.FILE_RULES,
        )
    except (review.AlreadyReleased, review.AlreadyProposed):
        return _too_late()
    waiting.note_progress(subjects=[round_id], progress=Progress.BEGUN)
    place = read_place(course_key, request.GET)
    urls = {step: place.part_url(f"desk-file-{step}", round_id, upload.id) for step in _STEPS}
    # The script adds where in the file the bytes belong.
    urls["chunk"] = urls["chunk"].partition("?")[0]
    return JsonResponse({**progress_of(upload), "urls": urls}, status=201)


@never_cache
@answering_errors
@grader_required
@require_POST
def chunk(request: HttpRequest, course_key: CourseKey, round_id: UUID, upload_id: UUID) -> HttpResponse:
    """Take the bytes in the request's body; ``?offset=`` says where in the file they belong."""
    data = round_to_judge(request, course_key, round_id)
    upload = evidence.receive_chunk(
        upload_id=upload_id,
        owner_id=user_id_of(request),
        offset=number_of_bytes(request.GET.get("offset")),
        content=request.read(CHUNK_BYTES + 1),
        subject=_own_subject(request, data),
    )
    return JsonResponse(progress_of(upload))


@never_cache
@answering_errors
@grader_required
@require_POST
def finish(request: HttpRequest, course_key: CourseKey, round_id: UUID, upload_id: UUID) -> HttpResponse:
    """Check what arrived and add it to the own assessment; answers with the list of files as HTML."""
    data = round_to_judge(request, course_key, round_id)
    if data.round.assessment is not None:
        return _too_late()
    subject = _own_subject(request, data)
    file = evidence.finish_upload(
        upload_id=upload_id, owner_id=user_id_of(request), rules=feedback.FILE_RULES, subject=subject
    )
    return JsonResponse({"id": str(file.id), "name": file.name, "html": _list(request, data, subject)})


@never_cache
@answering_errors
@grader_required
@require_POST
def cancel(request: HttpRequest, course_key: CourseKey, round_id: UUID, upload_id: UUID) -> HttpResponse:
    """Give up an upload."""
    data = round_to_judge(request, course_key, round_id)
    evidence.cancel_upload(upload_id=upload_id, owner_id=user_id_of(request), subject=_own_subject(request, data))
    return JsonResponse({})


@never_cache
@answering_errors
@grader_required
@require_POST
def remove(request: HttpRequest, course_key: CourseKey, round_id: UUID, file_id: UUID) -> HttpResponse:
    """Take a file out of the own assessment; answers with the list of files, also when it was gone already."""
    data = round_to_judge(request, course_key, round_id)
    if data.round.assessment is not None:
        return _too_late()
    subject = _own_subject(request, data)
    problem, status = "", 200
    try:
        evidence.remove(evidence_id=file_id, owner_id=user_id_of(request), subject=subject)
    except evidence.UnknownFile as gone:
        problem, status = gone.message, 404
    return HttpResponse(_list(request, data, subject, problem), status=status)


def _own_subject(request: HttpRequest, data: GradingData) -> UUID:
    """Return the id of the own assessment, to which the files belong.

    Raises:
        UnknownFile: there is none, so there are no files either.
    """
    own = review.proposal(subject=data.round.id, assessor_id=user_id_of(request))
    if own is None or own.proposed_at is not None:
        raise evidence.UnknownFile
    return own.id


def _list(request: HttpRequest, data: GradingData, subject: UUID, problem: str = "") -> str:
    place = read_place(data.version.course_key, request.GET)
    files = [assignments.shown_file(file) for file in feedback.draft_files(assessment_id=subject)]
    context = {"files": files_context(place, data.round.id, files), "problem": problem}
    return render_to_string("iciinsmes/desk/feedback_list.html", context)


def _too_late() -> JsonResponse:
    return JsonResponse(
        {"message": _("This round has its result by now, or one is proposed. Nothing more is added.")}, status=410
    )
