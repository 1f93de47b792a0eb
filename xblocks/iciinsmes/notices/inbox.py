"""Telling people, what they read, and when they want mails of it."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone, translation
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.paging import page_of
from iciinsmes.platform import Title, host

from . import kinds
from .data import InboxPage, Mails, NoticeData, NoticeKind
from .errors import UnknownNotice
from .links import is_everybodys, preferences_link, stop_link, whole
from .models import Notice, NoticePreference
from .outbox import send_mail

#: More than nobody reads at a bell.
MANY = 99
_TITLE = 255
_DETAIL = 1000


def notify(
    *,
    user_id: int,
    kind: NoticeKind,
    course_key: CourseKey,
    title: str | Title,
    address: str,
    actor_name: str = "",
    detail: str = "",
    subject: str = "",
) -> None:
    """Tell one person; see `notify_many`."""
    notify_many(
        user_ids=[user_id],
        kind=kind,
        course_key=course_key,
        title=title,
        address=address,
        actor_name=actor_name,
        detail=detail,
        subject=subject,
    )


def notify_many(
    *,
    user_ids: Collection[int],
    kind: NoticeKind,
    course_key: CourseKey,
    title: str | Title,
    address: str,
    actor_name: str = "",
    actor_id: int | None = None,
    detail: str = "",
    subject: str = "",
) -> None:
    """Tell people in their inboxes, and by mail as each of them wants it; may be called inside a transaction.

    Three queries for any number of people, and some more for each mail. Closed accounts are passed over. Who no longer
    takes part in the course run is told without the way to a page that is closed.

    Args:
        user_ids: the receivers.
        kind: what happened; one that a room has brought.
        course_key: the course run.
        title: of what it is about; one with other languages is told to each in the own.
        address: of the page with it: a path of this site, or a whole address.
        actor_name: who did it, as receivers may read it; empty if nobody is to be named.
        actor_id: who did it, to be called in place of ``actor_name`` as in lists of the course run.
        detail: one or two sentences of plain text that may stand in a mail, at most 1000 characters; empty for none.
        subject: the caller's own key of the thing, at most 255 characters.

    Raises:
        UnknownKey: no room has brought the kind.
    """
    kind = kinds.kind_of(kind.key)
    people = host().people({*user_ids, *([] if actor_id is None else [actor_id])}, course_key)
    if actor_id in people:
        actor_name = people[actor_id].label
    told = [user_id for user_id in sorted(set(user_ids) & people.keys()) if people[user_id].is_active]
    receivers = {user_id: people[user_id].email for user_id in told}
    mails = _mails_of_many(receivers)
    ways = {user_id: kinds.way(kind, mails[user_id]) for user_id in receivers}
    read_in = host().languages(told) if isinstance(title, Title) and title.others else {}
    notices = [
        Notice(
            user_id=user_id,
            kind=kind.key,
            course_key=course_key,
            title=(title.read_in(read_in.get(user_id)) if isinstance(title, Title) else title)[:_TITLE],
            address=address,
            actor_name=actor_name[:_TITLE],
            detail=detail[:_DETAIL],
            subject=subject,
            created_at=timezone.now(),
            awaits_mail=way is kinds.Way.DIGEST,
        )
        for user_id, way in ways.items()
    ]
    with transaction.atomic(savepoint=False):
        Notice.objects.bulk_create(notices)
        for notice in notices:
            if ways[notice.user_id] is kinds.Way.MAIL and receivers[notice.user_id]:
                leads_on = people[notice.user_id].takes_part or is_everybodys(address)
                _mail(notice, receivers[notice.user_id], leads_on=leads_on)


def take_back(*, kind: NoticeKind, subject: str) -> None:
    """Delete the notices of this kind about a thing that is gone; mails that have left stay left.

    Args:
        kind: what they tell.
        subject: the key that they were told with.
    """
    Notice.objects.filter(subject=subject, kind=kind.key).delete()


def unread_count(*, user_id: int) -> int:
    """Return how many notices the person has not read, at most `MANY` + 1; one indexed query."""
    return Notice.objects.filter(user_id=user_id, read_at=None)[: MANY + 1].count()


def inbox(*, user_id: int, before: int | None = None, limit: int = 25) -> InboxPage:
    """Return a page of the person's notices of all course runs, newest first, in the active language.

    Args:
        user_id: who reads.
        before: the key of the page, None for the first.
        limit: at most so many.
    """
    rows = Notice.objects.filter(user_id=user_id)
    found, is_more = page_of(rows, "-id", after=None if before is None else (before,), limit=limit)
    keys = {row.course_key for row in found}
    titles = {key: host().course(key).title for key in keys}
    open_keys = {key for key in keys if host().roles(user_id, key)}
    notices = tuple(_data(row, titles[row.course_key], row.course_key in open_keys) for row in found)
    return InboxPage(notices=notices, older=notices[-1].id if is_more else None)


def open_notice(*, user_id: int, notice_id: int) -> str:
    """Mark the person's notice as read; return the address it leads to, empty where its page is closed to the person.

    Raises:
        UnknownNotice: there is no such notice for this person.
    """
    row = Notice.objects.filter(user_id=user_id, id=notice_id).first()
    if row is None:
        raise UnknownNotice(str(notice_id))
    if row.read_at is None:
        Notice.objects.filter(id=row.id).update(read_at=timezone.now())
    return row.address if _leads_on(row) else ""


def read_all(*, user_id: int) -> None:
    """Mark all of the person's notices as read."""
    Notice.objects.filter(user_id=user_id, read_at=None).update(read_at=timezone.now())


def mails_of(*, user_id: int) -> Mails:
    """Return when the person wants mails."""
    return _mails_of_many([user_id])[user_id]


def without_mails(*, user_ids: Collection[int]) -> set[int]:
    """Return who of these people wants no mails, in one query."""
    return {user_id for user_id, mails in _mails_of_many(user_ids).items() if mails is Mails.NEVER}


def set_mails(*, user_id: int, mails: Mails) -> None:
    """Keep when the person wants mails; what waits for a digest is forgotten by those who want none."""
    # Nothing waits yet where nothing was chosen, so the first digest is the first after now.
    _row, created = NoticePreference.objects.get_or_create(
        user_id=user_id, defaults={"mails": mails.value, "digest_at": timezone.now()}
    )
    if not created:
        NoticePreference.objects.filter(user_id=user_id).update(mails=mails.value)
    if mails is Mails.NEVER:
        Notice.objects.filter(awaits_mail=True, user_id=user_id).update(awaits_mail=False)


def _mails_of_many(user_ids: Collection[int]) -> dict[int, Mails]:
    """Return when each of these people wants mails, in one query."""
    chosen = dict(NoticePreference.objects.filter(user_id__in=user_ids).values_list("user_id", "mails"))
    return {user_id: Mails(chosen.get(user_id, Mails.AT_ONCE)) for user_id in user_ids}


def _leads_on(row: Notice) -> bool:
    """Tell whether the person may still open the page that the notice leads to."""
    return is_everybodys(row.address) or bool(host().roles(row.user_id, row.course_key))


def _data(row: Notice, course: str, takes_part: bool) -> NoticeData:
    kind = kinds.kind_of(row.kind)
    return NoticeData(
        id=row.id,
        kind=kind,
        headline=kinds.headline(kind, title=row.title, actor_name=row.actor_name),
        detail=row.detail,
        course_key=row.course_key,
        course=course,
        created_at=row.created_at,
        unread=row.read_at is None,
        leads_on=takes_part or is_everybodys(row.address),
    )


def _mail(notice: Notice, to: str, *, leads_on: bool) -> None:
    kind = kinds.kind_of(notice.kind)
    language = host().language(notice.user_id)
    with translation.override(language):
        context = {
            "headline": kinds.headline(kind, title=notice.title, actor_name=notice.actor_name),
            "step": str(kind.next_step) if leads_on else kinds.closed(),
            "detail": notice.detail,
            "address": whole(notice.address) if leads_on else "",
            "course": host().course(notice.course_key).title,
            "reason": str(kind.reason),
            "preferences": preferences_link(),
            "stop": stop_link(notice.user_id),
        }
    send_mail(
        to=to,
        language=language,
        template="iciinsmes/notices/notice.txt",
        context=context,
        course_key=notice.course_key,
        user_id=notice.user_id,
    )
