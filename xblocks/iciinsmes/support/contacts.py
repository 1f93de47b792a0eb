"""That somebody of a firm has asked somewhere, and what came of it; and how well referrals work."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from .blocks import settle
from .data import ContactData, Helped, Reader, Referral, SupportKind
from .errors import NotAllowedInDirectory, UnknownContact, UnknownEntry
from .facts import stage_of
from .models import SupportContact, SupportEntry

_MOST = 50


def log_contact(*, reader: Reader, course_key: CourseKey, entry_id: UUID) -> ContactData:
    """Write down that the learner has asked there; twice is once.

    Raises:
        NotAllowedInDirectory: the person does not learn in the run.
        UnknownEntry: there is no such entry.
    """
    if not reader.learns:
        raise NotAllowedInDirectory
    entry = SupportEntry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise UnknownEntry
    with transaction.atomic():
        row, _is_new = SupportContact.objects.get_or_create(
            user_id=reader.user_id,
            course_key=course_key,
            entry=entry,
            defaults={
                "company_id": reader.company_id,
                "stage": stage_of(reader.company_id, course_key),
                "contacted_at": timezone.now(),
            },
        )
        settle(user_id=reader.user_id, course_key=course_key)
    return _contact(row)


def say_outcome(
    *,
    reader: Reader,
    course_key: CourseKey,
    contact_id: int,
    answered: bool | None = None,
    helped: Helped | None = None,
) -> None:
    """Write down whether there was an answer, and whether it has helped, which says that there was one.

    Raises:
        UnknownContact: it is none of the person's own or of the own firm.
    """
    with transaction.atomic():
        row = _mine(reader, course_key).filter(pk=contact_id).first()
        if row is None:
            raise UnknownContact
        if helped is not None:
            row.helped = helped.value
            row.answered = True if helped is not Helped.UNSAID else row.answered
        if answered is not None:
            row.answered = answered
            row.helped = row.helped if answered else ""
        row.save(update_fields=["answered", "helped"])
        if row.user_id is not None:
            settle(user_id=row.user_id, course_key=course_key)


def drop_contact(*, reader: Reader, course_key: CourseKey, contact_id: int) -> None:
    """Take back what was clicked by mistake; only one's own, and only once."""
    SupportContact.objects.filter(pk=contact_id, user_id=reader.user_id, course_key=course_key).delete()


def contacts_of(*, reader: Reader, course_key: CourseKey) -> tuple[ContactData, ...]:
    """Return whom the person and colleagues of the firm have asked, the newest first, in one query."""
    if not reader.learns:
        return ()
    rows = _mine(reader, course_key).select_related("entry").order_by("-contacted_at", "-id")[:_MOST]
    return tuple(_contact(row) for row in rows)


def referrals_of(*, course_key: CourseKey, user_ids: QuerySet[SupportContact] | None = None) -> tuple[Referral, ...]:
    """Return how referrals of a course run work, by entry, those that were contacted most first; in one query.

    Args:
        course_key: the run.
        user_ids: only contacts of these people, unevaluated; None for all.
    """
    rows = SupportContact.objects.filter(course_key=course_key)
    if user_ids is not None:
        rows = rows.filter(user_id__in=user_ids)
    found = rows.values_list("entry__name", "entry__kind").annotate(
        contacted=Count("id"),
        said=Count("id", filter=Q(answered=True)),
        good=Count("id", filter=Q(helped__in=(Helped.YES.value, Helped.PARTLY.value))),
    )
    ordered = found.order_by("-contacted", "entry__name", "entry__id")
    return tuple(
        Referral(name, SupportKind(kind), contacted, said, good) for name, kind, contacted, said, good in ordered
    )


def _mine(reader: Reader, course_key: CourseKey) -> QuerySet[SupportContact]:
    rows = SupportContact.objects.filter(course_key=course_key)
    own = Q(user_id=reader.user_id)
    return rows.filter(own if reader.company_id is None else own | Q(company_id=reader.company_id))


def _contact(row: SupportContact) -> ContactData:
    return ContactData(
        id=row.pk,
        entry_id=row.entry_id,
        entry=row.entry.name,
        user_id=row.user_id,
        contacted_at=row.contacted_at,
        answered=row.answered,
        helped=Helped(row.helped),
    )
