"""What learners and teachers do with an assignment, each with words that are found again."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

from opaque_keys.edx.keys import UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import EvidenceRules
from iciinsmes.review import api as review
from tests.drafts import draft
from tests.people import SME1

W01 = SME1.make_usage_key("workplace_assignment", "w01")
W02 = SME1.make_usage_key("workplace_assignment", "w02")
CANARY = "kanarienvogel"
POINTS = {"completeness": Decimal(2), "finding": Decimal(3)}


def hand_in(owner: Any, version: Any) -> None:
    """Write, attach a file and hand in."""
    begun = begin(owner, version.usage_key, CANARY.encode())
    send(owner, begun, CANARY.encode())
    save(owner, version.usage_key)
    assignments.hand_in(user_id=owner.pk, usage_key=version.usage_key, base_revision=1, version_id=version.id)


def save(owner: Any, usage_key: UsageKey) -> None:
    """Save a draft."""
    answers = {"channels": f"{CANARY} {owner.get_full_name()}", "remark": CANARY}
    assignments.save_draft(user_id=owner.pk, usage_key=usage_key, answers=answers, hours=Decimal(4), base_revision=0)


def begin(owner: Any, usage_key: UsageKey, content: bytes) -> Any:
    """Begin an upload."""
    return evidence.begin_upload(
        owner_id=owner.pk,
        subject=draft(owner.pk, usage_key),
        name=f"{CANARY}.csv",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        rules=EvidenceRules(),
    )


def send(owner: Any, begun: Any, content: bytes) -> None:
    """Send a file and end the upload."""
    evidence.receive_chunk(upload_id=begun.id, owner_id=owner.pk, offset=0, content=content)
    evidence.finish_upload(upload_id=begun.id, owner_id=owner.pk, rules=EvidenceRules())


def judge(round_id: Any, version: Any, assessor: Any, *, feedback: str) -> None:
    """Propose an assessment."""
    review.propose(
        subject=round_id,
        rubric_id=version.rubric_id,
        assessor_id=assessor.pk,
        points=POINTS,
        comments={},
        feedback=feedback,
        base_revision=None,
    )
