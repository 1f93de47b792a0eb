"""The only door to the outbox: mail that was sent, by receiver.

Everybody reads the own mail; a coordinator also that of the courses which the person coordinates. What belongs to no
course is its receiver's alone. Links that set a password or let a mentor answer are readable for their receiver only.
"""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.mail_addresses import accounts_known_as, address_key
from iciinsmes.lib.paging import page_of
from iciinsmes.platform import Role
from iciinsmes_campus.learning import api as learning

from .data import MailData, MailError, MailPage, UnknownMail, without_secret_links
from .models import OutboxMail
from .retirement import expire_mails, export_person, forget_person

__all__ = [
    "MailData",
    "MailError",
    "MailPage",
    "UnknownMail",
    "coordinated",
    "expire_mails",
    "export_person",
    "forget_person",
    "mail",
    "note_listed",
    "note_opened",
    "outbox",
]


def coordinated(user_id: int) -> list[CourseKey]:
    """Return the course runs whose mail the person may read."""
    return [row.course_key for row in learning.memberships_of(user_id) if row.role == Role.COORDINATOR]


def outbox(*, user_id: int, address: str, before: int | None = None, limit: int = 25) -> MailPage:
    """Return a page of the mail that the person may read, newest first.

    Args:
        user_id: who reads.
        address: the person's own mail address.
        before: the key of the page, None for the first.
        limit: at most so many.
    """
    rows = _readable(user_id, address)
    found, is_more = page_of(rows, "-id", after=None if before is None else (before,), limit=limit)
    return MailPage(mails=tuple(_data(row, address) for row in found), older=found[-1].id if is_more else None)


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
    keys = {shown.course_key for shown in page.mails if _is_of_somebody_else(shown, address)}
    for key in sorted(filter(None, keys), key=str):
        audit_log.record(course_key=key, verb="outbox_read", actor_id=user_id, subject="outbox")


def note_opened(*, user_id: int, address: str, mail: MailData) -> None:
    """Tell the trail that a coordinator has read a mail to somebody else; see `note_listed`."""
    if mail.course_key is not None and _is_of_somebody_else(mail, address):
        found = accounts_known_as(addresses=[mail.receiver]).values_list("pk", flat=True)[:2]
        # Two accounts with one address: nobody can say whose mail it is.
        person_id = found[0] if len(found) == 1 else None
        audit_log.record(
            course_key=mail.course_key,
            verb="mail_read",
            actor_id=user_id,
            person_id=person_id,
            subject=f"mail:{mail.id}",
        )


def _is_of_somebody_else(mail: MailData, address: str) -> bool:
    return mail.receiver != address_key(address)


def _readable(user_id: int, address: str) -> QuerySet[OutboxMail]:
    theirs = Q(course_key__in=coordinated(user_id))
    if address.strip():
        theirs |= Q(receiver=address_key(address))
    return OutboxMail.objects.filter(theirs)


def _data(row: OutboxMail, address: str) -> MailData:
    data = MailData(
        id=row.id,
        sent_at=row.sent_at,
        course_key=row.course_key,
        receiver=row.receiver,
        sender=row.sender,
        subject=row.subject,
        body=row.body,
        html=row.html,
    )
    if row.receiver == address_key(address):
        return data
    return replace(data, body=without_secret_links(data.body), html=without_secret_links(data.html))
