"""A learner with answers of customers, and an exercise on them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from opaque_keys.edx.keys import UsageKey

from iciinsmes.companies import api as companies
from iciinsmes.exercises import api
from iciinsmes.exercises.data import DataSource, ExerciseSettings
from iciinsmes.platform import Role
from iciinsmes.toolbox.data import Table
from tests.people import SME1, person

BLOCK = UsageKey.from_string("block-v1:ICIinSMEs+SME1+2026+type@digital_tool+block@loyalty")
SCORES = [10] * 8 + [9] * 10 + [8] * 9 + [7] * 6 + [6] * 3 + [5] * 2 + [3, 0]


def exercise(**changes) -> ExerciseSettings:
    return ExerciseSettings(**{"title": "Loyalty", "instrument": "net-promoter-score", "weight": Decimal(4), **changes})


def scores(values=SCORES) -> Table:
    return Table.of(["score"], [(value,) for value in values])


def keep(owner, values=SCORES, **changes):
    given = {
        "instrument": "net-promoter-score",
        "title": "Spring",
        "table": scores(values),
        "source": DataSource.PASTED,
    }
    return api.keep_data(owner_id=owner.pk, course_key=SME1, **{**given, **changes})


def opened(owner, **changes):
    return api.open_exercise(user_id=owner.pk, usage_key=BLOCK, course_key=SME1, settings=exercise(**changes))


@pytest.fixture
def learner(db):
    return person("anna", Role.LEARNER)


@pytest.fixture
def colleague(db):
    return person("jonas", Role.LEARNER)


@pytest.fixture
def peer(db):
    return person("peer", Role.LEARNER)


@pytest.fixture
def teacher(db):
    return person("tea", Role.TEACHER)


@pytest.fixture
def firm(learner, colleague, peer):
    """Anna's and Jonas' firm; the peer is in another one."""
    company = companies.create_company(name="Nordlicht", country="de")
    other = companies.create_company(name="Pod Dębem", country="pl")
    for user, place in ((learner, company), (colleague, company), (peer, other)):
        companies.join_company(company_id=place.id, user_id=user.pk, course_key=SME1)
    return company
