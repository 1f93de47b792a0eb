"""An upload from its announcement to the stored file.

No step trusts the one before it, and each may run twice at once: positions move by compare-and-set, objects are written
before the row that counts on them, and nothing is removed before the transaction that makes it useless is committed.
"""

from __future__ import annotations

import logging
import re
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from iciinsmes.lib.locks import locked
from iciinsmes.lib.turns import Busy
from iciinsmes.subjects import Subject, SubjectOrMaker, made

from . import chunks, content, object_storage, serializers
from . import rules as evidence_rules
from .data import CHUNK_BYTES, MEGABYTE, EvidenceData, EvidenceRules, UploadData
from .errors import ContentRefused, Damaged, NotNow, OffsetMismatch, RuleBroken, TooLarge, UnknownFile, UploadError
from .models import EvidenceFile
from .names import clean_name
from .object_storage import after_commit
from .permissions import check_kind

State = EvidenceFile.State

#: An upload that nobody finished in this time is given up.
STALE = timedelta(hours=24)
#: How many uploads one person may have open in all courses, and how many bytes they may announce together.
MAX_OPEN = 50
MAX_OPEN_BYTES = 200 * MEGABYTE
#: One that is still open after this time makes room for others; the longest file on a slow line takes less.
GIVES_WAY = timedelta(hours=2)

_SHA256 = re.compile(r"[0-9a-f]{64}|")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Arrived:
    """A file that has been examined and stored, not yet counted; ``sent_sha256`` is of the bytes as they were sent."""

    name: str
    content_type: str
    sent_sha256: str
    storage_name: str
    size: int
    sha256: str


class _Twin(Exception):
    """The same bytes are at this place of the draft already."""

    def __init__(self, row: EvidenceFile) -> None:
        self.row = row


def begin_upload(
    *,
    owner_id: int,
    subject: SubjectOrMaker,
    name: str,
    size: int,
    sha256: str,
    rules: EvidenceRules,
    question: str = "",
) -> UploadData:
    """Announce a file. An upload of the same file that was interrupted goes on where it stopped.

    Args:
        owner_id: who sends it.
        subject: what it belongs to.
        name: the file's name on the learner's device.
        size: its bytes.
        sha256: hash of its bytes in hex; empty where a browser cannot compute it, then nothing is resumed.
        rules: what the task allows.
        question: key of the question it belongs to, or empty.

    Returns:
        Where to send the next chunk. A file that is at this place already counts as received completely.

    Raises:
        TooLarge: the file alone is too large.
        ContentRefused: a file with such an extension is not allowed here.
        RuleBroken: it is empty, there is no room for it, or too many are under way.
    """
    name, sha256 = clean_name(name), sha256.lower()
    if not _SHA256.fullmatch(sha256):
        raise UploadError(_("The file could not be read. Please choose it again."))
    evidence_rules.check_announced(name=name, size=size, rules=rules)
    with transaction.atomic():
        subject = made(subject)
        check_kind(subject.kind)
        serializers.take_turn(owner_id, subject)
        under_way = _under_way(owner_id)
        around = _without_dropped(serializers.rows_around(owner_id, subject), under_way, owner_id)
        mine = [row for row in around if row.owner_id == owner_id]
        known = sha256 and next((row for row in mine if _same_file(row, subject, question, name, size, sha256)), None)
        if known:
            return serializers.upload_data(known)
        around = _without_dropped(around, _make_way(under_way, size), owner_id)
        taken = serializers.taken(around, owner_id, subject)
        evidence_rules.check_room(size=size, taken=taken, rules=rules, quota=_quota())
        row = EvidenceFile.objects.create(
            owner_id=owner_id,
            **serializers.columns_of(subject),
            name=name,
            announced_size=size,
            announced_sha256=sha256,
            question=question,
        )
    return serializers.upload_data(row)


def receive_chunk(
    *, upload_id: UUID, owner_id: int, offset: int, content: bytes, subject: UUID | None = None
) -> UploadData:
    """Take the next piece of a file; a piece that has arrived before changes nothing.

    Args:
        upload_id: from `begin_upload`.
        owner_id: who sends it.
        offset: position of the first byte of ``content`` in the file.
        content: at most `CHUNK_BYTES`.
        subject: that in whose name the request was allowed.

    Raises:
        UnknownFile: no such upload of this person.
        OffsetMismatch: there is a gap before ``offset``.
        TooLarge: the chunk is too large, or more than was announced.
        UploadError: it is too small, and not the last one.
    """
    row = serializers.own_row(upload_id, owner_id, subject)
    if row.state == State.STORED or offset < row.received or not content:
        return serializers.upload_data(row)
    if offset > row.received:
        raise OffsetMismatch(row.received)
    end = offset + len(content)
    if len(content) > CHUNK_BYTES or end > row.announced_size:
        raise TooLarge(_("More was sent than the file has. Please send it again."))
    if len(content) < evidence_rules.smallest_piece(row.announced_size) and end < row.announced_size:
        raise UploadError(_("The file came in pieces that are too small. Reload the page and send it again."))
    chunks.save(upload_id, offset, content)
    moved = EvidenceFile.objects.filter(pk=upload_id, state=State.UPLOADING, received=offset).update(received=end)
    if moved:
        row.received = end
        return serializers.upload_data(row)
    return _after_lost_race(row, offset)


def finish_upload(*, upload_id: UUID, owner_id: int, rules: EvidenceRules, subject: UUID | None = None) -> EvidenceData:
    """Check what arrived and make it evidence; finishing twice gives the same file.

    Args:
        upload_id: from `begin_upload`.
        owner_id: who sent it.
        rules: what the task allows now.
        subject: that in whose name the request was allowed.

    Raises:
        UnknownFile: no such upload of this person.
        OffsetMismatch: not everything is here; send on from ``received``.
        Damaged: the hash is not the announced one; the upload is dropped.
        ContentRefused: the content is not what its name says or may not be handed in; the upload is dropped.
        RuleBroken: meanwhile there is no room for it; the upload stays.
        NotNow: too many files are being looked at; the upload stays.
    """
    row = serializers.own_row(upload_id, owner_id, subject)
    if row.state == State.STORED:
        return serializers.evidence_data(row)
    if row.received < row.announced_size:
        raise OffsetMismatch(row.received)
    try:
        with tempfile.TemporaryFile() as raw:
            arrived = _examine_and_store(row, raw, rules)
    except (Damaged, ContentRefused):
        _drop(row)
        raise
    except Busy as error:
        raise NotNow from error
    except OffsetMismatch:
        current = serializers.own_row(upload_id, owner_id, subject)
        if current.state == State.STORED:
            return serializers.evidence_data(current)
        raise
    try:
        return _book(row, arrived, rules)
    except BaseException:
        object_storage.delete(arrived.storage_name)
        raise


def cancel_upload(*, upload_id: UUID, owner_id: int, subject: UUID | None = None) -> None:
    """Give up an upload; one that has become a file in the meantime stays a file.

    Raises:
        UnknownFile: no such upload of this person.
    """
    row = serializers.own_row(upload_id, owner_id, subject)
    if row.state == State.UPLOADING:
        _drop(row)


def _quota() -> int:
    return int(settings.ICIINSMES_EVIDENCE_QUOTA_BYTES)  # type: ignore[misc] # set in plugin_settings


def _under_way(owner_id: int) -> list[EvidenceFile]:
    """Return the person's open uploads in all courses, oldest first, after those that were given up are gone."""
    limit = timezone.now() - STALE
    found = EvidenceFile.objects.filter(owner_id=owner_id, state=State.UPLOADING).order_by("created_at", "id")
    fresh = []
    for row in found:
        if row.created_at < limit:
            _drop(row)
        else:
            fresh.append(row)
    return fresh


def _make_way(under_way: list[EvidenceFile], size: int) -> list[EvidenceFile]:
    """Return those open uploads that stay beside a new one of this size: where there are too many, old ones give way.

    Raises:
        RuleBroken: there are too many young ones.
    """
    limit = timezone.now() - GIVES_WAY
    staying = list(under_way)
    while staying and (len(staying) >= MAX_OPEN or sum(row.announced_size for row in staying) + size > MAX_OPEN_BYTES):
        oldest = staying.pop(0)
        if oldest.created_at >= limit:
            raise RuleBroken(
                _(
                    "Too many uploads are under way: up to %(count)d files and %(size)s at a time. "
                    "Finish or cancel some of them, or try again in two hours."
                )
                % {"count": MAX_OPEN, "size": filesizeformat(MAX_OPEN_BYTES)}
            )
        _drop(oldest)
    return staying


def _without_dropped(rows: list[EvidenceFile], under_way: list[EvidenceFile], owner_id: int) -> list[EvidenceFile]:
    there = {row.pk for row in under_way}
    return [row for row in rows if row.owner_id != owner_id or row.state == State.STORED or row.pk in there]


def _same_file(row: EvidenceFile, subject: Subject, question: str, name: str, size: int, sha256: str) -> bool:
    if (row.subject, row.question) != (subject.id, question) or (row.announced_sha256, row.announced_size) != (
        sha256,
        size,
    ):
        return False
    # One that the storage does not show can be sent once more.
    return row.name == name if row.state == State.UPLOADING else row.in_draft and row.missing_since is None


def _after_lost_race(row: EvidenceFile, offset: int) -> UploadData:
    """Answer a chunk that another request has booked, or whose upload has ended, while it was being written."""
    with transaction.atomic():
        current = locked(EvidenceFile.objects).filter(pk=row.pk).first()
    if current is None or current.state == State.STORED:
        object_storage.delete(chunks.name(row.pk, offset))
    if current is None:
        raise UnknownFile
    return serializers.upload_data(current)


def _examine_and_store(row: EvidenceFile, raw: IO[bytes], rules: EvidenceRules) -> _Arrived:
    size, sha256 = chunks.assemble(row.pk, row.announced_size, raw)
    if size != row.announced_size:
        # A piece is lost (or of the wrong length, then nothing counts): the sender goes on from where it is missing.
        received = size if size < row.announced_size else 0
        EvidenceFile.objects.filter(pk=row.pk, state=State.UPLOADING).update(received=received)
        raise OffsetMismatch(received)
    if row.announced_sha256 not in ("", sha256):
        raise Damaged
    with content.examine(raw, name=row.name, rules=rules) as found:
        stored = object_storage.keep(row.pk, found.file)
        if (stored.size, stored.sha256) != object_storage.measure(found.file):
            object_storage.delete(stored.name)
            _log.error("Object %s is not what was written to it", stored.name)
            raise UploadError(_("The file could not be stored. Please try again."))
        return _Arrived(
            name=found.name,
            content_type=found.content_type,
            sent_sha256=sha256,
            storage_name=stored.name,
            size=stored.size,
            sha256=stored.sha256,
        )


def _book(row: EvidenceFile, arrived: _Arrived, rules: EvidenceRules) -> EvidenceData:
    """Let a stored object count, unless another request was faster or it breaks a rule by now."""
    try:
        with transaction.atomic():
            subject = serializers.subject_of(row)
            serializers.take_turn(row.owner_id, subject)
            around = serializers.rows_around(row.owner_id, subject)
            current = next((other for other in around if other.pk == row.pk), None)
            if current is None:
                raise UnknownFile
            if current.state == State.UPLOADING:
                _stop_at_twin(around, row, arrived.sent_sha256)
                room = serializers.taken(around, row.owner_id, subject, but=row.pk)
                evidence_rules.check_room(size=arrived.size, taken=room, rules=rules, quota=_quota())
                return _save(current, arrived)
    except _Twin as twin:
        _drop(row)
        current = twin.row
    object_storage.delete(arrived.storage_name)
    return serializers.evidence_data(current)


def _stop_at_twin(around: list[EvidenceFile], row: EvidenceFile, sha256: str) -> None:
    for other in around:
        is_own = other.owner_id == row.owner_id and other.pk != row.pk
        is_here = serializers.in_draft(other, row.subject) and other.question == row.question
        if is_own and is_here and other.announced_sha256 == sha256 and other.missing_since is None:
            raise _Twin(other)


def _save(row: EvidenceFile, arrived: _Arrived) -> EvidenceData:
    changes: dict[str, Any] = {
        "state": State.STORED,
        "name": arrived.name,
        "content_type": arrived.content_type,
        "announced_sha256": arrived.sent_sha256,
        "storage_name": arrived.storage_name,
        "size": arrived.size,
        "sha256": arrived.sha256,
    }
    if not EvidenceFile.objects.filter(pk=row.pk, state=State.UPLOADING).update(**changes):
        # Cancelled in this moment.
        raise UnknownFile
    after_commit(chunks.discard, row.pk, row.announced_size)
    for field, value in changes.items():
        setattr(row, field, value)
    return serializers.evidence_data(row)


def _drop(row: EvidenceFile) -> None:
    deleted, _by_model = EvidenceFile.objects.filter(pk=row.pk, state=State.UPLOADING).delete()
    if deleted:
        after_commit(chunks.discard, row.pk, row.announced_size)
