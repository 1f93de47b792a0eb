"""Files of a project: they belong to it, and to the entry for which they were sent."""

from __future__ import annotations

import hashlib
from functools import partial
from uuid import UUID

from django.core.files.base import File
from opaque_keys.edx.keys import CourseKey

from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import CHUNK_BYTES, MEGABYTE, EvidenceData, EvidenceRules, UploadData
from iciinsmes.subjects import Subject

from .data import PROJECT
from .projects import changing

#: Of one project by all its people.
RULES = EvidenceRules(max_files=500, max_total_bytes=500 * MEGABYTE)


def files_of(*, project_id: UUID) -> dict[str, tuple[EvidenceData, ...]]:
    """Return the files of a project by the id of the entry for which they were sent, oldest first, in one query."""
    found: dict[str, tuple[EvidenceData, ...]] = {}
    for file in evidence.files_of(subject=project_id):
        found[file.question] = (*found.get(file.question, ()), file)
    return found


def begin_file(
    *, project_id: UUID, user_id: int, course_key: CourseKey, entry_id: UUID, name: str, size: int, sha256: str
) -> UploadData:
    """Announce a file for an entry, which may be saved later.

    Raises:
        UnknownProject, NotAllowed, HasEnded: see `projects.changing`.
        evidence.EvidenceError: see `evidence.begin_upload`.
    """
    return evidence.begin_upload(
        owner_id=user_id,
        subject=partial(_subject, project_id, user_id, course_key),
        name=name,
        size=size,
        sha256=sha256,
        rules=RULES,
        question=str(entry_id),
    )


def receive_piece(
    *, project_id: UUID, user_id: int, course_key: CourseKey, upload_id: UUID, offset: int, content: bytes
) -> UploadData:
    """Take a piece of a file; errors as of `begin_file` and `evidence.receive_chunk`."""
    _subject(project_id, user_id, course_key)
    return evidence.receive_chunk(
        upload_id=upload_id, owner_id=user_id, offset=offset, content=content, subject=project_id
    )


def finish_file(*, project_id: UUID, user_id: int, course_key: CourseKey, upload_id: UUID) -> EvidenceData:
    """Look at what has arrived, take the place out of photos, and keep it; errors as of `evidence.finish_upload`."""
    _subject(project_id, user_id, course_key)
    return evidence.finish_upload(upload_id=upload_id, owner_id=user_id, rules=RULES, subject=project_id)


def cancel_file(*, project_id: UUID, user_id: int, upload_id: UUID) -> None:
    """Give up an upload, whatever has become of the project."""
    evidence.cancel_upload(upload_id=upload_id, owner_id=user_id, subject=project_id)


def remove_file(*, project_id: UUID, user_id: int, course_key: CourseKey, evidence_id: UUID) -> None:
    """Delete an own file; errors as of `begin_file` and `evidence.remove`."""
    _subject(project_id, user_id, course_key)
    evidence.remove(evidence_id=evidence_id, owner_id=user_id, subject=project_id)


def keep_file(
    *, project_id: UUID, user_id: int, course_key: CourseKey, entry_id: UUID, name: str, size: int, content: File[bytes]
) -> EvidenceData:
    """Keep a file that came in one piece; sent twice, it is kept once.

    Raises:
        UnknownProject, NotAllowed, HasEnded: see `projects.changing`.
        evidence.EvidenceError: it cannot be kept.
    """
    digest = hashlib.sha256()
    for piece in content.chunks():
        digest.update(piece)
    upload = begin_file(
        project_id=project_id,
        user_id=user_id,
        course_key=course_key,
        entry_id=entry_id,
        name=name,
        size=size,
        sha256=digest.hexdigest(),
    )
    content.seek(upload.received)
    while upload.received < size:
        upload = evidence.receive_chunk(
            upload_id=upload.id,
            owner_id=user_id,
            offset=upload.received,
            content=content.read(CHUNK_BYTES),
            subject=project_id,
        )
    return finish_file(project_id=project_id, user_id=user_id, course_key=course_key, upload_id=upload.id)


def _subject(project_id: UUID, user_id: int, course_key: CourseKey) -> Subject:
    with changing(project_id, user_id, course_key) as row:
        return Subject(id=row.pk, kind=PROJECT, course_key=course_key, company_id=row.company_id)
