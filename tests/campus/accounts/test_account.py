from __future__ import annotations

import pytest
from django.urls import reverse

from iciinsmes.platform import host
from tests.people import PASSWORD, person

ACCOUNT = reverse("campus:account")
LANGUAGE = reverse("campus:set-language")

pytestmark = pytest.mark.django_db


def test_it_shows_who_one_is_and_offers_no_change_of_the_address(client):
    client.force_login(person("ann", first_name="<Ann>", last_name="Lee"))
    page = client.get(ACCOUNT).content.decode()
    assert "&lt;Ann&gt; Lee" in page
    assert "ann@example.org" in page
    assert 'name="email"' not in page
    assert client.post(ACCOUNT, {"email": "else@example.org"}).status_code == 405


def test_a_language_is_kept_in_the_browser(client):
    client.force_login(person("ann"))
    response = client.post(LANGUAGE, {"language": "de", "next": ACCOUNT})
    assert response["Location"] == ACCOUNT
    assert '<html lang="de"' in client.get(ACCOUNT).content.decode()
    client.post(LANGUAGE, {"language": "tlh", "next": ACCOUNT})
    assert '<html lang="de"' in client.get(ACCOUNT).content.decode()


def test_a_language_is_kept_with_the_account_for_mails(client):
    ann = person("ann")
    assert host().language(ann.pk) == "en"
    client.force_login(ann)
    client.post(LANGUAGE, {"language": "pl", "next": ACCOUNT})
    assert host().language(ann.pk) == "pl"
    client.post(LANGUAGE, {"language": "tlh", "next": ACCOUNT})
    client.get(LANGUAGE, {"language": "da"})
    assert host().language(ann.pk) == "pl"


def test_the_first_sign_in_tells_the_language_until_another_is_chosen(client):
    ann = person("ann")
    form = {"username": "ann", "password": PASSWORD}
    client.post(reverse("campus:login"), form, headers={"accept-language": "da"})
    assert host().language(ann.pk) == "da"
    client.post(LANGUAGE, {"language": "pl"})
    client.logout()
    client.post(reverse("campus:login"), form, headers={"accept-language": "de"})
    assert host().language(ann.pk) == "pl"


def test_a_stranger_may_choose_a_language_too(client):
    assert client.post(LANGUAGE, {"language": "de"}).status_code == 302


def test_a_link_changes_no_language(client):
    client.get(LANGUAGE, {"language": "de"})
    assert '<html lang="en"' in client.get(reverse("campus:login")).content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_choosing_a_language_stays_on_the_campus(client, target):
    response = client.post(LANGUAGE, {"language": "de", "next": target})
    assert response["Location"] == "/"
