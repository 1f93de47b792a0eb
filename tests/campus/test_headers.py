"""What browsers are told about every kind of page: where scripts come from, who may frame it, what it tells others."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.campus.everybody import SME1, UNIT, World, visit
from tests.campus.test_access import RULES, Rule, url_of
from tests.checks import ROOT
from tests.people import PASSWORD, person

#: An address with a host, or anything that a browser would ask another machine for.
ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|\*", re.IGNORECASE)
VIEWERS = ("anonymous", "stranger", "learner", "teacher", "coordinator")
#: Files that ship with a package or a course: no word about a person.
FOR_EVERYBODY = (
    "courseware:resource",
    "courseware:static",
    "iciinsmes:toolbox-template-csv",
    "iciinsmes:toolbox-template-xlsx",
)
#: Their texts are for everybody; around them stands the name of who is signed in.
FOR_VISITORS = ("iciinsmes:toolbox", "iciinsmes:toolbox-instrument", "iciinsmes:toolbox-try")
DJANGOS_SIGN_IN = "django.contrib.auth.middleware.AuthenticationMiddleware"
READABLE = [rule for rule in RULES if any(entry == 200 for entry in rule.get)]


@pytest.fixture(autouse=True)
def _no_guesses():
    """Links that lead nowhere are counted by address, and all tests come from one."""
    cache.clear()


class Page(HTMLParser):
    """Gathers what a page loads and runs."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and given.get("type") not in ("application/json", "text/template"):
            self.scripts.append(given)
        self.handlers += [f"{tag} {name}" for name in given if name.startswith(("on", "hx-on"))]
        self.addresses += [value for name, value in attrs if name in ("src", "action", "formaction", "data") and value]
        if tag == "link":
            self.addresses.append(given.get("href") or "")


def changed_back(client: Client, method: str, url: str, data: dict[str, object] | None = None) -> HttpResponseBase:
    """Ask, and undo whatever the request changed."""
    with transaction.atomic():
        response: HttpResponseBase = getattr(client, method)(url, data)
        transaction.set_rollback(True)
    return response


def directives(header: str) -> dict[str, list[str]]:
    parts = (part.split() for part in header.split(";"))
    return {name: values for name, *values in parts}


def pages(asked: Rule, world: World):
    """Yield what each viewer gets who gets something."""
    for viewer in VIEWERS:
        response = visit(world, viewer).get(url_of(asked, world))
        if response.status_code in (200, 403, 404):
            yield viewer, response


@pytest.mark.django_db
@pytest.mark.parametrize("asked", READABLE, ids=str)
def test_every_answer_carries_the_strict_headers(world, asked):
    seen = 0
    for viewer, response in pages(asked, world):
        policy = directives(response["Content-Security-Policy"])
        assert policy["default-src"] in (["'self'"], ["'none'"]), viewer
        allowed = [value for values in policy.values() for value in values if not value.startswith("'nonce-")]
        assert [value for value in allowed if ELSEWHERE.search(value)] == []
        scripts = policy.get("script-src", policy["default-src"])
        assert not {"'self'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"} & set(scripts)
        if "sandbox" not in policy:
            assert policy["object-src"] == ["'none'"]
            assert policy["base-uri"] == policy["form-action"] == policy["frame-ancestors"] == ["'self'"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert response["Referrer-Policy"] in ("same-origin", "no-referrer")
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        seen += 1
    assert seen


@pytest.mark.django_db
@pytest.mark.parametrize("asked", READABLE, ids=str)
def test_no_page_runs_a_script_that_the_policy_does_not_name(world, asked):
    for viewer, response in pages(asked, world):
        if not response["Content-Type"].startswith("text/html") or response.streaming:
            continue
        page = Page(response.content.decode())
        nonces = re.findall(r"'nonce-([^']+)'", response["Content-Security-Policy"])
        unnamed = [script for script in page.scripts if script.get("nonce") not in nonces]
        assert unnamed == [], viewer
        assert page.handlers == [], viewer
        assert [address for address in page.addresses if ELSEWHERE.match(address)] == [], viewer


@pytest.mark.django_db
@pytest.mark.parametrize("viewer", ["teacher", "learner"])
def test_a_nonce_is_used_once(world, viewer):
    client = visit(world, viewer)
    url = reverse("campus:unit", args=[SME1, UNIT])
    nonces = {tuple(re.findall(r"'nonce-[^']+'", client.get(url)["Content-Security-Policy"])) for _ in range(3)}
    assert len(nonces) == 3 or nonces == {()}


def cached(response: HttpResponseBase) -> bool:
    said = {part.strip() for part in response.get("Cache-Control", "").split(",")}
    return not {"private", "no-store"} <= said


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("asked", RULES, ids=str)
def test_no_cache_keeps_an_answer_about_people(world, asked, method):
    """Pages, parts, downloads and refusals alike; what may be kept is named above."""
    for viewer in VIEWERS:
        data = asked.data if method == "post" else None
        response = changed_back(visit(world, viewer), method, url_of(asked, world), data)
        may_be_kept = asked.name in FOR_EVERYBODY or (asked.name in FOR_VISITORS and viewer == "anonymous")
        if not may_be_kept:
            assert not cached(response), (viewer, response.status_code, response.get("Cache-Control"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*FOR_EVERYBODY, *FOR_VISITORS])
def test_what_tells_of_nobody_may_be_kept(world, name):
    for asked in (asked for asked in RULES if asked.name == name):
        viewer = "anonymous" if name in FOR_VISITORS else "learner"
        response = visit(world, viewer).get(url_of(asked, world))
        assert cached(response) or response.status_code >= 400


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [asked for asked in RULES if asked.name.startswith("iciinsmes:")], ids=str)
def test_the_addon_needs_no_campus_for_it(world, asked, settings):
    signed_in = "iciinsmes_campus.accounts.middleware.SignedInMiddleware"
    others = [name.replace(signed_in, DJANGOS_SIGN_IN) for name in settings.MIDDLEWARE]
    settings.MIDDLEWARE = [name for name in others if not name.startswith("iciinsmes_campus.")]
    for viewer in ("anonymous", "learner", "coordinator"):
        if asked.name in FOR_EVERYBODY or (asked.name in FOR_VISITORS and viewer == "anonymous"):
            continue
        assert not cached(changed_back(visit(world, viewer), "get", url_of(asked, world)))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/no-such-page", "/iciinsmes/no-such-page/", "/courses/course-v1:A+B+C/"])
def test_a_page_that_is_not_there_is_kept_by_nobody_either(world, path):
    assert not cached(visit(world, "learner").get(path))


@pytest.mark.django_db
def test_a_broken_page_is_kept_by_nobody(world, monkeypatch):
    def fail(*_given: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("iciinsmes_campus.mail.views.api.outbox", fail)
    response = visit(world, "learner", raise_request_exception=False).get(reverse("campus:outbox"))
    assert response.status_code == 500
    assert not cached(response)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/no-such-page", "/login/"])
def test_pages_before_the_door_are_as_strict(client, path):
    response = client.get(path)
    policy = directives(response["Content-Security-Policy"])
    assert policy["default-src"] == ["'self'"]
    assert Page(response.content.decode()).handlers == []


@pytest.mark.django_db
def test_a_missing_token_is_explained_on_a_strict_page():
    response = Client(enforce_csrf_checks=True).post("/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert directives(response["Content-Security-Policy"])["default-src"] == ["'self'"]


@pytest.mark.django_db
def test_cookies_stay_with_this_site(client):
    person("ann")
    client.get("/login/")
    client.post("/login/", {"username": "ann", "password": PASSWORD})
    session, token = client.cookies["sessionid"], client.cookies["csrftoken"]
    assert session["httponly"]
    assert {session["samesite"], token["samesite"]} == {"Lax"}
    assert not session["domain"]


@pytest.mark.parametrize(("https", "secure"), [("1", "True"), ("0", "False")])
def test_cookies_are_for_https_only_where_there_is_https(tmp_path, https, secure):
    """Ask in a process of its own: settings read the environment once."""
    code = (
        "from iciinsmes_campus import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.DEBUG)"
    )
    campus = {"CAMPUS_HTTPS": https, "CAMPUS_HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "xblocks")}
    command = [sys.executable, "-c", code]
    answer = subprocess.run(command, env={**os.environ, **campus}, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == [secure, secure, "True", "False"]
