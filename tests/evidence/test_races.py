"""Uploads at once: another request comes in between, and many in the same moment."""

from __future__ import annotations

import pytest
from django.db import transaction

from iciinsmes.evidence import api, chunks, object_storage
from iciinsmes.evidence.data import EvidenceRules
from iciinsmes.evidence.models import EvidenceFile
from tests.at_once import at_once

from . import makers
from .conftest import BLOCK, PDF, begin, draft, files, finish, give, objects, send, stored_bytes


@pytest.mark.django_db
class TestRaces:
    """Another request comes in between, at the worst moment of the first one."""

    def test_finished_by_another_request_meanwhile(self, anna, folder, monkeypatch, django_capture_on_commit_callbacks):
        upload = send(anna, begin(anna, "a.pdf", PDF), PDF)
        keep, others = object_storage.keep, []

        def slow_keep(file_id, source):
            monkeypatch.setattr(object_storage, "keep", keep)
            stored = keep(file_id, source)
            others.append(finish(anna, upload))
            return stored

        monkeypatch.setattr(object_storage, "keep", slow_keep)
        with django_capture_on_commit_callbacks(execute=True):
            assert finish(anna, upload) == others[0]
        assert len(objects(folder)) == 1
        assert stored_bytes(others[0]) == PDF

    def test_finished_before_its_pieces_are_read(self, anna, monkeypatch, django_capture_on_commit_callbacks):
        upload = send(anna, begin(anna, "a.pdf", PDF), PDF)
        assemble = chunks.assemble

        def late_assemble(*args):
            monkeypatch.setattr(chunks, "assemble", assemble)
            with django_capture_on_commit_callbacks(execute=True):
                finish(anna, upload)
            return assemble(*args)

        monkeypatch.setattr(chunks, "assemble", late_assemble)
        assert stored_bytes(finish(anna, upload)) == PDF

    def test_cancelled_while_it_is_checked(self, anna, folder, monkeypatch, django_capture_on_commit_callbacks):
        upload = send(anna, begin(anna, "a.pdf", PDF), PDF)
        keep = object_storage.keep

        def slow_keep(file_id, source):
            api.cancel_upload(upload_id=upload.id, owner_id=anna.id)
            return keep(file_id, source)

        monkeypatch.setattr(object_storage, "keep", slow_keep)
        with django_capture_on_commit_callbacks(execute=True), pytest.raises(api.UnknownFile):
            finish(anna, upload)
        assert objects(folder) == []

    def test_the_same_chunk_from_two_requests(self, anna, monkeypatch):
        upload = begin(anna, "a.pdf", PDF)
        save = chunks.save

        def slow_save(*args):
            monkeypatch.setattr(chunks, "save", save)
            save(*args)
            api.receive_chunk(upload_id=upload.id, owner_id=anna.id, offset=0, content=PDF[:20_000])

        monkeypatch.setattr(chunks, "save", slow_save)
        sent = api.receive_chunk(upload_id=upload.id, owner_id=anna.id, offset=0, content=PDF[:20_000])
        assert sent.received == 20_000
        assert stored_bytes(finish(anna, send(anna, sent, PDF))) == PDF

    def test_a_chunk_for_an_upload_that_ends_meanwhile(self, anna, folder, monkeypatch):
        upload = begin(anna, "a.pdf", PDF)
        save = chunks.save

        def slow_save(*args):
            EvidenceFile.objects.all().delete()
            save(*args)

        monkeypatch.setattr(chunks, "save", slow_save)
        with pytest.raises(api.UnknownFile):
            api.receive_chunk(upload_id=upload.id, owner_id=anna.id, offset=0, content=PDF[:20_000])
        assert objects(folder) == []


@pytest.mark.django_db(transaction=True)
class TestThreads:
    def test_finishing_at_once_makes_one_file(self, anna, folder):
        upload = send(anna, begin(anna, "photo.jpg", makers.image()), makers.image())
        results = at_once(*[lambda: finish(anna, upload)] * 4)
        assert len({getattr(result, "id", result) for result in results}) == 1
        assert len(files(anna)) == 1
        assert len(objects(folder)) == 1

    def test_the_same_chunk_at_once(self, anna, folder):
        upload = begin(anna, "a.pdf", PDF)
        step = 200_000
        for offset in range(0, len(PDF), step):
            piece = PDF[offset : offset + step]
            results = at_once(
                *[
                    lambda offset=offset, piece=piece: api.receive_chunk(
                        upload_id=upload.id, owner_id=anna.id, offset=offset, content=piece
                    )
                ]
                * 3
            )
            assert {result.received for result in results} == {offset + len(piece)}
        assert stored_bytes(finish(anna, upload)) == PDF
        assert len(objects(folder)) == 1

    def test_the_last_place_is_given_once(self, anna, folder):
        rules = EvidenceRules(max_files=1)
        contents = [PDF + b" " * number for number in range(3)]
        uploads = [begin(anna, "a.pdf", content, rules=rules) for content in contents]
        for upload, content in zip(uploads, contents, strict=True):
            send(anna, upload, content)
        results = at_once(*[lambda upload=upload: finish(anna, upload, rules=rules) for upload in uploads])
        assert sum(isinstance(result, api.RuleBroken) for result in results) == 2
        assert len(files(anna)) == 1

    def test_announcing_the_same_file_at_once_is_one_upload(self, anna):
        results = at_once(*[lambda: begin(anna, "a.pdf", PDF)] * 3)
        assert len({result.id for result in results}) == 1

    def test_handing_in_and_removing_at_once(self, anna):
        file = give(anna, "a.pdf", PDF)

        def hand_in():
            with transaction.atomic():
                return api.keep(subject=draft(anna.id, BLOCK).id)

        results = at_once(
            hand_in,
            lambda: api.remove(evidence_id=file.id, owner_id=anna.id),
        )
        assert not [result for result in results if isinstance(result, Exception)]
        if any(results):
            assert stored_bytes(file) == PDF
        else:
            assert not EvidenceFile.objects.exists()
