"""A block of reactions, as many learners as a test asks for, and staff."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from iciinsmes.evaluation import api
from iciinsmes.evaluation.data import ReactionData, ReactionSettings
from iciinsmes.evaluation.models import EvaluatedRun
from iciinsmes.evaluation.rules import months_after
from iciinsmes.platform import Role
from tests.people import SME1, person

BLOCK = SME1.make_usage_key("reaction", "first-cycle")


def settings(**changes: Any) -> ReactionSettings:
    return ReactionSettings(**{"title": "Cycle 1", **changes})


def reaction(number: int = 4, **changes: Any) -> ReactionData:
    return ReactionData(**{"ratings": dict.fromkeys(("useful", "worth", "next_step"), number), **changes})


def react(user: Any, number: int = 4, **changes: Any) -> None:
    api.answer(user_id=user.pk, usage_key=BLOCK, reaction=reaction(number, **changes))


def end_run(months: int) -> date:
    """Let the run have ended so long ago that the mail of these months is due today."""
    today = timezone.localdate()
    ends_on = next(
        day
        for day in (today - timedelta(days=count) for count in range(28 * months, 32 * months))
        if months_after(day, months) <= today
    )
    EvaluatedRun.objects.update_or_create(course_key=SME1, defaults={"ends_on": ends_on})
    return ends_on


@pytest.fixture
def block(db) -> Any:
    api.freeze_block(usage_key=BLOCK, course_key=SME1, settings=settings())
    return BLOCK


@pytest.fixture
def learners(block) -> Callable[[int], list[Any]]:
    def make(count: int, prefix: str = "learner") -> list[Any]:
        return [person(f"{prefix}{number}", Role.LEARNER) for number in range(count)]

    return make


@pytest.fixture
def staff(block) -> SimpleNamespace:
    return SimpleNamespace(teacher=person("tea", Role.TEACHER), cora=person("cora", Role.COORDINATOR))
