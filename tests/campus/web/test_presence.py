"""Scripts of pages are told who is signed in; without a script, what was not saved is shown again."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from iciinsmes.platform import Role
from iciinsmes.platform.web import PresenceMiddleware
from tests.people import SME1, person

from .conftest import browser

REGISTER = reverse("iciinsmes:company-register", args=[SME1])
FIRM = {"name": "Tischlerei Nordlicht", "country": "DE", "size_class": "10-49"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def lena(db):
    return person("lena", Role.LEARNER)


@pytest.mark.parametrize("headers", [HTMX, {"X-Requested-With": "XMLHttpRequest"}, {"ICI-Typed": "1"}], ids=str)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_script_of_somebody_signed_out_gets_no_page(client, db, headers, method):
    for address in (REGISTER, reverse("iciinsmes:inbox"), "/", reverse("iciinsmes:desk-queue", args=[SME1])):
        response = getattr(client, method)(address, headers=headers)
        assert response.status_code == 401
        assert "Location" not in response
        assert response["HX-Trigger"] == "ici:signed-out"
        assert response["Content-Type"] == "application/json"
        assert "signed out" in response.json()["message"]


def test_what_one_person_typed_is_not_sent_by_another(lena):
    other = browser(person("other", Role.LEARNER))
    response = other.post(REGISTER, FIRM, headers={"ICI-Typed": "1", "ICI-Person": str(lena.pk)})
    assert response.status_code == 403
    assert response["ICI-Here"] == "other"
    own = browser(lena).post(REGISTER, FIRM, headers={"ICI-Typed": "1", "ICI-Person": str(lena.pk)})
    assert own.status_code == 204
    assert own["ICI-Location"].startswith("/iciinsmes/companies/")
    assert "Location" not in own


def test_it_is_said_before_an_old_form_token_is(lena):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person("other", Role.LEARNER))
    response = strict.post(REGISTER, FIRM, headers={"ICI-Typed": "1", "ICI-Person": str(lena.pk)})
    assert (response.status_code, response["ICI-Here"]) == (403, "other")


def test_who_is_here(client, lena):
    here = reverse("iciinsmes:here")
    assert client.get(here).json() == {"person": ""}
    signed_in = browser(lena)
    response = signed_in.get(here)
    assert response.json() == {"person": str(lena.pk)}
    assert "no-store" in response["Cache-Control"]
    # Whoever comes back goes on with a fresh token.
    assert signed_in.cookies["csrftoken"].value
    assert "Close this tab" in signed_in.get(reverse("iciinsmes:here-back")).content.decode()


def test_pages_and_people_without_a_script_are_sent_to_sign_in(client, db):
    assert client.get(REGISTER).status_code == 302
    assert client.post(REGISTER, {"name": "Nordlicht"}).status_code == 302


def test_words_sent_without_a_script_after_the_session_ended_are_shown(client, db):
    response = client.post(REGISTER, {**FIRM, "trade": "<b>fine</b> joinery"}, headers={"Origin": "http://testserver"})
    html = response.content.decode()
    assert response.status_code == 401
    assert "You are signed out" in html
    assert "&lt;b&gt;fine&lt;/b&gt; joinery" in html
    assert "Tischlerei Nordlicht" in html


@pytest.mark.parametrize("origin", ["http://testserver", "http://elsewhere.example", ""])
def test_words_sent_with_an_old_token_are_shown_to_people_of_this_site_only(lena, origin):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(lena)
    response = strict.post(REGISTER, FIRM, headers={"Origin": origin} if origin else {})
    assert response.status_code == 403
    assert ("Tischlerei Nordlicht" in response.content.decode()) is (origin == "http://testserver")


def test_the_host_may_name_it_itself(settings):
    from iciinsmes.settings.common import plugin_settings

    name = f"{PresenceMiddleware.__module__}.{PresenceMiddleware.__qualname__}"
    plugin_settings(settings)
    plugin_settings(settings)
    assert settings.MIDDLEWARE.count(name) == 1
    assert settings.MIDDLEWARE.index(name) > settings.MIDDLEWARE.index(
        "iciinsmes_campus.accounts.middleware.SignedInMiddleware"
    )
