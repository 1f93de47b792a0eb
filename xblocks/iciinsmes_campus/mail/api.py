"""The only door to the outbox: mail that was sent, by receiver.

A coordinator of any course reads the mail of the whole campus, everybody else the own mail. Links that set a password
or let a mentor answer are readable for their receiver only.
"""

from __future__ import annotations

from dataclasses import replace

from django.db.models import QuerySet

from iciinsmes.addresses import address_key
from iciinsmes.platform import Role
from iciinsmes_campus.learning import api as learning

from .data import MailData, MailPage
from .errors import MailError, UnknownMail
from .models import OutboxMail
from .rules import without_secret_links

__all__ = ["MailData", "MailError", "MailPage", "UnknownMail", "mail", "outbox", "reads_all"]


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


def _readable(user_id: int, address: str) -> QuerySet[OutboxMail]:
    rows = OutboxMail.objects.all()
    if reads_all(user_id):
        return rows
    return rows.filter(receiver=address_key(address)) if address.strip() else rows.none()


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
    if row.receiver == address_key(address):
        return data
    return replace(data, body=without_secret_links(data.body), html=without_secret_links(data.html))
