"""What browsers are told about pages that are none of the site's addresses, and where the campus is not around them.

Every address is opened in `test_access`; what its answers have to say is in `strict`.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from iciinsmes_campus.wsgi import application
from tests.campus.access import url_of
from tests.campus.everybody import SME1, UNIT, visit
from tests.campus.strict import FOR_EVERYBODY, FOR_VISITORS, Page, cached, directives, may_be_kept
from tests.campus.test_access import RULES
from tests.checks import ROOT
from tests.people import PASSWORD, person

DJANGOS_SIGN_IN = "django.contrib.auth.middleware.AuthenticationMiddleware"


@pytest.fixture(autouse=True)
def _no_guesses():
    """Links that lead nowhere are counted by address, and all tests come from one."""
    cache.clear()


def changed_back(client: Client, method: str, url: str, data: dict[str, object] | None = None) -> HttpResponseBase:
    """Ask, and undo whatever the request changed."""
    with transaction.atomic():
        response: HttpResponseBase = getattr(client, method)(url, data)
        transaction.set_rollback(True)
    return response


@pytest.mark.django_db
@pytest.mark.parametrize("viewer", ["teacher", "learner"])
def test_a_nonce_is_used_once(world, viewer):
    client = visit(world, viewer)
    url = reverse("campus:unit", args=[SME1, UNIT])
    nonces = {tuple(re.findall(r"'nonce-[^']+'", client.get(url)["Content-Security-Policy"])) for _ in range(3)}
    assert len(nonces) == 3 or nonces == {()}


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
        if may_be_kept(asked.name, viewer):
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


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/login/", "/healthz", "/no-such-page", "/iciinsmes/toolbox/"])
def test_head_has_the_headers_of_get_and_no_body(path: str) -> None:
    heads: dict[str, Any] = {}

    def ask(method: str) -> bytes:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            heads[method] = (status, sorted(name for name, _value in headers))

        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": None,
            "HTTP_HOST": "testserver",
        }
        return b"".join(application(environ, start))

    assert ask("GET")
    assert ask("HEAD") == b""
    assert heads["HEAD"] == heads["GET"]
