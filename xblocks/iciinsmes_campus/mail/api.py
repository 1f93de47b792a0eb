"""The only door to the outbox: mail that was sent, by receiver.

A coordinator of any course reads the mail of the whole campus, everybody else the own mail. Links that set a password
or let a mentor answer are readable for their receiver only.
"""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import Role
from iciinsmes.trail import api as trail
from iciinsmes_campus.learning import api as learning

from .data import MailData, MailPage
from .errors import MailError, UnknownMail
from .keeping import expire_mails, export_person, forget_person
from .models import OutboxMail
from .rules import without_secret_links

__all__ = [
    "MailData",
    "MailError",
    "MailPage",
    "UnknownMail",
    "expire_mails",
    "export_person",
    "forget_person",
    "mail",
    "note_listed",
    "note_opened",
    "outbox",
    "reads_all",
]


def reads_all(user_id: int) -> bool:
    """Tell whether the person may read the mail of the whole campus."""
    return any(row.role == Role.COORDINATOR for row in learning.memberships_of(user_id))


def outbox(*, user_id: int, address: str, before: int | None = None, limit: int = 25) -> MailPage:
    """Return a page of the mail that the person may read, newest first.

    Args:
        user_id: who reads.
        address: the person's own mail address.
        before: the key of the page, None for the first.
        limit: at most so many.
    """
    rows = _readable(user_id, address).order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    # One more than asked for tells whether there is a next page, without counting.
    found = list(rows[: limit + 1])
    mails = tuple(_data(row, address) for row in found[:limit])
    return MailPage(mails=mails, older=mails[-1].id if len(found) > limit else None)


def mail(*, mail_id: int, user_id: int, address: str) -> MailData:
    """Return one mail.

    Raises:
        UnknownMail: if it does not exist, or the person may not read it.
    """
    row = _readable(user_id, address).filter(id=mail_id).first()
    if row is None:
        raise UnknownMail(str(mail_id))
    return _data(row, address)


def note_listed(*, user_id: int, address: str, page: MailPage) -> None:
    """Tell the trail that a coordinator has read who got which mail; nobody is noted for the own mail.

    Args:
        user_id: who read.
        address: the person's own mail address.
        page: what was shown.
    """
    if any(_is_of_somebody_else(shown, address) for shown in page.mails):
        for key in _coordinated(user_id):
            trail.record(course_key=key, verb="outbox_read", actor_id=user_id, subject="outbox")


def note_opened(*, user_id: int, address: str, mail: MailData) -> None:
    """Tell the trail that a coordinator has read a mail to somebody else; see `note_listed`."""
    if _is_of_somebody_else(mail, address):
        found = get_user_model().objects.filter(email__iexact=mail.receiver).values_list("pk", flat=True)[:2]
        # Two accounts with one address: nobody can say whose mail it is.
        person_id = found[0] if len(found) == 1 else None
        for key in _coordinated(user_id):
            trail.record(
                course_key=key, verb="mail_read", actor_id=user_id, person_id=person_id, subject=f"mail:{mail.id}"
            )


def _coordinated(user_id: int) -> list[CourseKey]:
    return [row.course_key for row in learning.memberships_of(user_id) if row.role == Role.COORDINATOR]


def _is_of_somebody_else(mail: MailData, address: str) -> bool:
    return mail.receiver != address.strip().lower()


def _readable(user_id: int, address: str) -> QuerySet[OutboxMail]:
    rows = OutboxMail.objects.all()
    if reads_all(user_id):
        return rows
    return rows.filter(receiver=address.strip().lower()) if address.strip() else rows.none()


def _data(row: OutboxMail, address: str) -> MailData:
    data = MailData(
        id=row.id,
        sent_at=row.sent_at,
        receiver=row.receiver,
        sender=row.sender,
        subject=row.subject,
        body=row.body,
        html=row.html,
    )
    if row.receiver == address.strip().lower():
        return data
    return replace(data, body=without_secret_links(data.body), html=without_secret_links(data.html))
