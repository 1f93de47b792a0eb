"""An upload from begin to finish, and everything that can interrupt it."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from iciinsmes.evidence import api, chunks, object_storage
from iciinsmes.evidence.models import EvidenceFile

from . import makers
from .conftest import (
    BLOCK,
    OTHER_BLOCK,
    PDF,
    begin,
    draft,
    files,
    finish,
    give,
    objects,
    send,
    stored_bytes,
)


@pytest.mark.django_db
class TestGoodUploads:
    def test_what_arrives_is_what_is_kept(self, anna, folder, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            file = give(anna, "Bericht März.pdf", PDF)
        assert stored_bytes(file) == PDF
        assert (file.name, file.size, file.content_type) == ("Bericht März.pdf", len(PDF), "application/pdf")
        assert (file.description, file.kept, file.owner_id) == ("", False, anna.id)
        assert files(anna) == (file,)
        assert api.get(evidence_id=file.id) == file
        (name,) = objects(folder)
        assert name.startswith(f"files/{file.id.hex[:2]}/{file.id}")

    def test_pieces_of_any_size(self, anna):
        upload = begin(anna, "a.pdf", PDF)
        assert upload.received == 0
        upload = send(anna, upload, PDF, piece=99_991)
        assert upload.received == len(PDF)
        assert stored_bytes(finish(anna, upload)) == PDF

    def test_an_interrupted_upload_goes_on_where_it_stopped(self, anna):
        first = begin(anna, "a.pdf", PDF)
        api.receive_chunk(upload_id=first.id, owner_id=anna.id, offset=0, content=PDF[:20_000])
        again = begin(anna, "a.pdf", PDF)
        assert (again.id, again.received) == (first.id, 20_000)

    def test_without_a_hash_nothing_is_resumed(self, anna):
        first = begin(anna, "a.pdf", PDF, sha256="")
        assert begin(anna, "a.pdf", PDF, sha256="").id != first.id
        assert stored_bytes(finish(anna, send(anna, first, PDF))) == PDF

    def test_finishing_twice_gives_the_same_file(self, anna):
        upload = send(anna, begin(anna, "a.pdf", PDF), PDF)
        assert finish(anna, upload) == finish(anna, upload)
        assert len(files(anna)) == 1

    @pytest.mark.parametrize("sha256", [None, ""])
    def test_the_same_file_again_is_the_file_that_is_there(self, anna, folder, committed, sha256):
        photo = makers.image()
        first = give(anna, "a.jpg", photo)
        assert give(anna, "b.jpg", photo, sha256=sha256) == first
        assert EvidenceFile.objects.count() == 1
        assert give(anna, "a.jpg", photo, usage_key=OTHER_BLOCK).id != first.id

    def test_names_never_reach_the_storage(self, anna, folder, committed):
        file = give(anna, "../../secret/\u202ename.pdf", PDF)
        assert file.name == "name.pdf"
        assert "name" not in "".join(objects(folder))

    def test_queries(self, anna, django_assert_max_num_queries):
        with django_assert_max_num_queries(7):
            upload = begin(anna, "a.pdf", PDF)
        with django_assert_max_num_queries(2):
            api.receive_chunk(upload_id=upload.id, owner_id=anna.id, offset=0, content=PDF[:20_000])
        upload = send(anna, begin(anna, "a.pdf", PDF), PDF)
        with django_assert_max_num_queries(7):
            finish(anna, upload)
        with django_assert_max_num_queries(1):
            files(anna)
        with django_assert_max_num_queries(2):
            api.keep(subject=draft(anna.id, BLOCK).id)


@pytest.mark.django_db
class TestChunks:
    def test_a_gap(self, anna):
        upload = begin(anna, "a.pdf", PDF)
        with pytest.raises(api.OffsetMismatch) as gap:
            api.receive_chunk(upload_id=upload.id, owner_id=anna.id, offset=10, content=b"x")
        assert gap.value.received == 0

    def test_a_chunk_that_comes_twice(self, anna):
        upload = begin(anna, "a.pdf", PDF)
        for _time in range(2):
            sent = api.receive_chunk(upload_id=upload.id, owner_id=anna.id, offset=0, content=PDF[:20_000])
            assert sent.received == 20_000
        assert stored_bytes(finish(anna, send(anna, sent, PDF))) == PDF

    def test_a_chunk_after_the_end(self, anna):
        upload = send(anna, begin(anna, "a.pdf", PDF), PDF)
        finish(anna, upload)
        again = api.receive_chunk(upload_id=upload.id, owner_id=anna.id, offset=0, content=PDF[:100])
        assert again.received == len(PDF)

    def test_finishing_too_early(self, anna):
        upload = begin(anna, "a.pdf", PDF)
        api.receive_chunk(upload_id=upload.id, owner_id=anna.id, offset=0, content=PDF[:20_000])
        with pytest.raises(api.OffsetMismatch) as early:
            finish(anna, upload)
        assert early.value.received == 20_000

    def test_a_lost_piece_is_asked_for_again(self, anna):
        upload = send(anna, begin(anna, "a.pdf", PDF), PDF, piece=100_000)
        object_storage.delete(chunks.name(upload.id, 300_000))
        with pytest.raises(api.OffsetMismatch) as lost:
            finish(anna, upload)
        assert lost.value.received == 300_000
        assert stored_bytes(finish(anna, send(anna, begin(anna, "a.pdf", PDF), PDF, piece=100_000))) == PDF

    def test_remains_of_a_crash_are_written_over(self, anna):
        upload = begin(anna, "a.pdf", PDF)
        object_storage.put(chunks.name(upload.id, 0), b"half a pie")
        assert stored_bytes(finish(anna, send(anna, upload, PDF))) == PDF

    def test_cancelling(self, anna, folder, django_capture_on_commit_callbacks):
        upload = begin(anna, "a.pdf", PDF)
        send(anna, upload, PDF)
        with django_capture_on_commit_callbacks(execute=True):
            api.cancel_upload(upload_id=upload.id, owner_id=anna.id)
        assert objects(folder) == []
        with pytest.raises(api.UnknownFile):
            finish(anna, upload)

    def test_cancelling_too_late_keeps_the_file(self, anna):
        file = give(anna, "a.pdf", PDF)
        api.cancel_upload(upload_id=file.id, owner_id=anna.id)
        assert files(anna) == (file,)


@pytest.mark.django_db
class TestOtherPeople:
    def test_nothing_of_somebody_else_can_be_touched(self, anna, bo):
        upload = begin(anna, "a.pdf", PDF)
        file = give(anna, "b.pdf", PDF + b" ")
        for touch in (
            lambda: api.receive_chunk(upload_id=upload.id, owner_id=bo.id, offset=0, content=b"x"),
            lambda: finish(bo, upload),
            lambda: api.cancel_upload(upload_id=upload.id, owner_id=bo.id),
            lambda: api.remove(evidence_id=file.id, owner_id=bo.id),
            lambda: api.describe(evidence_id=file.id, owner_id=bo.id, description="mine"),
        ):
            with pytest.raises(api.UnknownFile):
                touch()
        assert files(anna) == (file,)
        assert files(bo) == ()

    def test_another_block_s_permission_does_not_count(self, anna):
        file = give(anna, "b.pdf", PDF)
        with pytest.raises(api.UnknownFile):
            api.remove(evidence_id=file.id, owner_id=anna.id, subject=draft(anna.id, OTHER_BLOCK).id)
        api.remove(evidence_id=file.id, owner_id=anna.id, subject=draft(anna.id, BLOCK).id)

    def test_an_upload_under_way_is_no_file(self, anna):
        upload = begin(anna, "a.pdf", PDF)
        for touch in (
            lambda: api.get(evidence_id=upload.id),
            lambda: api.open_file(evidence_id=upload.id),
            lambda: api.get(evidence_id=uuid4()),
            lambda: api.remove(evidence_id=upload.id, owner_id=anna.id),
            lambda: api.describe(evidence_id=upload.id, owner_id=anna.id, description="early"),
        ):
            with pytest.raises(api.UnknownFile):
                touch()


@pytest.mark.django_db
class TestDraft:
    def test_describing(self, anna):
        file = give(anna, "a.pdf", PDF)
        described = api.describe(evidence_id=file.id, owner_id=anna.id, description="  our\nlist \u202e ")
        assert described.description == "our list"
        assert files(anna) == (described,)
        with pytest.raises(api.RuleBroken, match="500"):
            api.describe(evidence_id=file.id, owner_id=anna.id, description="x" * 501)

    def test_removing(self, anna, folder, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            file = give(anna, "a.pdf", PDF)
        with django_capture_on_commit_callbacks(execute=True):
            api.remove(evidence_id=file.id, owner_id=anna.id)
        assert objects(folder) == []
        with pytest.raises(api.UnknownFile):
            api.remove(evidence_id=file.id, owner_id=anna.id)

    @pytest.mark.django_db(transaction=True)
    def test_a_storage_that_fails_costs_nobody_the_click(self, anna, monkeypatch, caplog):
        def fail(*_arguments):
            raise OSError("no such bucket")

        file = give(anna, "a.pdf", PDF)
        monkeypatch.setattr(object_storage, "delete_file", fail)
        api.remove(evidence_id=file.id, owner_id=anna.id)
        assert files(anna) == ()
        assert "no such bucket" in caplog.text

    def test_a_kept_file_only_leaves_the_draft(self, anna):
        file = give(anna, "a.pdf", PDF)
        assert api.keep(subject=draft(anna.id, BLOCK).id) == (replace(file, kept=True),)
        api.remove(evidence_id=file.id, owner_id=anna.id)
        assert files(anna) == ()
        assert stored_bytes(file) == PDF
        assert api.get(evidence_id=file.id).kept
        # Added once more, it is a file of its own.
        assert give(anna, "a.pdf", PDF).id != file.id

    def test_keeping_takes_stored_files_of_this_block_only(self, anna, bo):
        first, second = give(anna, "a.pdf", PDF), give(anna, "b.pdf", PDF + b" ")
        begin(anna, "c.pdf", PDF + b"  ")
        give(anna, "d.pdf", PDF, usage_key=OTHER_BLOCK)
        give(bo, "e.pdf", PDF)
        kept = api.keep(subject=draft(anna.id, BLOCK).id)
        assert [file.id for file in kept] == [first.id, second.id]
        assert EvidenceFile.objects.filter(kept=True).count() == 2
