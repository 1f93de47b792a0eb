"""The owner's word, by a link without an account: to agree to exactly what is read, and to take it back at any time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction
from django.utils import timezone

from iciinsmes.companies import api as companies
from iciinsmes.lib.link_secrets import BadSecret
from iciinsmes.lib.locks import locked

from .data import CaseProposal, CaseState
from .errors import NotOwnConsent, StaleCase, WrongCase
from .models import PracticeCase
from .proposing import SECRETS, end
from .signals import case_agreed
from .stored import proposal_of
from .trail import record_case

_LONGEST_NAME = 200


def case_behind(*, secret: str) -> CaseProposal:
    """Return the case that an owner's link opens.

    Raises:
        BadSecret: this site has not made the link, it is too old to agree, or the case was changed or taken back;
            nobody learns which.
    """
    return proposal_of(_row(secret, lock=False))


def agree(*, secret: str, name: str, is_named: bool, revision: int, user_id: int | None = None) -> CaseProposal:
    """Agree that the case may be shown to everybody who may read the library.

    Args:
        secret: of the link.
        name: of the owner, as typed.
        is_named: whether readers see the name of the firm.
        revision: of what the owner has read.
        user_id: who is signed in in this browser, if anybody.

    Raises:
        BadSecret: see `case_behind`.
        WrongCase: the name is missing.
        StaleCase: something has happened to the case since it was read.
        NotOwnConsent: it is whoever has proposed it, and there are others in the firm.
    """
    name = " ".join(name.split())[:_LONGEST_NAME]
    with _held(secret) as row:
        if row.state != CaseState.ASKED.value or row.revision != revision:
            raise StaleCase
        if user_id is not None and user_id == row.proposed_by_id and not _is_one_person(row):
            raise NotOwnConsent
        if not name:
            raise WrongCase({"name": "required"})
        now = timezone.now()
        row.state, row.owner, row.is_named = CaseState.AGREED.value, name, is_named
        row.agreed_at = row.changed_at = now
        row.revision += 1
        row.save()
        record_case(row, verb="case_agreed", user_id=None, name=name)
        transaction.on_commit(partial(case_agreed.send, sender=None, case_id=row.pk), robust=True)
    return proposal_of(row)


def refuse(*, secret: str) -> None:
    """Say no, or take the consent back: the case is gone from everywhere at once.

    Raises:
        BadSecret: see `case_behind`.
    """
    with _held(secret) as row:
        name = row.owner
        end(row)
        record_case(row, verb="case_taken_back", user_id=None, name=name)


@contextmanager
def _held(secret: str) -> Iterator[PracticeCase]:
    with transaction.atomic():
        yield _row(secret, lock=True)


def _row(secret: str, *, lock: bool) -> PracticeCase:
    case_id, nonce = SECRETS.read(secret)
    rows = locked(PracticeCase.objects) if lock else PracticeCase.objects.all()
    row = rows.filter(pk=case_id, nonce=nonce).exclude(state=CaseState.TAKEN_BACK.value).first()
    if row is None or (row.state == CaseState.ASKED.value and row.link_until <= timezone.now()):
        raise BadSecret
    return row


def _is_one_person(row: PracticeCase) -> bool:
    return companies.is_one_person(company_id=row.company_id)
