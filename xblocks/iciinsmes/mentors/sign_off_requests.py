"""The learner's side: ask a mentor, remind, ask anew, withdraw."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.lib.locks import locked
from iciinsmes.platform import host, languages
from iciinsmes.subjects import Subject

from . import mails, rules, signals
from .data import Matter, MentorContact, RequestData, RequestState, matter_from_json, matter_to_json
from .errors import (
    AlreadyAnswered,
    Expired,
    InvalidContact,
    MentorsError,
    Revoked,
    TooManyMentors,
    TooSoon,
    UnknownRequest,
)
from .links import new_nonce
from .models import MentorAnswer, MentorRequest
from .reading import due_reminders
from .serializers import request_data, take_turn

log = logging.getLogger(__name__)


def request_sign_off(
    *,
    subject: Subject,
    asked_by: int,
    contact: MentorContact,
    matter: Matter,
    together: Collection[int] = (),
    one_person: bool = False,
) -> RequestData:
    """Ask a mentor about a subject: with an address by mail, without one by the QR code of the link.

    Earlier requests to the same mentor are withdrawn. The second half of a double click returns what the first made.

    Args:
        subject: what is to be confirmed, for example a round.
        asked_by: the learner whose work it is.
        contact: the mentor as typed.
        matter: what the mentor shall read.
        together: who handed in with that person; none of them is the mentor of it.
        one_person: whether the learner was alone in the firm, and so needs a mentor from outside.

    Raises:
        InvalidContact: this person cannot be asked.
        AlreadyAnswered: the subject has its answer.
        TooManyMentors: the learner has asked too many people today.
    """
    contact = rules.tidy_contact(contact)
    with transaction.atomic():
        take_turn(subject.id)
        # The lock makes two tabs of one learner ask one after the other.
        locked(get_user_model().objects).get(pk=asked_by)
        _check(contact, asked_by, together, one_person=one_person)
        for row in MentorRequest.objects.filter(subject=subject.id, asked_by_id=asked_by, state=RequestState.OPEN):
            known = request_data(row)
            if known.contact == contact and timezone.now() - row.created_at < rules.DOUBLE_CLICK:
                return known
        return _ask(subject, asked_by, contact, matter_to_json(matter))


def renew(*, request_id: UUID, asked_by: int, together: Collection[int] = (), one_person: bool = False) -> RequestData:
    """Ask the same mentor about the same matter with a new link; the earlier link opens nothing any more.

    Args:
        request_id: the request that gives way.
        asked_by: the learner whose work it is.
        together: as for `request_sign_off`.
        one_person: as for `request_sign_off`.

    Raises:
        UnknownRequest: this person has not asked that.
        InvalidContact: the address has become one of those whose work it is.
        AlreadyAnswered: the subject has its answer.
        TooManyMentors: the learner has asked too many people today.
    """
    with transaction.atomic():
        _take_turn(request_id, asked_by)
        locked(get_user_model().objects).get(pk=asked_by)
        row = _own(request_id, asked_by)
        _check(request_data(row).contact, asked_by, together, one_person=one_person)
        subject = Subject(id=row.subject, kind=row.subject_kind, course_key=row.course_key)
        return _ask(subject, asked_by, request_data(row).contact, row.matter)


def remind(*, request_id: UUID, asked_by: int) -> RequestData:
    """Send the link once more, at most once a week.

    Raises:
        UnknownRequest: this person has not asked that.
        InvalidContact: there is no address to write to.
        TooSoon: the last reminder is less than a week ago.
        AlreadyAnswered, Revoked, Expired: the link opens nothing any more.
    """
    return _remind(request_id, asked_by, by_itself=False)


def remind_due() -> None:
    """Send the one reminder that nobody has to think of: for requests by mail that wait for a week."""
    for request in due_reminders():
        key = CourseKey.from_string(request.course_key)
        if not companies.can_work(user_id=request.asked_by, course_key=key):
            continue
        try:
            _remind(request.id, request.asked_by, by_itself=True)
        except MentorsError:
            log.info("mentor request %s needs no reminder any more", request.id)


def _remind(request_id: UUID, asked_by: int, *, by_itself: bool) -> RequestData:
    now = timezone.now()
    with transaction.atomic():
        _take_turn(request_id, asked_by)
        row = _own(request_id, asked_by)
        state = rules.state_at(row.state, row.expires_at, now)
        if state is not RequestState.OPEN:
            raise {RequestState.REVOKED: Revoked, RequestState.EXPIRED: Expired}.get(state, AlreadyAnswered)
        if not row.email:
            raise InvalidContact({"email": rules.no_address()})
        if not rules.may_remind(row.reminded_at, now):
            raise TooSoon
        row.reminded_at = now
        row.reminders += 1
        row.save(update_fields=["reminded_at", "reminders"])
        reminded = request_data(row)
        signals.reminded.send(sender=RequestData, request=reminded, by_itself=by_itself)
        mails.reminder(reminded, matter_from_json(row.matter))
    return reminded


def revoke(*, request_id: UUID, asked_by: int) -> RequestData:
    """Withdraw a request, so that its link opens nothing; one that is answered stays as it is.

    Raises:
        UnknownRequest: this person has not asked that.
    """
    with transaction.atomic():
        _take_turn(request_id, asked_by)
        row = _own(request_id, asked_by)
        if row.state == RequestState.OPEN:
            row.state = RequestState.REVOKED
            row.save(update_fields=["state"])
            signals.revoked.send(sender=RequestData, request=request_data(row))
    return request_data(row)


def revoke_all(*, subjects: Collection[UUID]) -> None:
    """Withdraw every open request about the subjects, because they wait for no mentor any more.

    Whoever calls it has locked what the subjects are; see `signals.about_to_change`.
    """
    MentorRequest.objects.filter(subject__in=subjects, state=RequestState.OPEN).update(state=RequestState.REVOKED)


def _check(contact: MentorContact, asked_by: int, together: Collection[int], *, one_person: bool) -> None:
    """Refuse whom this person cannot ask.

    Raises:
        InvalidContact: for the reasons of `rules.contact_errors`.
    """
    accounts = get_user_model().objects.filter(pk__in={asked_by, *together})
    addresses: dict[int, str] = dict(accounts.values_list("pk", "email"))
    errors = rules.contact_errors(
        contact,
        learner_name=host().names([asked_by]).get(asked_by, ""),
        learner_email=addresses.pop(asked_by, ""),
        one_person=one_person,
        languages=[code for code, _name in languages.offered()],
        team_emails=tuple(addresses.values()),
    )
    if errors:
        raise InvalidContact(errors)


def _ask(subject: Subject, asked_by: int, contact: MentorContact, matter: dict[str, Any]) -> RequestData:
    now = timezone.now()
    if MentorAnswer.objects.filter(subject=subject.id).exists():
        raise AlreadyAnswered
    today = MentorRequest.objects.filter(asked_by_id=asked_by, created_at__gt=now - timedelta(days=1))
    if today.count() >= rules.REQUESTS_A_DAY:
        raise TooManyMentors
    for earlier in MentorRequest.objects.filter(subject=subject.id, state=RequestState.OPEN):
        if rules.same_mentor(request_data(earlier).contact, contact):
            earlier.state = RequestState.REVOKED
            earlier.save(update_fields=["state"])
    row = MentorRequest.objects.create(
        subject=subject.id,
        subject_kind=subject.kind,
        course_key=subject.course_key,
        asked_by_id=asked_by,
        name=contact.name,
        email=contact.email,
        language=contact.language,
        role=contact.role,
        matter=matter,
        nonce=new_nonce(),
        created_at=now,
        expires_at=now + timedelta(days=_link_days()),
    )
    request = request_data(row)
    signals.asked.send(sender=RequestData, request=request)
    if contact.email:
        mails.invitation(request, matter_from_json(matter))
    return request


def _take_turn(request_id: UUID, asked_by: int) -> None:
    """See `take_turn`; the subject of a request never changes, so it is looked up without a lock."""
    own = MentorRequest.objects.filter(pk=request_id, asked_by_id=asked_by)
    subject = own.values_list("subject", flat=True).first()
    if subject is None:
        raise UnknownRequest(request_id)
    take_turn(subject)


def _own(request_id: UUID, asked_by: int) -> MentorRequest:
    row = locked(MentorRequest.objects).filter(pk=request_id, asked_by_id=asked_by).first()
    if row is None:
        raise UnknownRequest(request_id)
    return row


def _link_days() -> int:
    return int(settings.ICIINSMES_MENTOR_LINK_DAYS)  # type: ignore[misc] # set in plugin_settings
