"""Join codes: made to be read out on the phone, valid for a month, slow to guess."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.locks import locked

from .data import CodeData, CompanyData
from .errors import TooManyGuesses, UnknownCode
from .models import CompanyRun, JoinCode
from .serializers import company_data

#: No 0 and O, no 1, I and L: nobody has to ask which one it is.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 8
VALID = timedelta(days=30)

#: Wrong codes that a person may try within the time below; 31^8 codes last longer than that.
GUESSES = 10
GUESS_MINUTES = 60


def new_code(*, company_id: int, course_key: CourseKey, actor_id: int | None = None) -> CodeData:
    """Make a code for the firm, in the name of ``actor_id``; earlier ones open nothing any more."""
    with transaction.atomic():
        # The lock makes two people who press the button at once end with one code.
        locked(CompanyRun.objects).get(company_id=company_id, course_key=course_key)
        earlier, _by_model = JoinCode.objects.filter(company_id=company_id, course_key=course_key).delete()
        row = JoinCode.objects.create(
            company_id=company_id,
            course_key=course_key,
            code="".join(secrets.choice(ALPHABET) for _place in range(LENGTH)),
            expires_at=timezone.now() + VALID,
        )
        about: dict[str, Any] = {"course_key": course_key, "actor_id": actor_id, "subject": f"company:{company_id}"}
        if earlier:
            audit_log.record(verb="code_renewed", **about)
        else:
            audit_log.record(verb="code_made", **about)
    return _data(row)


def current_code(*, company_id: int, course_key: CourseKey) -> CodeData | None:
    """Return the firm's valid code that lasts longest."""
    rows = JoinCode.objects.filter(company_id=company_id, course_key=course_key, expires_at__gt=timezone.now())
    row = rows.order_by("-expires_at", "-id").first()
    return _data(row) if row else None


def note_shown(*, company_id: int, course_key: CourseKey, actor_id: int, code: CodeData | None) -> None:
    """Tell the trail who has seen the firm's code, because it lets anybody in; each person once for each code."""
    # In the cache, because the page of a firm is opened often; a second line does no harm.
    if code is not None and cache.add(f"iciinsmes.companies.shown.{actor_id}.{code.code}", 1, VALID.total_seconds()):
        audit_log.record(course_key=course_key, verb="code_shown", actor_id=actor_id, subject=f"company:{company_id}")


def company_by_code(*, user_id: int, course_key: CourseKey, code: str) -> CompanyData:
    """Return the firm that the code opens in this course run.

    Raises:
        UnknownCode: no firm, or not any more; counts as a guess of this person.
        TooManyGuesses: the person has guessed too often; then a right code opens nothing either.
    """
    key = f"iciinsmes.companies.guesses.{user_id}"
    if cache.get(key, 0) >= GUESSES:
        raise TooManyGuesses(GUESS_MINUTES)
    row = (
        JoinCode.objects.filter(course_key=course_key, code=_plain(code), expires_at__gt=timezone.now())
        .select_related("company")
        .first()
    )
    if row is None:
        _count_guess(key)
        raise UnknownCode
    return company_data(row.company)


def _count_guess(key: str) -> None:
    cache.add(key, 0, timeout=GUESS_MINUTES * 60)
    try:
        cache.incr(key)
    except ValueError:
        # The hour ended between the two lines.
        cache.set(key, 1, timeout=GUESS_MINUTES * 60)


def _plain(code: str) -> str:
    """Return the code as it is kept, however it was typed."""
    return "".join(letter for letter in code.upper() if letter in ALPHABET)[: LENGTH + 1]


def _data(row: JoinCode) -> CodeData:
    half = LENGTH // 2
    return CodeData(code=f"{row.code[:half]}-{row.code[half:]}", expires_at=row.expires_at)
