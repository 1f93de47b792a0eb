"""After a crash at any step, table and storage come back into step and nothing that counts is lost."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.utils import timezone

from iciinsmes.evidence import api, chunks, content, object_storage, uploads
from iciinsmes.evidence.models import EvidenceFile
from iciinsmes.evidence.repair import Repaired

from . import makers
from .conftest import BLOCK, begin, draft, finish, give, objects, send, stored_bytes

PDF = makers.pdf(b"words " * 50_000)
NOW = timedelta(0)
NOTHING = Repaired(stale_uploads=0, rows_without_object=0, objects_without_row=0, lost=0)

pytestmark = pytest.mark.django_db


class Crash(BaseException):
    """The power fails."""


@pytest.fixture
def interrupted(anna, monkeypatch):
    """Upload a file until the machine stops in the named function, before or after its work; nothing cleans up."""

    def run(module, name, after):
        real = getattr(module, name)

        def failing(*args, **options):
            if after:
                real(*args, **options)
            raise Crash

        upload = begin(anna, "a.pdf", PDF)
        with monkeypatch.context() as patch:
            patch.setattr(module, name, failing)
            patch.setattr(object_storage, "delete", lambda _name: None)
            with pytest.raises(Crash):
                finish(anna, send(anna, upload, PDF))
        return upload

    return run


@pytest.mark.parametrize(
    ("module", "name", "after"),
    [
        (chunks, "save", False),
        (chunks, "save", True),
        (chunks, "assemble", True),
        (content, "examine", False),
        (object_storage, "keep", False),
        (object_storage, "keep", True),
        (uploads, "_save", False),
    ],
)
def test_after_a_crash_the_upload_goes_on_and_no_object_stays(
    anna, folder, interrupted, django_capture_on_commit_callbacks, module, name, after
):
    upload = interrupted(module, name, after)
    assert api.files_of(subject=draft(anna.id, BLOCK).id) == ()
    with django_capture_on_commit_callbacks(execute=True):
        again = begin(anna, "a.pdf", PDF)
        assert again.id == upload.id
        file = finish(anna, send(anna, again, PDF))
    api.repair(older_than=NOW)
    assert objects(folder) == [EvidenceFile.objects.get().storage_name]
    assert stored_bytes(file) == PDF


def test_a_crash_right_after_the_row_was_booked(anna, folder):
    # Nothing runs on commit here: as if the machine stopped before the pieces were removed.
    file = give(anna, "a.pdf", PDF)
    assert len(objects(folder)) > 1
    assert api.repair(older_than=NOW).objects_without_row == len([1 for _ in range(0, len(PDF), 256 * 1024)])
    assert len(objects(folder)) == 1
    assert stored_bytes(file) == PDF


def test_nothing_young_is_touched(anna, folder):
    send(anna, begin(anna, "a.pdf", PDF), PDF)
    object_storage.put("files/00/stray", b"x")
    before = objects(folder)
    assert api.repair() == NOTHING
    assert objects(folder) == before
    assert EvidenceFile.objects.count() == 1


def test_uploads_that_were_given_up_go_with_their_pieces(anna, folder):
    send(anna, begin(anna, "a.pdf", PDF), PDF)
    repaired = api.repair(older_than=NOW)
    assert repaired.stale_uploads == 1
    assert objects(folder) == []
    assert not EvidenceFile.objects.exists()


@pytest.fixture
def unseen(anna, folder, tmp_path_factory, settings):
    """A file not yet handed in and one that was, and a way to look at another, empty folder and back."""
    loose, kept = give(anna, "a.pdf", PDF), give(anna, "b.pdf", PDF + b" ")
    EvidenceFile.objects.filter(pk=kept.id).update(kept=True)
    aside = tmp_path_factory.mktemp("aside") / "evidence"
    folder.rename(aside)
    folder.mkdir()

    def come_back():
        shutil.rmtree(folder)
        aside.rename(folder)

    return loose, kept, come_back


def missing() -> int:
    return EvidenceFile.objects.filter(missing_since__isnull=False).count()


@pytest.mark.parametrize("options", [{"older_than": NOW}, {"nobody_works": True}])
def test_a_file_that_cannot_be_seen_stays_and_comes_back(anna, unseen, caplog, options):
    loose, kept, come_back = unseen
    repaired = api.repair(**options)
    assert (repaired.rows_without_object, repaired.lost) == (1, 1)
    assert api.repair(**options) == repaired
    assert {row.pk for row in EvidenceFile.objects.all()} == {loose.id, kept.id}
    assert all(file.is_missing for file in api.files_of(subject=draft(anna.id, BLOCK).id))
    assert "restore it from a backup" in caplog.text
    with pytest.raises(api.UnknownFile):
        api.open_file(evidence_id=kept.id)
    come_back()
    api.repair(**options)
    assert missing() == 0
    assert stored_bytes(loose) == PDF


def test_a_missing_file_can_be_sent_once_more(anna, unseen):
    loose, _kept, _come_back = unseen
    api.repair(nobody_works=True)
    again = give(anna, "a.pdf", PDF)
    assert again.id != loose.id
    assert stored_bytes(again) == PDF
    assert not again.is_missing


def test_objects_of_another_database_stay(folder):
    object_storage.put("files/00/what-is-this", b"x")
    assert api.repair(nobody_works=True, owns_storage=False).objects_without_row == 0
    assert len(objects(folder)) == 1


def test_objects_of_rows_that_are_gone(anna, folder):
    give(anna, "a.jpg", makers.image())
    anna.delete()
    assert objects(folder)
    assert api.repair(older_than=NOW).objects_without_row == 2
    assert objects(folder) == []
    assert api.repair(older_than=NOW) == NOTHING


def test_strange_objects_in_our_folders(folder, db):
    object_storage.put("files/00/what-is-this", b"x")
    object_storage.put("uploads/not-ours", b"x")
    assert api.repair(older_than=NOW).objects_without_row == 2
    assert objects(folder) == []


def test_a_preview_stays_as_long_as_its_file(anna, folder):
    file = give(anna, "a.jpg", makers.image())
    object_storage.put(object_storage.preview_name(file.id), b"small")
    api.repair(older_than=NOW)
    assert len(objects(folder)) == 2
    EvidenceFile.objects.all().delete()
    api.repair(older_than=NOW)
    assert objects(folder) == []


def test_when_nobody_works_what_is_left_over_goes_at_once_and_uploads_stay(anna, folder, monkeypatch):
    upload = send(anna, begin(anna, "a.pdf", PDF), PDF[: 256 * 1024])
    object_storage.put("files/00/stray", b"x")
    with monkeypatch.context() as patch:
        patch.setattr(object_storage, "delete", lambda _name: None)
        gone = give(anna, "b.pdf", PDF + b" ")
    object_storage.delete(EvidenceFile.objects.get(pk=gone.id).storage_name)
    repaired = api.repair(nobody_works=True)
    assert (repaired.stale_uploads, repaired.rows_without_object) == (0, 1)
    assert EvidenceFile.objects.filter(pk=gone.id).exists()
    assert repaired.objects_without_row > 1
    assert [name.startswith(f"uploads/{upload.id}-") for name in objects(folder)] == [True]
    assert stored_bytes(finish(anna, send(anna, begin(anna, "a.pdf", PDF), PDF))) == PDF


class TestCommand:
    def test_it_tells_what_it_did(self, anna, folder, capsys):
        send(anna, begin(anna, "a.pdf", PDF), PDF)
        object_storage.put("files/00/stray", b"x")
        with time_machine.travel(timezone.now() + timedelta(hours=25)):
            call_command("ici_repair")
        pieces = len(range(0, len(PDF), 256 * 1024))
        assert capsys.readouterr().out.splitlines() == [
            "1 uploads that were given up removed",
            "0 files without an object marked as missing",
            f"{pieces + 1} objects without a file removed",
        ]
        assert objects(folder) == []

    def test_it_leaves_alone_what_is_under_way(self, anna, folder, capsys):
        send(anna, begin(anna, "a.pdf", PDF), PDF)
        before = objects(folder)
        call_command("ici_repair")
        assert objects(folder) == before

    def test_it_fails_when_a_file_of_a_round_is_gone(self, anna, folder):
        give(anna, "a.pdf", PDF)
        api.keep(subject=draft(anna.id, BLOCK).id)
        for name in objects(folder):
            object_storage.delete(name)
        with (
            time_machine.travel(timezone.now() + timedelta(hours=25)),
            pytest.raises(CommandError, match="1 files that were handed in are gone"),
        ):
            call_command("ici_repair")


class Errors(FileSystemStorage):
    """As django-storages' S3: asked for the age of what is not there, it raises an error of its own library."""

    def get_modified_time(self, name):
        raise ConnectionError("An error occurred (404)")


def test_an_object_that_vanishes_meanwhile_does_not_stop_object_stores(settings, tmp_path):
    settings.ICIINSMES_STORAGE = {"BACKEND": f"{__name__}.Errors", "OPTIONS": {"location": str(tmp_path)}}
    assert object_storage.written_before("files/00/gone", timezone.now()) is False


def test_an_object_whose_age_cannot_be_told_is_an_error(settings, tmp_path):
    settings.ICIINSMES_STORAGE = {"BACKEND": f"{__name__}.Errors", "OPTIONS": {"location": str(tmp_path)}}
    object_storage.put("files/00/there", b"x")
    with pytest.raises(ConnectionError):
        object_storage.written_before("files/00/there", timezone.now())
