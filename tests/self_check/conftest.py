"""Two persons of a firm, a third in another one, and a block with the shipped statements."""

from __future__ import annotations

import pytest

from iciinsmes.companies import api as companies
from iciinsmes.platform import Role
from iciinsmes.self_check import api
from iciinsmes.self_check.data import CheckSettings, TypedItem
from tests.people import SME1, person

BLOCK = SME1.make_usage_key("self_check", "first")
LATER = SME1.make_usage_key("self_check", "later")
CODES = [item.code for item in api.shipped_model().items]


def settings(**changes) -> CheckSettings:
    return CheckSettings(**{"title": "Your firm", **changes})


def typed(values) -> dict[str, TypedItem]:
    """What a page sends: one value for all statements, or a mapping."""
    if not isinstance(values, dict):
        values = dict.fromkeys(CODES, values)
    return {str(code): TypedItem(choice=None if value is None else str(value)) for code, value in values.items()}


def send(user, values=2, *, block=BLOCK, number=1):
    api.freeze_block(usage_key=block, course_key=SME1, settings=settings())
    return api.send(user_id=user.pk, usage_key=block, number=number, typed=typed(values))


@pytest.fixture
def block(db):
    api.freeze_block(usage_key=BLOCK, course_key=SME1, settings=settings())
    return BLOCK


@pytest.fixture
def anna(block):
    return person("anna", Role.LEARNER)


@pytest.fixture
def jonas(block):
    return person("jonas", Role.LEARNER)


@pytest.fixture
def peer(block):
    return person("peer", Role.LEARNER)


@pytest.fixture
def teacher(block):
    return person("tea", Role.TEACHER)


@pytest.fixture
def firm(anna, jonas, peer):
    """Anna's and Jonas' firm; the peer is in another one."""
    company = companies.create_company(name="Nordlicht", country="de")
    other = companies.create_company(name="Pod Dębem", country="pl")
    for user, place in ((anna, company), (jonas, company), (peer, other)):
        companies.join_company(company_id=place.id, user_id=user.pk, course_key=SME1)
    return company
