"""A course run with two firms, their people, and somebody without a firm."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from edx_django_utils.cache import RequestCache

from iciinsmes.companies import api
from iciinsmes.companies.data import CompanyForm
from iciinsmes.platform import Role
from tests.people import SME1, person

NORDLICHT = CompanyForm(name="Tischlerei Nordlicht", country="DE", region="Kiel", trade="joinery", size_class="2-9")


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
