"""Links to the owner's one-page summary: made by a member, good for thirty days, taken back at any time.

A link is made when it is needed from its row and the site's key, and kept nowhere. As with mentors its secret stands
behind the ``#``, and the browser that hands it in gets a pass for looking (`lib.link_secrets`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.link_secrets import BadSecret, LinkSecrets, new_nonce
from iciinsmes.platform import host

from .errors import NotAllowedInProject, TooManyEntries, UnknownProject, UnknownProjectEntry
from .models import Project, SummaryLink
from .permissions import reader_of

SECRETS = LinkSecrets("iciinsmes.projects.summary")
#: How long a link is good for.
LASTS = timedelta(days=30)
#: Links of a project that are open at the same time.
_MOST_OPEN = 10


@dataclass(frozen=True)
class SummaryLinkData:
    """A link; ``address`` is empty once it has expired or was taken back."""

    id: UUID
    made_by: int | None
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    with_words: bool
    address: str


def links_to_summary(*, project_id: UUID, user_id: int, course_key: CourseKey) -> tuple[SummaryLinkData, ...]:
    """Return the project's links, the newest first; whoever is no member sees that they exist and no address.

    Raises:
        UnknownProject: there is no such project for this person in this run.
    """
    row, is_member = _project(project_id, user_id, course_key)
    rows = SummaryLink.objects.filter(project=row).order_by("-made_at", "-id")[:50]
    return tuple(_data(each, with_address=is_member) for each in rows)


def make_summary_link(
    *, project_id: UUID, user_id: int, course_key: CourseKey, with_words: bool = False
) -> SummaryLinkData:
    """Make a link to the summary.

    Args:
        project_id: the project; one that has ended has a summary too.
        user_id: one of its members.
        course_key: the run.
        with_words: whether it shows what customers have said.

    Raises:
        UnknownProject, NotAllowed: the person is no member.
        TooManyEntries: there are as many open links as there may be.
    """
    row = _own_project(project_id, user_id, course_key)
    now = timezone.now()
    if SummaryLink.objects.filter(project=row, revoked_at=None, expires_at__gt=now).count() >= _MOST_OPEN:
        raise TooManyEntries
    made = SummaryLink.objects.create(
        project=row,
        nonce=new_nonce(),
        with_words=with_words,
        made_by_id=user_id,
        made_at=now,
        expires_at=now + LASTS,
    )
    return _data(made, with_address=True)


def revoke_summary_link(*, project_id: UUID, user_id: int, course_key: CourseKey, link_id: UUID) -> None:
    """Take a link back: from now on it leads nowhere.

    Raises:
        UnknownProject, NotAllowed: the person is no member.
        UnknownProjectEntry: the project has no such link.
    """
    row = _own_project(project_id, user_id, course_key)
    found = SummaryLink.objects.filter(project=row, id=link_id)
    if not found.exists():
        raise UnknownProjectEntry
    found.filter(revoked_at=None).update(revoked_at=timezone.now())


def summary_behind(*, secret: str) -> tuple[UUID, bool]:
    """Return the project that a link opens, and whether it shows customers' words.

    Raises:
        BadSecret: this site has not made the link, or it has expired or was taken back; nobody learns which.
    """
    link_id, nonce = SECRETS.read(secret)
    row = SummaryLink.objects.filter(id=link_id, nonce=nonce, revoked_at=None, expires_at__gt=timezone.now()).first()
    if row is None:
        raise BadSecret
    return row.project_id, row.with_words


def _data(row: SummaryLink, *, with_address: bool) -> SummaryLinkData:
    is_open = row.revoked_at is None and row.expires_at > timezone.now()
    address = f"{host().absolute(reverse('iciinsmes:summary-door'))}#{SECRETS.secret(row.id, row.nonce)}"
    return SummaryLinkData(
        id=row.id,
        made_by=row.made_by_id,
        made_at=row.made_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        with_words=row.with_words,
        address=address if is_open and with_address else "",
    )


def _own_project(project_id: UUID, user_id: int, course_key: CourseKey) -> Project:
    row, is_member = _project(project_id, user_id, course_key)
    if not is_member:
        raise NotAllowedInProject
    return row


def _project(project_id: UUID, user_id: int, course_key: CourseKey) -> tuple[Project, bool]:
    row = Project.objects.filter(id=project_id).first()
    if row is None:
        raise UnknownProject
    reader = reader_of(row, user_id, course_key)
    if not reader.may_read:
        raise UnknownProject
    return row, reader.member
