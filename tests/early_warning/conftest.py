"""A firm with two learners and a coach, another firm, and months that are counted from the one that is running."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from edx_django_utils.cache import RequestCache

from iciinsmes.companies import api as companies
from iciinsmes.early_warning import api
from iciinsmes.early_warning.data import MonthCell
from iciinsmes.platform import Role
from tests.people import SME1, person

#: The test series S1 of the specification: complaints and orders, twelve months of baseline first.
CASES = (5, 9, 4, 6, 10, 5, 8, 4, 7, 6, 9, 5, 4, 6, 24, 25, 29)
ORDERS = (210, 330, 180, 240, 410, 200, 310, 190, 260, 220, 350, 200, 62, 110, 640, 640, 640)


@pytest.fixture
def people(db) -> SimpleNamespace:
    """Everybody; ``firm`` and ``other`` are the two firms."""
    found = SimpleNamespace(
        anna=person("anna", Role.LEARNER, first_name="Anna", last_name="Lindmoor"),
        jonas=person("jonas", Role.LEARNER),
        peer=person("peer", Role.LEARNER),
        coach=person("coach"),
        teacher=person("tea", Role.TEACHER),
        cora=person("cora", Role.COORDINATOR),
        stranger=person("stranger"),
    )
    found.firm = companies.create_company(name="Nordlicht", country="de", trade="Joinery", size_class="10-49")
    found.other = companies.create_company(name="Pod Dębem", country="pl")
    for user, firm in ((found.anna, found.firm), (found.jonas, found.firm), (found.peer, found.other)):
        companies.join_company(company_id=firm.id, user_id=user.pk, course_key=SME1)
    companies.assign_coach(company_id=found.firm.id, course_key=SME1, who="coach", actor_id=found.cora.pk)
    RequestCache.clear_all_namespaces()
    return found


def series(
    numerators: Sequence[Any],
    denominators: Sequence[Any] | None = None,
    *,
    key: str = "E1",
    last: int | None = None,
    extras: Sequence[Any] | None = None,
) -> list[MonthCell]:
    """Return months of an indicator, the last one the month before the running one; None is a gap."""
    end = api.running_month() - 1 if last is None else last
    count = len(numerators)
    rows = zip(
        range(end - count + 1, end + 1),
        numerators,
        denominators or [None] * count,
        extras or [None] * count,
        strict=True,
    )
    return [
        MonthCell(key, month, *(None if each is None else Decimal(str(each)) for each in figures))
        for month, *figures in rows
    ]


def save(people: SimpleNamespace, cells: Sequence[MonthCell], user: Any = None) -> tuple[Any, ...]:
    """Enter figures of Nordlicht."""
    who = user or people.anna
    return api.save_figures(company_id=people.firm.id, user_id=who.pk, course_key=SME1, cells=cells)
