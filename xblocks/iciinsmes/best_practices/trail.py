"""Lines of the audit log about cases; none of them holds a word of a case that may be taken back."""

from __future__ import annotations

from typing import Literal

from iciinsmes.audit_log import api as audit_log

from .models import PracticeCase

Verb = Literal["case_proposed", "case_agreed", "case_taken_back", "case_published", "case_refused"]


def record_case(row: PracticeCase, *, verb: Verb, user_id: int | None, name: str = "") -> None:
    """Tell the trail who has done what with a case; ``name`` is that of an owner without an account."""
    audit_log.record(
        course_key=row.course_key, verb=verb, actor_id=user_id, actor_name=name, subject=f"best_practice:{row.pk}"
    )
