"""People of one course run, a private storage in a folder, and browsers."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.test import Client
from edx_django_utils.cache import RequestCache
from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import Role
from tests.people import SME1, person

from .everything import fill_everything

OTHER = CourseKey.from_string("course-v1:ICI+OTHER+2026")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """Nothing of other tests lies in the storage."""
    cache.clear()
    options = {"location": str(tmp_path / "private")}
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {**settings.STORAGES, "iciinsmes": {"BACKEND": backend, "OPTIONS": options}}
    (tmp_path / "private").mkdir()
    return storages


@pytest.fixture
def people(db) -> dict[str, Any]:
    """Return people whose ids, names and addresses stand nowhere by chance."""

    def one(number: int, name: str, last_name: str, role: Role, course_key: CourseKey = SME1) -> Any:
        fields = {"first_name": name, "last_name": last_name, "id": 987650000 + number}
        mail = f"{name.lower()}@{last_name.lower()}.example"
        return person(f"{name.lower()}.{last_name.lower()}", role, course_key, email=mail, **fields)

    return {
        "anna": one(1, "Annegret", "Quellbrunn", Role.LEARNER),
        "bo": one(2, "Bolette", "Hasselgreen", Role.LEARNER),
        "tea": one(3, "Theobald", "Taffelspitz", Role.TEACHER),
        "cora": one(4, "Coralinde", "Zwetschke", Role.COORDINATOR),
        "olga": one(5, "Olgarina", "Fernweh", Role.COORDINATOR, OTHER),
        "stranger": one(6, "Sigismund", "Nirgendwo", Role.LEARNER, OTHER),
    }


@pytest.fixture
def everything(people, django_capture_on_commit_callbacks) -> dict[str, Any]:
    """Return the people after Anna has left something in every table."""
    with django_capture_on_commit_callbacks(execute=True):
        fill_everything(people)
    return people


@pytest.fixture
def as_user():
    """Return a browser in which the person is signed in."""

    def browser(user) -> Client:
        RequestCache.clear_all_namespaces()
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser
