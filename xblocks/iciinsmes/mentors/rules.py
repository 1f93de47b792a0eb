"""Who can be a mentor, what an answer needs, and where a request stands; pure functions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from iciinsmes.lib.mail_addresses import address_key, mailbox_key, tidy_address

from .data import (
    MAX_CHANGE,
    MAX_EMAIL,
    MAX_NAME,
    MAX_QUESTION,
    MAX_REMARK,
    MAX_ROLE,
    AnswerForm,
    MentorContact,
    MentorRole,
    MentorVerdict,
    RequestState,
    TookPlace,
)

#: A reason for signing in a mentor's place, in characters.
MIN_REASON = 10

#: A mail that arrives every day is a mail that nobody reads.
REMINDER_PAUSE = timedelta(days=7)
#: How long before its end a link counts as about to expire.
EXPIRING = timedelta(days=5)
QUESTION_PAUSE = timedelta(hours=1)
#: The second half of a double click asks nobody anew.
DOUBLE_CLICK = timedelta(minutes=1)
#: Requests of one person within a day; more would be mails to strangers.
REQUESTS_A_DAY = 20

#: Who can confirm what the only person of a firm has done there.
OUTSIDE = frozenset({MentorRole.ADVISER, MentorRole.OTHER_OWNER})


def state_at(stored: str, expires_at: datetime, now: datetime) -> RequestState:
    """Return where a request stands at a moment."""
    return RequestState.EXPIRED if stored == RequestState.OPEN and now >= expires_at else RequestState(stored)


def tidy_contact(contact: MentorContact) -> MentorContact:
    """Return the contact as it is kept."""
    return replace(contact, name=" ".join(contact.name.split()), email=tidy_address(contact.email))


def contact_errors(
    contact: MentorContact,
    *,
    learner_name: str,
    learner_email: str,
    one_person: bool,
    languages: Collection[str],
    team_emails: Collection[str] = (),
) -> dict[str, str]:
    """Return a sentence for each field for which this person cannot be asked; empty when all is well.

    Args:
        contact: as `tidy_contact` returns it.
        learner_name: the name of whoever asks.
        learner_email: the address of that person's account.
        one_person: whether the learner is the firm's only person.
        languages: codes that can be chosen.
        team_emails: the addresses of those who handed in together.
    """
    own = {mailbox_key(address) for address in (learner_email, *team_emails) if address.strip()}
    errors: dict[str, str] = {}
    if not contact.name:
        errors["name"] = _("Write the name of your mentor.")
    elif len(contact.name) > MAX_NAME:
        errors["name"] = _too_long(MAX_NAME)
    elif not contact.email and contact.name.casefold() == learner_name.casefold():
        # Father and son may share a name; then an address tells them apart.
        errors["name"] = _own(one_person)
    if contact.email:
        if not _is_email(contact.email):
            errors["email"] = _("This is not a mail address. Look for a missing dot or @.")
        elif mailbox_key(contact.email) in own:
            errors["email"] = _own(one_person)
    if contact.role not in [role.value for role in MentorRole]:
        errors["role"] = _("Choose what your mentor is.")
    elif one_person and contact.role not in OUTSIDE:
        errors["role"] = _(
            "You are the only person of your firm. Ask an adviser of your chamber, or the owner of another firm."
        )
    if contact.language not in languages:
        errors["language"] = _("Choose one of the languages.")
    return errors


def same_mentor(one: MentorContact, other: MentorContact) -> bool:
    """Tell whether two contacts are one person: the same address, or without both of them the same name."""
    if one.email and other.email:
        return address_key(one.email) == address_key(other.email)
    return one.name.casefold() == other.name.casefold()


def tidy_answer(form: AnswerForm) -> AnswerForm:
    """Return the answer as it is kept; line ends as they are stored everywhere, and no remark with a confirmation."""
    return replace(
        form,
        change=form.change.replace("\r\n", "\n").strip(),
        remark=form.remark.replace("\r\n", "\n").strip() if form.verdict == MentorVerdict.SENT_BACK else "",
        name=" ".join(form.name.split()),
        role=" ".join(form.role.split()),
    )


def answer_errors(form: AnswerForm) -> dict[str, str]:
    """Return a sentence for each field without which there is no answer; empty when all is there.

    Sending back needs a remark instead of a change: whoever finds that nothing happened has no change to tell.
    """
    errors: dict[str, str] = {}
    if form.verdict not in [verdict.value for verdict in MentorVerdict]:
        errors["verdict"] = _("Choose one of the buttons: confirm, send back, or ask the coach.")
    if form.took_place not in [answer.value for answer in TookPlace]:
        errors["took_place"] = _("Choose yes, partly or no.")
    elif form.took_place == TookPlace.NO and form.verdict == MentorVerdict.CONFIRMED:
        errors["took_place"] = _("You say that it did not take place. Then send it back with a remark.")
    if form.verdict == MentorVerdict.CONFIRMED and not form.change:
        errors["change"] = _("Write one sentence. “Nothing yet” is an answer too.")
    elif len(form.change) > MAX_CHANGE:
        errors["change"] = _too_long(MAX_CHANGE)
    if form.verdict == MentorVerdict.SENT_BACK and not form.remark:
        errors["remark"] = _("Write what is missing or not right, so that your colleague can mend it.")
    elif len(form.remark) > MAX_REMARK:
        errors["remark"] = _too_long(MAX_REMARK)
    if not form.name:
        errors["name"] = _("Write your name. It stands for your signature.")
    elif len(form.name) > MAX_NAME:
        errors["name"] = _too_long(MAX_NAME)
    if not form.role:
        errors["role"] = _("Write your role, for example owner.")
    elif len(form.role) > MAX_ROLE:
        errors["role"] = _too_long(MAX_ROLE)
    return errors


def may_remind(reminded_at: datetime | None, now: datetime) -> bool:
    """Tell whether the last reminder, if any, is long enough ago for another one."""
    return reminded_at is None or now - reminded_at >= REMINDER_PAUSE


def no_address() -> str:
    """Return why no mail can be sent."""
    return _("You have not given a mail address. Show the QR code instead.")


def signing_errors(form: AnswerForm, reason: str) -> dict[str, str]:
    """Return what is different from `answer_errors` for who signs in a mentor's place: a reason, and whose word it is.

    Args:
        form: the answer, with name and role of whom it is from.
        reason: why, and how the coordinator knows what happened.
    """
    errors: dict[str, str] = {}
    if not form.name.strip():
        errors["name"] = _("Write who says so: the name of the mentor, or of whoever knows what happened.")
    if not form.role.strip():
        errors["role"] = _("Write the role of that person, for example owner.")
    if len(reason.strip()) < MIN_REASON:
        errors["reason"] = _("Write why the mentor cannot answer, and how you know what happened.")
    elif len(reason) > MAX_REMARK:
        errors["reason"] = _too_long(MAX_REMARK)
    return errors


def question_errors(question: str) -> dict[str, str]:
    """Return what is wrong with a question to the coach."""
    if not question.strip():
        return {"question": _("Write your question.")}
    return {"question": _too_long(MAX_QUESTION)} if len(question.strip()) > MAX_QUESTION else {}


def _own(one_person: bool) -> str:
    if one_person:
        return _("Nobody is the own mentor. Ask an adviser of your chamber, or the owner of another firm.")
    return _("Nobody is the own mentor. Ask somebody else in your firm, or an adviser of your chamber.")


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= MAX_EMAIL


def _too_long(limit: int) -> str:
    return _("This text is too long. Please stay below %(limit)d characters.") % {"limit": limit}
