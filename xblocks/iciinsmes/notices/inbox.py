"""Telling people, and what they read."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone, translation
from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import host

from . import rules, words
from .data import InboxPage, Kind, NoticeData
from .errors import UnknownNotice
from .links import is_everybodys, preferences_link, stop_link, whole
from .models import Notice
from .outbox import send_mail
from .preferences import mails_of_many

#: More than nobody reads at a bell.
MANY = 99
_TITLE = 255
_DETAIL = 1000


def notify(
    *,
    user_id: int,
    kind: Kind,
    course_key: CourseKey,
    title: str,
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
    kind: Kind,
    course_key: CourseKey,
    title: str,
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
        kind: what happened.
        course_key: the course run.
        title: of what it is about.
        address: of the page with it: a path of this site, or a whole address.
        actor_name: who did it, as receivers may read it; empty if nobody is to be named.
        actor_id: who did it, to be called in place of ``actor_name`` as in lists of the course run.
        detail: one or two sentences of plain text that may stand in a mail, at most 1000 characters; empty for none.
        subject: the caller's own key of the thing, at most 255 characters.
    """
    people = host().people({*user_ids, *([] if actor_id is None else [actor_id])}, course_key)
    if actor_id in people:
        actor_name = people[actor_id].label
    told = [user_id for user_id in sorted(set(user_ids) & people.keys()) if people[user_id].is_active]
    receivers = {user_id: people[user_id].email for user_id in told}
    mails = mails_of_many(receivers)
    ways = {user_id: rules.way(kind, mails[user_id]) for user_id in receivers}
    notices = [
        Notice(
            user_id=user_id,
            kind=kind.value,
            course_key=course_key,
            title=title[:_TITLE],
            address=address,
            actor_name=actor_name[:_TITLE],
            detail=detail[:_DETAIL],
            subject=subject,
            created_at=timezone.now(),
            awaits_mail=way is rules.Way.DIGEST,
        )
        for user_id, way in ways.items()
    ]
    with transaction.atomic(savepoint=False):
        Notice.objects.bulk_create(notices)
        for notice in notices:
            if ways[notice.user_id] is rules.Way.MAIL and receivers[notice.user_id]:
                leads_on = people[notice.user_id].takes_part or is_everybodys(address)
                _mail(notice, receivers[notice.user_id], leads_on=leads_on)


def take_back(*, kind: Kind, subject: str) -> None:
    """Delete the notices of this kind about a thing that is gone; mails that have left stay left.

    Args:
        kind: what they tell.
        subject: the key that they were told with.
    """
    Notice.objects.filter(subject=subject, kind=kind.value).delete()


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
    rows = Notice.objects.filter(user_id=user_id).order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    # One more than asked for tells whether there is a next page, without counting.
    found = list(rows[: limit + 1])
    keys = {row.course_key for row in found}
    titles = {key: host().course(key).title for key in keys}
    open_keys = {key for key in keys if host().roles(user_id, key)}
    notices = tuple(_data(row, titles[row.course_key], row.course_key in open_keys) for row in found[:limit])
    return InboxPage(notices=notices, older=notices[-1].id if len(found) > limit else None)


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


def _leads_on(row: Notice) -> bool:
    """Tell whether the person may still open the page that the notice leads to."""
    return is_everybodys(row.address) or bool(host().roles(row.user_id, row.course_key))


def _data(row: Notice, course: str, takes_part: bool) -> NoticeData:
    kind = Kind(row.kind)
    return NoticeData(
        id=row.id,
        kind=kind,
        headline=words.headline(kind, title=row.title, actor_name=row.actor_name),
        detail=row.detail,
        course_key=row.course_key,
        course=course,
        created_at=row.created_at,
        unread=row.read_at is None,
        leads_on=takes_part or is_everybodys(row.address),
    )


def _mail(notice: Notice, to: str, *, leads_on: bool) -> None:
    kind = Kind(notice.kind)
    language = host().language(notice.user_id)
    with translation.override(language):
        context = {
            "headline": words.headline(kind, title=notice.title, actor_name=notice.actor_name),
            "step": words.next_step(kind) if leads_on else words.closed(),
            "detail": notice.detail,
            "address": whole(notice.address) if leads_on else "",
            "course": host().course(notice.course_key).title,
            "reason": words.reason(kind),
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
