"""The command that tells an administrator whether an installation works finds what does not."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.files.storage import InMemoryStorage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from xblock.core import XBlock
from xblock.plugin import PluginMissingError

from iciinsmes.evidence.private_storage import storage

DISK = "django.core.files.storage.FileSystemStorage"

pytestmark = pytest.mark.django_db


class Bucket(InMemoryStorage):
    """Object storage: files have signed addresses. What ``is_public`` says holds for addresses without a signature."""

    server = ""
    is_public = False
    kept: dict[str, bytes] = {}

    def save(self, name, content, max_length=None):
        saved = super().save(name, content, max_length)
        type(self).kept["/" + saved] = content.open("rb").read()
        return saved

    def url(self, name):
        return f"{self.server}/{name}?signature=good"


class Door(BaseHTTPRequestHandler):
    def do_GET(self):
        path, _mark, signature = self.path.partition("?")
        opens = Bucket.is_public or signature
        self.send_response(200 if opens and path in Bucket.kept else 403)
        self.end_headers()
        if opens:
            self.wfile.write(Bucket.kept.get(path, b""))

    def log_message(self, *_args):
        """Nothing of it belongs into the test's output."""


@pytest.fixture(autouse=True)
def _tables_without_migrations(settings):
    """Tests make their tables from the models; which test came first decides whether settings say so to all others."""
    settings.MIGRATION_MODULES = {"iciinsmes": None}


@pytest.fixture
def bucket(settings, monkeypatch):
    server = HTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(Bucket, "server", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setattr(Bucket, "kept", {})
    settings.ICIINSMES_STORAGE = {"BACKEND": f"{__name__}.Bucket", "OPTIONS": {}}
    yield Bucket
    server.shutdown()
    server.server_close()


def smoke(capsys, *arguments):
    """Run the command; return what it printed, and its error or an empty text."""
    try:
        call_command("ici_smoke", *arguments)
    except CommandError as error:
        return capsys.readouterr().out, str(error)
    return capsys.readouterr().out, ""


def test_where_all_is_well_every_line_says_so_and_nothing_stays(capsys, live_server):
    out, error = smoke(capsys, "--address", live_server.url)
    assert error == ""
    assert out.splitlines() == ["tables: ok", "blocks: ok", "storage: ok", "page: ok"]
    assert storage().listdir("trials") == ([], [])


def test_without_an_address_no_page_is_asked_for(capsys):
    out, error = smoke(capsys)
    assert error == ""
    assert "page" not in out


def test_a_site_that_does_not_answer_is_told(capsys):
    out, error = smoke(capsys, "--address", "http://127.0.0.1:9")
    assert "does not answer" in out
    assert error == "This does not work: page."


def test_a_site_without_the_addons_pages_is_told(capsys, bucket):
    out, error = smoke(capsys, "--address", bucket.server)
    assert "answers with 403" in out
    assert "page" in error


@pytest.fixture
def recorder(settings, transactional_db):
    """Say what has run: tests make their tables from the models."""
    settings.MIGRATION_MODULES = {}
    found = MigrationRecorder(connection)
    found.ensure_schema()
    yield found
    with connection.schema_editor() as editor:
        editor.delete_model(found.Migration)


def test_a_migration_that_has_not_run_is_named(capsys, recorder):
    migrations = MigrationLoader(connection).disk_migrations
    for app, name in migrations:
        recorder.record_applied(app, name)
    last = max(name for app, name in migrations if app == "iciinsmes")
    recorder.record_unapplied("iciinsmes", last)
    out, error = smoke(capsys)
    assert f"Migrations have not run: {last}" in out
    assert error == "This does not work: tables."


def test_a_block_that_is_not_installed_is_named(capsys, monkeypatch):
    def missing(name):
        raise PluginMissingError(name)

    monkeypatch.setattr(XBlock, "load_class", missing)
    out, error = smoke(capsys)
    assert "digital_tool is not installed" in out
    assert error == "This does not work: blocks."


def test_a_place_that_cannot_be_written_is_told_with_its_reason(capsys, settings):
    settings.ICIINSMES_STORAGE = {"BACKEND": DISK, "OPTIONS": {"location": "/dev/null/no place"}}
    out, error = smoke(capsys)
    assert "NotADirectoryError" in out
    assert "/dev/null/no place" in out
    assert error == "This does not work: storage."


def test_a_folder_that_is_handed_out_is_told(capsys, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    settings.ICIINSMES_STORAGE = {"BACKEND": DISK, "OPTIONS": {"location": str(tmp_path / "private")}}
    out, error = smoke(capsys)
    assert "inside MEDIA_ROOT" in out
    assert error == "This does not work: storage."


def test_a_private_bucket_is_well(capsys, bucket):
    _out, error = smoke(capsys)
    assert error == ""
    assert bucket.kept, "nothing was written there"


def test_a_bucket_that_gives_files_to_strangers_is_told(capsys, bucket, monkeypatch):
    monkeypatch.setattr(bucket, "is_public", True)
    out, error = smoke(capsys)
    assert "anybody who knows their address" in out
    assert error == "This does not work: storage."
