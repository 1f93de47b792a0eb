"""Handing in at a moment, judging it, and what becomes of it: the grade, and who is told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from iciinsmes.assignments import api
from iciinsmes.notices.models import Notice
from iciinsmes.review import api as review
from iciinsmes_campus.learning import api as learning

from .conftest import BLOCK, COURSE, GOOD, attach

POINTS = {"completeness": Decimal(3), "finding": Decimal(2)}


def hand_in(user, version, at=None):
    """Hand in now, or at another moment."""
    attach(user)
    revision = api.work_of(user_id=user.id, usage_key=BLOCK).draft.revision
    draft = api.save_draft(user_id=user.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=revision)
    with pytest.MonkeyPatch.context() as clock:
        if at is not None:
            clock.setattr(timezone, "now", lambda: at)
        return api.hand_in(user_id=user.id, usage_key=BLOCK, base_revision=draft.revision, version_id=version.id)


def assess(round_id, teacher, version, outcome="passed", points=None):
    review.propose(
        subject=round_id,
        rubric_id=version.rubric_id,
        assessor_id=teacher.id,
        points=points or POINTS,
        comments={},
        feedback="Well seen.",
        base_revision=None,
    )
    return api.release(round_id=round_id, assessor_id=teacher.id, outcome=outcome)


def grade_of(user):
    return learning.grades(user_id=user.id, course_key=COURSE).get(BLOCK)


def told(user):
    return list(Notice.objects.filter(user=user).order_by("id").values_list("kind", flat=True))
