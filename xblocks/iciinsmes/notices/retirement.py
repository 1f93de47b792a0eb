"""How long notices and mails are kept, and what is kept about one person."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData
from iciinsmes.platform import host, told_apart

from .inbox import mails_of
from .models import Notice, NoticePreference, OutgoingMail, Reminder

#: Also of mails that could not be sent; tries end after four days.
_MAILS = timedelta(days=30)
#: Stands where the name of a forgotten person stood.
_NOBODY = "…"


def about_person(user_id: int) -> str:
    """Return the subject of notices that are about a person as such; they go with that person, whoever got them."""
    return f"person:{user_id}"


def clear_mails() -> None:
    """Delete mails, and marks of reminders, that are too old to be of use."""
    before = timezone.now() - _MAILS
    OutgoingMail.objects.filter(created_at__lt=before).delete()
    Reminder.objects.filter(last_at__lt=before).delete()


def expire(*, before: datetime, dry_run: bool = False) -> int:
    """Remove the notices from before this moment and return how many; ``dry_run`` only counts them."""
    rows = Notice.objects.filter(created_at__lt=before)
    return rows.count() if dry_run else rows.delete()[0]


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return what the person was told and mailed, without the names of those who did something.

    Args:
        user_id: the person.
        course_key: only this course run; None for all, and for what belongs to none.
    """
    tables: dict[str, Iterator[Mapping[str, Any]]] = {
        "notices": _notices(_of_run(Notice.objects.filter(user_id=user_id), course_key)),
        "mails": _mails(_of_run(OutgoingMail.objects.filter(_mails_of(user_id)), course_key)),
    }
    if course_key is None:
        tables["mail_choice"] = iter([{"mails": mails_of(user_id=user_id).value}])
        tables["reminders"] = iter(Reminder.objects.filter(user_id=user_id).values("kind", "last_at"))
    return PersonalData(tables=tables)


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Delete what is kept about the person here, and the person's name in what others were told.

    Mails to others go too if the full name stands in them: their receivers have the same in their inboxes.

    The account must still have its name and mail address: both are looked for.

    Args:
        user_id: the person.
        course_key: only this course run; None for all, and for what belongs to none.
    """
    name = host().names([user_id]).get(user_id)
    with transaction.atomic():
        _of_run(Notice.objects.filter(Q(user_id=user_id) | Q(subject=about_person(user_id))), course_key).delete()
        _of_run(OutgoingMail.objects.filter(_mails_of(user_id)), course_key).delete()
        if name:
            # A namesake loses the name in old notices too; they then speak of "a learner".
            called = [name, told_apart(name, get_user_model().objects.get(id=user_id).get_username())]
            _of_run(Notice.objects.filter(actor_name__in=called), course_key).update(actor_name="")
        if name and " " in name:
            # A single word is too often somebody else's name.
            _take_out_of_texts(name, course_key)
        if course_key is None:
            NoticePreference.objects.filter(user_id=user_id).delete()
            Reminder.objects.filter(Q(user_id=user_id) | Q(subject=about_person(user_id))).delete()


def _take_out_of_texts(name: str, course_key: CourseKey | None) -> None:
    """Remove mails with the name, and the name from what notices quote; as a word of its own: Ann is not Annabel."""
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    mails = _of_run(OutgoingMail.objects.filter(Q(subject__icontains=name) | Q(body__icontains=name)), course_key)
    named = [mail.id for mail in mails.iterator() if word.search(mail.subject) or word.search(mail.body)]
    OutgoingMail.objects.filter(id__in=named).delete()
    told = _of_run(Notice.objects.filter(Q(title__icontains=name) | Q(detail__icontains=name)), course_key)
    for notice in told.iterator():
        title, detail = (word.sub(_NOBODY, text) for text in (notice.title, notice.detail))
        Notice.objects.filter(id=notice.id).update(title=title, detail=detail)


def forget_subjects(*, subjects: Collection[str]) -> None:
    """Delete what anybody was told about these things, because the things are removed."""
    Notice.objects.filter(subject__in=subjects).delete()
    Reminder.objects.filter(subject__in=subjects).delete()


def forget_mails(*, to: str, naming: str = "") -> None:
    """Delete mails to an address of somebody without an account, sent or not.

    Args:
        to: the address.
        naming: only those whose subject has this text, as it is the learner's name in mails to mentors; empty for all.
    """
    OutgoingMail.objects.filter(to__iexact=to, user=None, subject__contains=naming).delete()


def forget_actor(*, name: str, course_key: CourseKey) -> None:
    """Take the name of somebody without an account out of what others were told about a deed of that person."""
    Notice.objects.filter(course_key=course_key, actor_name=name).update(actor_name="")
    if " " in name:
        _take_out_of_texts(name, course_key)


def _of_run(rows: QuerySet[Any], course_key: CourseKey | None) -> QuerySet[Any]:
    return rows if course_key is None else rows.filter(course_key=course_key)


def _mails_of(user_id: int) -> Q:
    address = get_user_model().objects.filter(id=user_id).values_list("email", flat=True).first()
    mine = Q(user_id=user_id)
    return mine | Q(to__iexact=address) if address else mine


def _notices(rows: QuerySet[Notice]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("id").iterator():
        yield {
            "course": str(row.course_key),
            "at": row.created_at,
            "kind": row.kind,
            "about": row.title,
            "detail": row.detail,
            "read_at": row.read_at,
        }


def _mails(rows: QuerySet[OutgoingMail]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("created_at", "id").iterator():
        yield {
            "course": "" if row.course_key is None else str(row.course_key),
            "at": row.created_at,
            "to": row.to,
            "sent_at": row.sent_at,
        }
