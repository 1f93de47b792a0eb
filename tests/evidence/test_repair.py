"""After a crash at any step, table and storage come back into step and nothing that counts is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from iciinsmes.evidence import api, chunks, content, store, uploads
from iciinsmes.evidence.models import EvidenceFile
from iciinsmes.evidence.repair import Repaired

from . import makers
from .conftest import BLOCK, begin, finish, give, objects, send, stored_bytes

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
            patch.setattr(store, "delete", lambda _name: None)
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
        (store, "keep", False),
        (store, "keep", True),
        (uploads, "_save", False),
    ],
)
def test_after_a_crash_the_upload_goes_on_and_no_object_stays(
    anna, folder, interrupted, django_capture_on_commit_callbacks, module, name, after
):
    upload = interrupted(module, name, after)
    assert api.files_of(owner_id=anna.id, usage_key=BLOCK) == ()
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
    store.put("files/00/stray", b"x")
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


def test_a_row_without_object_goes_unless_it_was_handed_in(anna, folder, caplog):
    lost, kept = give(anna, "a.pdf", PDF), give(anna, "b.pdf", PDF + b" ")
    api.remove(evidence_id=lost.id, owner_id=anna.id)
    lost = give(anna, "a.pdf", PDF)
    api.keep(owner_id=anna.id, usage_key=BLOCK)
    EvidenceFile.objects.filter(pk=lost.id).update(kept=False)
    for name in objects(folder):
        store.delete(name)
    repaired = api.repair(older_than=NOW)
    assert (repaired.rows_without_object, repaired.lost) == (1, 1)
    assert EvidenceFile.objects.get().pk == kept.id
    assert "restore it from a backup" in caplog.text
    with pytest.raises(api.UnknownFile):
        api.open_file(evidence_id=kept.id)


def test_objects_of_rows_that_are_gone(anna, folder):
    give(anna, "a.jpg", makers.image())
    anna.delete()
    assert objects(folder)
    assert api.repair(older_than=NOW).objects_without_row == 2
    assert objects(folder) == []
    assert api.repair(older_than=NOW) == NOTHING


def test_strange_objects_in_our_folders(folder, db):
    store.put("files/00/what-is-this", b"x")
    store.put("uploads/not-ours", b"x")
    assert api.repair(older_than=NOW).objects_without_row == 2
    assert objects(folder) == []


def test_a_preview_stays_as_long_as_its_file(anna, folder):
    file = give(anna, "a.jpg", makers.image())
    store.put(store.preview_name(file.id), b"small")
    api.repair(older_than=NOW)
    assert len(objects(folder)) == 2
    EvidenceFile.objects.all().delete()
    api.repair(older_than=NOW)
    assert objects(folder) == []


def test_when_nobody_works_what_is_left_over_goes_at_once_and_uploads_stay(anna, folder, monkeypatch):
    upload = send(anna, begin(anna, "a.pdf", PDF), PDF[: 256 * 1024])
    store.put("files/00/stray", b"x")
    with monkeypatch.context() as patch:
        patch.setattr(store, "delete", lambda _name: None)
        gone = give(anna, "b.pdf", PDF + b" ")
    store.delete(EvidenceFile.objects.get(pk=gone.id).storage_name)
    repaired = api.repair(nobody_works=True)
    assert (repaired.stale_uploads, repaired.rows_without_object) == (0, 1)
    assert repaired.objects_without_row > 1
    assert [name.startswith(f"uploads/{upload.id}-") for name in objects(folder)] == [True]
    assert stored_bytes(finish(anna, send(anna, begin(anna, "a.pdf", PDF), PDF))) == PDF


class TestCommand:
    def test_it_tells_what_it_did(self, anna, folder, capsys):
        send(anna, begin(anna, "a.pdf", PDF), PDF)
        store.put("files/00/stray", b"x")
        with time_machine.travel(timezone.now() + timedelta(hours=25)):
            call_command("ici_repair")
        pieces = len(range(0, len(PDF), 256 * 1024))
        assert capsys.readouterr().out.splitlines() == [
            "1 uploads that were given up removed",
            "0 files without an object removed",
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
        api.keep(owner_id=anna.id, usage_key=BLOCK)
        for name in objects(folder):
            store.delete(name)
        with (
            time_machine.travel(timezone.now() + timedelta(hours=25)),
            pytest.raises(CommandError, match="1 files that were handed in are gone"),
        ):
            call_command("ici_repair")
