"""How long the outbox keeps mails, and what is in it to and about one person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.mail_addresses import address_key
from iciinsmes.lib.personal_data import PersonalData
from iciinsmes.platform import host
from iciinsmes_campus.scrubbing import scrub_when_committed

from .data import without_secret_links
from .models import OutboxMail


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return the mails to the person as they were written; links that are as good as a password are left out of them.

    Whoever prepares the zip may be a coordinator, and must not get into the account by it.

    Args:
        user_id: the person.
        course_key: only mails of this course run; None for all, and for those that belong to none.
    """
    return PersonalData(tables={"mails": _mails(_of_run(_to(user_id), course_key))})


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Remove the mails to the person, and those to others in which the person stands by name, user name or address.

    A user name that is one plain word and not what others read, such as "anna", is not looked for: it is too often
    somebody else's name. The receivers have what matters in their inboxes. The account must still have its name and
    address: both are looked for.
    """
    with transaction.atomic():
        _of_run(_to(user_id), course_key).delete()
        _of_run(OutboxMail.objects.filter(id__in=list(_about(user_id))), course_key).delete()


def expire_mails(*, before: datetime, dry_run: bool = False) -> int:
    """Remove the mails from before this moment and return how many; ``dry_run`` only counts them."""
    rows = OutboxMail.objects.filter(sent_at__lt=before)
    if dry_run:
        return rows.count()
    scrub_when_committed()
    return rows.delete()[0]


def _to(user_id: int) -> QuerySet[OutboxMail]:
    address = get_user_model().objects.filter(pk=user_id).values_list("email", flat=True).first()
    return OutboxMail.objects.filter(receiver=address_key(address)) if address else OutboxMail.objects.none()


def _of_run(rows: QuerySet[OutboxMail], course_key: CourseKey | None) -> QuerySet[OutboxMail]:
    return rows if course_key is None else rows.filter(course_key=course_key)


def _about(user_id: int) -> Iterator[int]:
    """Yield the ids of mails in which the person stands as a word of its own: Ann is not meant by Annabel."""
    shown = host().names([user_id]).get(user_id, "").casefold()
    for written in host().known_names(user_id):
        if written.isalpha() and written != shown:
            continue
        word = re.compile(rf"(?<!\w){re.escape(written)}(?!\w)", re.IGNORECASE)
        found = Q(subject__icontains=written) | Q(body__icontains=written) | Q(html__icontains=written)
        for row in OutboxMail.objects.filter(found | Q(receiver__icontains=written)).iterator():
            if any(word.search(text) for text in (row.subject, row.body, row.html, row.receiver)):
                yield row.id


def _mails(rows: QuerySet[OutboxMail]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("id").iterator():
        yield {
            "at": row.sent_at,
            "from": row.sender,
            "to": row.receiver,
            "subject": row.subject,
            "text": without_secret_links(row.body),
            "html": without_secret_links(row.html),
        }
