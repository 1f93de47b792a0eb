"""Where files lie: found late, never in a public folder, and the site's own settings stay as they are."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.checks import ERROR, WARNING
from django.core.files.storage import FileSystemStorage

from iciinsmes.evidence.api import check_storage
from iciinsmes.evidence.private_storage import storage
from iciinsmes.settings import common, production

DISK = "django.core.files.storage.FileSystemStorage"


@pytest.fixture
def bare(settings, tmp_path):
    """A site that has said nothing about the add-on's files, as Open edX up to Teak: no ``STORAGES`` of its own."""
    settings.STORAGES = {name: conf for name, conf in settings.STORAGES.items() if name != "iciinsmes"}
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.STATIC_ROOT = str(tmp_path / "static")
    settings.ICIINSMES_STORAGE = None
    return settings


def folder() -> Path:
    used = storage()
    assert isinstance(used, FileSystemStorage)
    return Path(used.location)


def test_without_a_choice_files_lie_beside_the_public_folder(bare, tmp_path):
    assert folder() == tmp_path / "iciinsmes-private"
    (message,) = check_storage()
    assert message.level == WARNING
    assert "ICIINSMES_STORAGE" in message.hint


def test_the_public_folder_is_asked_when_the_storage_is_first_used(bare, tmp_path):
    """Tutor names it after the add-on's settings have run."""
    bare.MEDIA_ROOT = str(tmp_path / "later" / "media")
    assert folder() == tmp_path / "later" / "iciinsmes-private"


def test_the_own_setting_wins_over_the_alias(bare, tmp_path):
    bare.STORAGES = {**bare.STORAGES, "iciinsmes": {"BACKEND": DISK, "OPTIONS": {"location": str(tmp_path / "alias")}}}
    assert folder() == tmp_path / "alias"
    bare.ICIINSMES_STORAGE = {"BACKEND": DISK, "OPTIONS": {"location": str(tmp_path / "own")}}
    assert folder() == tmp_path / "own"
    assert check_storage() == []


@pytest.mark.parametrize("public", ["media", "static"])
def test_a_folder_that_the_web_server_hands_out_is_an_error_with_its_mend(bare, tmp_path, public):
    bare.ICIINSMES_STORAGE = {"BACKEND": DISK, "OPTIONS": {"location": str(tmp_path / public / "x" / ".." / "private")}}
    (message,) = check_storage()
    assert message.level == ERROR
    assert "ICIINSMES_STORAGE" in message.hint


def test_a_folder_beside_it_with_a_name_that_begins_alike_is_none(bare, tmp_path):
    bare.ICIINSMES_STORAGE = {"BACKEND": DISK, "OPTIONS": {"location": str(tmp_path / "media-private")}}
    assert check_storage() == []


def test_a_site_with_the_old_names_of_storages_keeps_them():
    """Django refuses to start with both (seen on Teak: ``STORAGES/DEFAULT_FILE_STORAGE are mutually exclusive``)."""
    site = SimpleNamespace(INSTALLED_APPS=[], DEFAULT_FILE_STORAGE=DISK)
    common.plugin_settings(site)
    production.plugin_settings(site)
    assert not hasattr(site, "STORAGES")


def test_the_platforms_tracking_log_leaves_the_addons_pages_out():
    """As the platform matches them (common/djangoapps/track/middleware.py): from the start of the path."""
    site = SimpleNamespace(TRACKING_IGNORE_URL_PATTERNS=[r"^/event"])
    production.plugin_settings(site)
    production.plugin_settings(site)
    assert site.TRACKING_IGNORE_URL_PATTERNS == [r"^/event", r"^/iciinsmes/"]
