"""Every address of the site, opened by everybody who must not be confused with each other.

An address without a rule fails the first test: whoever adds one says who may open it, in a file `access_of_…`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.campus import access_of_campus, access_of_projects, access_of_rooms, access_of_work
from tests.campus.access import LOGIN, REFUSED, Expected, url_of
from tests.campus.everybody import VISITORS, visit
from tests.campus.rows import everything
from tests.campus.strict import cached, may_be_kept, weaknesses

_THREE = ("anonymous", "learner", "coordinator")
_OTHER_METHODS = ("put", "patch", "delete", "options")

RULES = (*access_of_campus.RULES, *access_of_work.RULES, *access_of_projects.RULES, *access_of_rooms.RULES)


def addresses(resolver: URLResolver, namespace: str = "", route: str = "") -> Iterator[str]:
    """Yield the full name of every address, or its route where it has no name."""
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}" if entry.name else here
        else:
            yield from addresses(entry, namespace + (f"{entry.namespace}:" if entry.namespace else ""), here)


def sent(client: Client, method: str, url: str, data: dict[str, object] | None = None) -> HttpResponseBase:
    """Send it and return the answer; whatever the request changed is undone."""
    with transaction.atomic():
        response: HttpResponseBase = getattr(client, method)(url, data)
        transaction.set_rollback(True)
    return response


def status_of(response: HttpResponseBase) -> int | str:
    """Return the status, or `LOGIN`."""
    if response.status_code == 302 and response["Location"].startswith(f"{reverse(settings.LOGIN_URL)}?next="):
        return LOGIN
    return response.status_code


def as_set(wanted: Expected) -> set[int | str]:
    return set(wanted) if isinstance(wanted, tuple) else {wanted}  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _no_guesses():
    """Links that lead nowhere are counted by address, and all tests come from one."""
    cache.clear()


def test_every_address_has_a_rule():
    found = set(addresses(get_resolver()))
    ruled = {entry.name for entry in RULES}
    assert found - ruled == set(), "say in RULES who may open them"
    assert ruled - found == set(), "these are gone"


@pytest.fixture(scope="module")
def untouched(world) -> dict[tuple[str, object], list[str]]:
    """What the campus holds before anybody has looked."""
    return everything()


@pytest.mark.django_db
@pytest.mark.parametrize("asked", RULES, ids=str)
def test_everybody_sees_what_is_theirs_on_strict_pages_and_changes_nothing(world, untouched, asked):
    """Open it once as everybody, and look at each answer from all sides: rendering is what this takes."""
    url = url_of(asked, world)
    problems = []
    for visitor, wanted in zip(VISITORS, asked.get, strict=True):
        client = visit(world, visitor)
        response = client.get(url)
        if response.streaming:
            list(response)
        if status_of(response) not in as_set(wanted):
            problems.append(f"{visitor}: {status_of(response)}, not {wanted}")
        if response.status_code in (200, 403, 404):
            problems += [f"{visitor}: {weakness}" for weakness in weaknesses(response)]
        if cached(response) and not may_be_kept(asked.name, visitor):
            problems.append(f"{visitor}: a cache may keep it: {response.get('Cache-Control')}")
        # It is a GET without a body, or refused.
        if visitor in _THREE and status_of(client.head(url)) not in {*as_set(wanted), 405}:
            problems.append(f"{visitor}: HEAD is another")
    assert problems == []
    after = everything()
    assert {row for row in untouched.keys() | after.keys() if untouched.get(row) != after.get(row)} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("asked", RULES, ids=str)
def test_everybody_sends_what_is_theirs_to_send(world, asked):
    url = url_of(asked, world)
    problems = []
    for visitor, wanted in zip(VISITORS, asked.post, strict=True):
        response = sent(visit(world, visitor), "post", url, asked.data)
        if status_of(response) not in as_set(wanted):
            problems.append(f"{visitor}: {status_of(response)}, not {wanted}")
        if cached(response) and not may_be_kept(asked.name, visitor):
            problems.append(f"{visitor}: a cache may keep it: {response.get('Cache-Control')}")
    assert problems == []


@pytest.mark.django_db
@pytest.mark.parametrize("asked", RULES, ids=str)
def test_no_other_method_reaches_further(world, asked):
    """OPTIONS says nothing, and the others are refused."""
    url = url_of(asked, world)
    for visitor in _THREE:
        client = visit(world, visitor)
        for method in _OTHER_METHODS:
            response = sent(client, method, url)
            is_quiet = method == "options" and response.status_code == 200 and not response.getvalue()
            assert is_quiet or response.status_code in (302, 401, 403, 404, 405), f"{method} {visitor}"


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [asked for asked in RULES if not asked.is_key], ids=str)
def test_a_form_on_another_site_can_do_nothing(world, asked):
    """Send it as somebody who may: without the token nobody gets further than to a refusal."""
    may = [visitor for visitor, wanted in zip(VISITORS, asked.post, strict=True) if wanted not in (REFUSED, LOGIN, 404)]
    visitor = may[-1] if may else "coordinator"
    client = visit(world, visitor, enforce_csrf_checks=True)
    assert status_of(sent(client, "post", url_of(asked, world), asked.data)) in REFUSED


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/no-such-page", "/courses/not-a-key/", "/courses/course-v1:A+B+C/", "/iciinsmes/"])
@pytest.mark.parametrize("visitor", ["anonymous", "learner", "coordinator"])
def test_what_is_not_there_is_not_found(world, path, visitor):
    assert status_of(visit(world, visitor).get(path)) in {404, LOGIN}
