"""A course run with two firms, their people, and somebody without a firm."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from edx_django_utils.cache import RequestCache

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import MentorNeed, MentorRule
from iciinsmes.companies import api
from iciinsmes.companies.data import CompanyForm
from iciinsmes.platform import Role
from tests.desk.conftest import make_task
from tests.people import SME1, person

NORDLICHT = CompanyForm(name="Tischlerei Nordlicht", country="DE", region="Kiel", trade="joinery", size_class="2-9")
W01 = SME1.make_usage_key("workplace_assignment", "w01")


@pytest.fixture(autouse=True)
def _no_guesses():
    """Ids of people come again after each test; what they guessed must not."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def anna(db):
    return person("anna", Role.LEARNER, first_name="Anna", last_name="Behrens")


@pytest.fixture
def jonas(db):
    return person("jonas", Role.LEARNER, first_name="Jonas")


@pytest.fixture
def cora(db):
    return person("cora", Role.COORDINATOR)


@pytest.fixture
def nordlicht(anna):
    """Anna's firm."""
    return api.register_company(user_id=anna.pk, course_key=SME1, form=NORDLICHT)


@pytest.fixture
def as_user():
    """Return a browser in which the person is signed in."""

    def browser(user) -> Client:
        RequestCache.clear_all_namespaces()
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser


@pytest.fixture
def scene() -> SimpleNamespace:
    """Anna and Bo of firm A, Cy of firm B, and the coach of each; coaches teach nobody here."""
    found = SimpleNamespace(
        anna=person("anna", Role.LEARNER, first_name="Anna"),
        bo=person("bo", Role.LEARNER, first_name="Bo"),
        cy=person("cy", Role.LEARNER, first_name="Cy"),
        coach_a=person("coach_a"),
        coach_b=person("coach_b"),
        cora=person("cora", Role.COORDINATOR),
        a=api.create_company(name="Alder and Sons", country="de"),
        b=api.create_company(name="Birch Bakery", country="de"),
    )
    for who, firm in ((found.anna, found.a), (found.bo, found.a), (found.cy, found.b)):
        api.join_company(company_id=firm.id, user_id=who.pk, course_key=SME1)
    for who, firm in (("coach_a", found.a), ("coach_b", found.b)):
        api.assign_coach(company_id=firm.id, course_key=SME1, who=who, actor_id=found.cora.pk)
    task = replace(make_task(), team=True, mentor=MentorRule(need=MentorNeed.OPTIONAL))
    found.version = assignments.freeze_task(usage_key=W01, course_key=SME1, task=task)
    RequestCache.clear_all_namespaces()
    return found


def move(who, firm=None) -> None:
    api.leave_company(user_id=who.pk, course_key=SME1)
    if firm is not None:
        api.join_company(company_id=firm.id, user_id=who.pk, course_key=SME1)
    RequestCache.clear_all_namespaces()


def page(who, name: str, *arguments: object, status: int = 200) -> str:
    RequestCache.clear_all_namespaces()
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(reverse(f"iciinsmes:{name}", args=arguments))
    assert response.status_code == status
    return response.content.decode()


def begin(owner, content: bytes | str, encoding: str = "auto"):
    content = content.encode() if isinstance(content, str) else content
    return api.begin_import(owner_id=owner.pk, course_key=SME1, content=content, encoding=encoding)


def data(owner, import_id):
    return api.get_import(import_id=import_id, owner_id=owner.pk, course_key=SME1)


def lines(owner, content: bytes | str, encoding: str = "auto"):
    return data(owner, begin(owner, content, encoding)).plan.lines


def is_clear(line) -> bool:
    return not line.errors and not line.warnings
