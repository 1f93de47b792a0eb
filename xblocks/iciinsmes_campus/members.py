"""What the command line says about people: an account and its role in a course run, to let the first ones in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.mail_addresses import accounts_known_as, accounts_meant, tidy_address
from iciinsmes.platform import Role
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.learning import api as learning

from .errors import CannotStart
from .runs import no_course, read_course_key

_SECRET_LETTERS = 40


def give_role(who: str, course: str, role: str, *, mail: str | None, name: str | None) -> None:
    """Give somebody a role in a course run, and make the account if there is none; print what comes next.

    Args:
        who: a user name, or the mail address of an account that is there.
        course: the course key.
        role: a value of `Role`.
        mail: the address of a new account.
        name: the full name of a new account, the last word as the family name.

    Raises:
        CannotStart: with one line about what is wrong; nothing was changed.
    """
    key = read_course_key(course)
    try:
        courseware.course(key)
    except courseware.UnknownCourse as error:
        raise no_course(course) from error
    try:
        with transaction.atomic():
            user, is_new = _account(who, mail, name)
            was = learning.membership_of(user_id=user.pk, course_key=key)
            if was is None or was.role.value != role:
                learning.enrol(user_id=user.pk, course_key=key, role=Role(role))
                audit_log.record(
                    course_key=key,
                    verb="role_changed" if was else "enrolled",
                    actor_id=None,
                    actor_name="command line",
                    person_id=user.pk,
                    subject="course",
                    detail={"role": role, **({"was": was.role.value} if was else {})},
                )
    except DatabaseError as error:
        raise CannotStart(f"The database cannot be used ({error.args[-1]}). Start the campus once.") from error
    print(f"{user.get_username()} takes part in {course} as {role}.")
    if is_new:
        print(f"A password for this account is chosen here, once, within {_days()}: {_link(user)}")


def _account(who: str, mail: str | None, name: str | None) -> tuple[Any, bool]:
    found = accounts_meant(who, active_only=False)
    if len(found) > 1:
        raise CannotStart(f"Several accounts have {who}. Give the user name of one.")
    if found:
        if not found[0].is_active:
            raise CannotStart(f"The account {found[0].get_username()} is closed.")
        return found[0], False
    if "@" in who:
        raise CannotStart(f"There is no account with {who}. For a new one: person NAME --mail {who}")
    if mail is None:
        raise CannotStart(f"There is no account {who}. For a new one, give its address: --mail ADDRESS")
    return _new_account(who, tidy_address(mail), name or ""), True


def _new_account(username: str, mail: str, name: str) -> Any:
    model = get_user_model()
    first, _space, last = name.strip().rpartition(" ")
    user = model(username=username, email=mail, first_name=first or last, last_name=last if first else "")
    # Nobody knows it; with one, a forgotten password can be asked for as well.
    user.set_password(get_random_string(_SECRET_LETTERS))
    try:
        validate_email(mail)
        user.full_clean()
    except ValidationError as error:
        raise CannotStart(f"The account cannot be made: {' '.join(error.messages)}") from error
    if accounts_known_as(addresses=[mail]).exists():
        raise CannotStart(f"Another account has the address {mail}. Give that one the role: person {mail}")
    user.save()
    return user


def _days() -> str:
    days = settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)
    return "a day" if days == 1 else f"{days} days"


def _link(user: Any) -> str:
    given = [urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)]
    return f"{settings.ADDRESS}{reverse('campus:password-new', args=given)}"
