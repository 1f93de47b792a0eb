"""The only door to threads. Who may speak in one is asked of the room that has the subject: see `registry`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iciinsmes.lib.locks import locked
from iciinsmes.lib.throttling import Limit, count_in_cache

from .data import CHANGEABLE, MAX_TEXT, PAGE, SILENCE, MessageData, Side, Speaker, ThreadData, ThreadPage
from .errors import TooOften, UnknownMessage, UnknownThread, WrongMessage
from .models import Message, MessagePlace, Thread
from .notice_kinds import ANSWER, QUESTION
from .registry import kind_named, register_kind
from .rules import Said, is_told, question_since

__all__ = [
    "ANSWER",
    "QUESTION",
    "change",
    "delete",
    "forget",
    "is_newer",
    "page",
    "register_kind",
    "settle",
    "speaker",
    "thread_of",
    "write",
]

#: What one person writes, in all threads together.
_WRITING = Limit("threads.write", most=20, within=timedelta(minutes=10))
#: The same words again so soon are a second click.
_AGAIN = timedelta(minutes=2)


def speaker(*, kind: str, subject: UUID, user_id: int) -> Speaker:
    """Return what the person may do in the thread of a subject.

    Raises:
        UnknownThread: nothing, or there is no such subject.
    """
    found = kind_named(kind)
    speaks = found.speaker_of(user_id, subject) if found else None
    if speaks is None:
        raise UnknownThread(str(subject))
    return speaks


def page(*, subject: UUID, reader_id: int, before: int | None = None) -> ThreadPage:
    """Return the newest messages, or those before one; one query, whatever the length.

    Args:
        subject: what is talked about.
        reader_id: who reads; `speaker` says whether that is allowed.
        before: `ThreadPage.before` of the page that the reader has.
    """
    places = MessagePlace.objects.filter(subject=subject).select_related("message").order_by("-message_id")
    if before is not None:
        places = places.filter(message_id__lt=before)
    found = [place.message for place in places[: PAGE + 1]]
    shown = found[:PAGE]
    return ThreadPage(
        messages=tuple(_data(row, reader_id) for row in reversed(shown)),
        before=shown[-1].id if len(found) > PAGE else None,
    )


def thread_of(*, subject: UUID) -> ThreadData:
    """Return how the thread of a subject stands, in one query; one without a message is empty."""
    row = Thread.objects.filter(subject=subject).first()
    return SILENCE if row is None else _state(row)


def write(*, speaks: Speaker, user_id: int, text: str) -> None:
    """Write a message, and tell the other side. The same words once more at once are one message.

    Args:
        speaks: what `speaker` returned for the person.
        user_id: who writes.
        text: up to `MAX_TEXT` characters.

    Raises:
        WrongMessage: it is empty or too long.
        TooOften: the person has written very much just now.
    """
    text = _words(text)
    if count_in_cache(_WRITING, str(user_id)) > _WRITING.most:
        raise TooOften(_("You have written very much in a short time. Wait some minutes, your words stay here."))
    now = timezone.now()
    with transaction.atomic():
        threads = _held(speaks)
        last = Message.objects.filter(places__subject=speaks.subject.id).order_by("-id").first()
        if last and last.author_id == user_id and last.text == text and now - last.written_at < _AGAIN:
            return
        row = Message.objects.create(
            author_id=user_id, course_key=speaks.subject.course_key, side=speaks.side.value, text=text, written_at=now
        )
        MessagePlace.objects.bulk_create(MessagePlace(message=row, subject=key) for key in speaks.subjects)
        _book(threads)
        kind = kind_named(speaks.subject.kind)
        if kind is not None and is_told(_said(last) if last else None, speaks.side, now):
            # Staff is told once of what colleagues asked together; each of these is told of an answer.
            told = speaks.subjects if speaks.side is Side.STAFF else speaks.subjects[:1]
            for key in told:
                kind.tell(subject=key, side=speaks.side, author_id=user_id)


def change(*, speaks: Speaker, user_id: int, message_id: int, text: str) -> None:
    """Write an own message anew, shortly after it was written; it says that it was changed.

    Raises:
        WrongMessage: the words are empty or too long.
        UnknownMessage: there is no such own message here, or it is too late.
    """
    text = _words(text)
    with transaction.atomic():
        row = _own(speaks, user_id, message_id)
        if timezone.now() - row.written_at > CHANGEABLE:
            raise UnknownMessage(str(message_id))
        if row.text != text:
            row.text, row.changed_at = text, timezone.now()
            row.save(update_fields=["text", "changed_at"])


def delete(*, speaks: Speaker, user_id: int, message_id: int) -> None:
    """Delete the words of an own message; that there was one stays. Doing it again changes nothing.

    Raises:
        UnknownMessage: there is no such own message here.
    """
    with transaction.atomic():
        threads = _held(speaks)
        row = _own(speaks, user_id, message_id, deleted=True)
        if row.deleted_at is None:
            row.text, row.deleted_at = "", timezone.now()
            row.save(update_fields=["text", "deleted_at"])
            # It may stand in the thread of somebody who works alone by now.
            others = MessagePlace.objects.filter(message=row).exclude(subject__in=speaks.subjects)
            keys = list(others.values_list("subject", flat=True))
            _book([*threads, *locked(Thread.objects).filter(subject__in=keys).order_by("id")])


def settle(*, speaks: Speaker) -> None:
    """Say for the staff that there is nothing to answer; a learner does nothing by this."""
    if speaks.side is not Side.STAFF:
        return
    with transaction.atomic():
        threads = [row for row in _held(speaks) if row.count]
        for row in threads:
            last = MessagePlace.objects.filter(subject=row.subject).order_by("-message_id").first()
            row.settled_to = last.message_id if last else 0
        _book(threads)


def is_newer(*, subject: UUID, since: datetime) -> bool:
    """Tell whether somebody wrote in the thread of a subject at or after this moment."""
    return Message.objects.filter(places__subject=subject, written_at__gte=since).exists()


def forget(*, subjects: Collection[UUID]) -> None:
    """Remove the threads of subjects that are removed; what colleagues share stays with them."""
    with transaction.atomic():
        places = MessagePlace.objects.filter(subject__in=subjects)
        ids = list(places.values_list("message_id", flat=True))
        places.delete()
        Thread.objects.filter(subject__in=subjects).delete()
        if ids:
            Message.objects.filter(id__in=ids, places=None).delete()


def _words(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text:
        raise WrongMessage(_("Write your message first."))
    if len(text) > MAX_TEXT:
        raise WrongMessage(_("A message may have %(count)d characters.") % {"count": MAX_TEXT})
    return text


def _held(speaks: Speaker) -> list[Thread]:
    """Return the threads of everything that the person speaks about, made where missing and locked in one order."""
    Thread.objects.bulk_create(
        (
            Thread(subject=key, kind=speaks.subject.kind, course_key=speaks.subject.course_key)
            for key in sorted(speaks.subjects)
        ),
        ignore_conflicts=True,
    )
    return list(locked(Thread.objects).filter(subject__in=speaks.subjects).order_by("id"))


def _own(speaks: Speaker, user_id: int, message_id: int, *, deleted: bool = False) -> Message:
    rows = locked(Message.objects).filter(pk=message_id, author_id=user_id, places__subject=speaks.subject.id)
    row = rows.first()
    if row is None or (row.deleted_at is not None and not deleted):
        raise UnknownMessage(str(message_id))
    return row


def _book(threads: Sequence[Thread]) -> None:
    """Keep how the threads stand now, and let lists know whose question is open."""
    for row in threads:
        places = MessagePlace.objects.filter(subject=row.subject)
        since = max(row.settled_to, _last_answer(row.subject))
        later = Message.objects.filter(places__subject=row.subject, deleted_at=None, id__gt=since).order_by("id")[:1]
        last = places.select_related("message").order_by("-message_id").first()
        row.count = places.count()
        row.question_since = question_since([_said(each) for each in later], row.settled_to)
        row.last_side = last.message.side if last else ""
        row.save(update_fields=["count", "last_side", "question_since", "settled_to"])
        kind = kind_named(row.kind)
        if kind is not None and kind.note is not None:
            kind.note(row.subject, _state(row))


def _last_answer(subject: UUID) -> int:
    rows = Message.objects.filter(places__subject=subject, side=Side.STAFF.value, deleted_at=None)
    return rows.order_by("-id").values_list("id", flat=True).first() or 0


def _state(row: Thread) -> ThreadData:
    return ThreadData(
        count=row.count,
        question_since=row.question_since,
        last_side=Side(row.last_side) if row.last_side else None,
    )


def _said(row: Message) -> Said:
    return Said(id=row.id, side=Side(row.side), at=row.written_at)


def _data(row: Message, reader_id: int) -> MessageData:
    is_own = row.author_id == reader_id and row.deleted_at is None
    return MessageData(
        id=row.id,
        author_id=row.author_id,
        side=Side(row.side),
        text=row.text,
        written_at=row.written_at,
        changed_at=row.changed_at,
        is_deleted=row.deleted_at is not None,
        is_own=is_own,
        is_changeable=is_own and timezone.now() - row.written_at <= CHANGEABLE,
    )
