"""Sites name languages in their own way; the add-on's catalogues serve them all."""

from __future__ import annotations

import pytest
from django.utils import translation

from iciinsmes.platform import languages

#: As Open edX names them (lms/envs/common.py, LANGUAGES): some with a country, some without.
PLATFORM = [
    ("en", "English"),
    ("da", "dansk"),
    ("de-de", "Deutsch (Deutschland)"),
    ("es-419", "Español (Latinoamérica)"),
    ("hu", "magyar"),
    ("pl", "Polski"),
]


@pytest.fixture
def platform(settings):
    settings.LANGUAGES = PLATFORM


@pytest.mark.usefixtures("platform")
def test_german_is_offered_under_the_sites_own_code():
    assert [code for code, _name in languages.offered()] == ["en", "da", "de-de", "hu", "pl"]
    assert dict(languages.offered())["de-de"] == "Deutsch"


@pytest.mark.parametrize("wanted", ["de", "de-de", "de-DE", "de-at"])
@pytest.mark.usefixtures("platform")
def test_every_way_to_write_german_finds_it(wanted):
    assert languages.chosen(wanted) == "de-de"
    with translation.override(languages.chosen(wanted)):
        assert translation.gettext("Save") != "Save"


@pytest.mark.usefixtures("platform")
def test_what_nobody_translated_is_the_sites_language(settings):
    settings.LANGUAGE_CODE = "en"
    assert languages.chosen("es-419", "", "x") == "en"
    assert languages.chosen("es-419", "pl") == "pl"


def test_of_two_variants_the_one_named_like_the_catalogue_is_offered_once(settings):
    settings.LANGUAGES = [("de-at", "Austrian"), ("de", "German"), ("de-de", "German")]
    assert [code for code, _name in languages.offered()] == ["de"]
