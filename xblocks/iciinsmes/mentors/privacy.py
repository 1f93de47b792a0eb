"""What the law gives people: a copy of what is kept about them, and its end."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction

from .data import State
from .models import MentorAnswer, MentorRequest

_REQUEST = (
    "id", "subject", "course_key", "name", "email", "language", "role", "matter", "state", "created_at", "expires_at",
    "opened_at", "reminded_at", "reminders", "coach_asked_at", "coach_question",
)  # fmt: skip
_ANSWER = (
    "id", "subject", "course_key", "verdict", "took_place", "change", "coach_may_see", "teacher_may_see",
    "course_may_see", "remark", "name", "role", "answered_at", "on_paper", "reason",
)  # fmt: skip


def export_person(*, user_id: int) -> dict[str, Any]:
    """Return all that is kept about the person as a learner, and what the person signed for others; fit for JSON."""
    own = MentorAnswer.objects.filter(owner_id=user_id).order_by("answered_at")
    signed = MentorAnswer.objects.filter(signed_for_by_id=user_id).order_by("answered_at")
    return {
        "mentor_requests": [
            _plain(row) for row in MentorRequest.objects.filter(asked_by_id=user_id).order_by("created_at").values(*_REQUEST)
        ],
        "mentor_answers": [_plain(row) for row in own.values(*_ANSWER)],
        "signed_for_others": [
            _plain(row) for row in signed.values("subject", "course_key", "verdict", "answered_at", "reason", "on_paper")
        ],
    }


def forget_person(*, user_id: int) -> None:
    """Take names, addresses and words out of everything about the person.

    That something was confirmed, when, and how remains, because results and certificates rest on it. Open links end.
    """
    with transaction.atomic():
        requests = MentorRequest.objects.filter(asked_by_id=user_id)
        requests.filter(state=State.OPEN).update(state=State.REVOKED)
        # Without the random part no link leads here any more.
        requests.update(name="", email="", matter={}, coach_question="", nonce="")
        MentorAnswer.objects.filter(owner_id=user_id).update(name="", role="", change="", remark="", reason="")
        MentorAnswer.objects.filter(signed_for_by_id=user_id).update(signed_for_by=None)


def forget(*, subjects: Collection[UUID]) -> None:
    """Remove requests and answers about the subjects, because the subjects themselves are removed."""
    MentorAnswer.objects.filter(subject__in=subjects).delete()
    MentorRequest.objects.filter(subject__in=subjects).delete()


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with everything that JSON does not know as text."""
    kept = (str, int, bool, dict, type(None))
    return {name: value if isinstance(value, kept) else _text(value) for name, value in row.items()}


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
