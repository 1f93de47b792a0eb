"""Pages for what went wrong."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from .conftest import browser


def test_a_page_that_does_not_exist(anna, client):
    for visitor in (browser(anna), client):
        response = visitor.get("/courses/nothing/<b>/")
        assert response.status_code == 404
        html = response.content.decode()
        assert "There is no such page" in html
        assert "<b>" not in html


def test_a_form_with_an_old_token(anna):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(anna)
    response = strict.post(reverse("campus:logout"))
    assert response.status_code == 403
    assert "This form is too old" in response.content.decode()


def test_a_page_for_others(anna, monkeypatch):
    def refuse(*_args, **_values):
        raise PermissionDenied

    monkeypatch.setattr("iciinsmes_campus.pages.home.render", refuse)
    response = browser(anna).get("/")
    assert response.status_code == 403
    assert "This page is not for you" in response.content.decode()


def test_a_request_for_another_host(client, db):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    html = response.content.decode()
    assert "This request could not be read" in html
    assert "evil.example" not in html


def test_an_error_of_the_campus_needs_no_database(anna, monkeypatch, django_assert_num_queries):
    def fail(*_args, **_values):
        raise RuntimeError("secret detail")

    client = browser(anna)
    client.raise_request_exception = False
    monkeypatch.setattr("django.contrib.sessions.backends.cached_db.SessionStore.load", fail)
    with django_assert_num_queries(0):
        response = client.get("/")
    assert response.status_code == 500
    html = response.content.decode()
    assert "Something went wrong on our side" in html
    assert "secret detail" not in html


@pytest.mark.parametrize("path", ["/", "/nothing"])
def test_pages_of_failures_bring_the_strict_headers(anna, path):
    response = browser(anna).get(path)
    assert "script-src 'nonce-" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
