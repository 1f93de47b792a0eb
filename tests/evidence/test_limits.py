"""What an upload may bring: sizes, numbers and quotas, and content that is refused."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from iciinsmes.evidence import api, object_storage
from iciinsmes.evidence.data import CHUNK_BYTES, EvidenceRules
from iciinsmes.evidence.models import EvidenceFile

from . import makers
from .conftest import (
    ALL_KINDS,
    BLOCK,
    COURSE,
    OTHER_BLOCK,
    OTHER_COURSE,
    PDF,
    begin,
    draft,
    files,
    finish,
    give,
    objects,
    send,
)


@pytest.mark.django_db
class TestRules:
    def test_announced_too_large(self, anna):
        with pytest.raises(api.TooLarge, match="up to"):
            begin(anna, "a.pdf", PDF, rules=replace(ALL_KINDS, max_file_bytes=len(PDF) - 1))

    def test_more_sent_than_announced(self, anna):
        upload = begin(anna, "a.pdf", PDF[:100])
        with pytest.raises(api.TooLarge):
            api.receive_chunk(upload_id=upload.id, owner_id=anna.id, offset=0, content=PDF[:101])
        send(anna, upload, PDF[:100])
        sent = api.receive_chunk(upload_id=upload.id, owner_id=anna.id, offset=0, content=PDF[:101])
        assert sent.received == 100

    def test_a_chunk_that_is_too_large(self, anna):
        content = bytes(CHUNK_BYTES + 1)
        with pytest.raises(api.TooLarge):
            send(anna, begin(anna, "a.pdf", content), content, piece=len(content))

    def test_empty(self, anna):
        with pytest.raises(api.RuleBroken, match="empty"):
            begin(anna, "a.pdf", b"")

    @pytest.mark.parametrize("sha256", ["xyz", "a" * 63, "g" * 64])
    def test_a_hash_that_is_none(self, anna, sha256):
        with pytest.raises(api.UploadError, match="read"):
            begin(anna, "a.pdf", PDF, sha256=sha256)

    def test_too_many_files(self, anna):
        rules = EvidenceRules(max_files=2)
        give(anna, "a.pdf", PDF)
        give(anna, "b.pdf", PDF + b" ")
        with pytest.raises(api.RuleBroken, match="up to 2 files"):
            begin(anna, "c.pdf", PDF + b"  ", rules=rules)

    def test_all_together_too_large(self, anna):
        give(anna, "a.pdf", PDF)
        with pytest.raises(api.RuleBroken, match="together"):
            begin(anna, "b.pdf", PDF + b" ", rules=EvidenceRules(max_total_bytes=2 * len(PDF)))

    def test_the_quota_counts_all_blocks_and_what_is_under_way(self, anna, bo, settings):
        settings.ICIINSMES_EVIDENCE_QUOTA_BYTES = 2 * len(PDF) + 10
        give(anna, "a.pdf", PDF, usage_key=OTHER_BLOCK)
        begin(anna, "b.pdf", PDF)
        with pytest.raises(api.RuleBroken, match="no room"):
            begin(anna, "c.pdf", PDF + b" ")
        begin(bo, "c.pdf", PDF + b" ")

    def test_a_rule_that_another_upload_has_used_up_meanwhile(self, anna, folder, committed):
        rules = EvidenceRules(max_files=1)
        first, second = begin(anna, "a.pdf", PDF, rules=rules), begin(anna, "b.pdf", PDF + b" ", rules=rules)
        send(anna, first, PDF)
        send(anna, second, PDF + b" ")
        kept = finish(anna, first, rules=rules)
        with pytest.raises(api.RuleBroken, match="1 file"):
            finish(anna, second, rules=rules)
        assert files(anna) == (kept,)
        assert len([name for name in objects(folder) if name.startswith("files/")]) == 1
        # Room is made, and nothing has to be sent again.
        api.remove(evidence_id=kept.id, owner_id=anna.id)
        assert finish(anna, begin(anna, "b.pdf", PDF + b" ", rules=rules), rules=rules).name == "b.pdf"

    def test_uploads_that_were_never_finished_do_not_pile_up(self, anna):
        for number in range(50):
            begin(anna, f"{number}.pdf", PDF, sha256="")
        with pytest.raises(api.RuleBroken, match="uploads"):
            begin(anna, "last.pdf", PDF, sha256="")
        EvidenceFile.objects.update(created_at=timezone.now() - timedelta(days=2))
        begin(anna, "last.pdf", PDF, sha256="")
        assert EvidenceFile.objects.count() == 1

    def test_open_uploads_are_bounded_over_all_courses_and_old_ones_give_way(self, anna, bo, folder):
        rules = replace(ALL_KINDS, max_file_bytes=90_000_000)

        def announce(size, user=anna, course=COURSE):
            return api.begin_upload(
                owner_id=user.id,
                subject=replace(draft(user.id, BLOCK), course_key=course),
                name="a.pdf",
                size=size,
                sha256="",
                rules=rules,
            )

        first, second = announce(90_000_000), announce(90_000_000, course=OTHER_COURSE)
        api.receive_chunk(upload_id=first.id, owner_id=anna.id, offset=0, content=bytes(1_000_000))
        with pytest.raises(api.RuleBroken, match=r"50 files and 200\.0"):
            announce(90_000_000, course=OTHER_COURSE)
        assert announce(90_000_000, bo)
        assert announce(20_000_000)
        EvidenceFile.objects.filter(pk=first.id).update(created_at=timezone.now() - timedelta(hours=3))
        assert announce(90_000_000)
        assert set(EvidenceFile.objects.filter(pk__in=(first.id, second.id)).values_list("pk", flat=True)) == {
            second.id
        }

    def test_a_single_file_may_be_larger_than_that(self, anna):
        rules = replace(ALL_KINDS, max_file_bytes=300_000_000, max_total_bytes=300_000_000)
        assert api.begin_upload(
            owner_id=anna.id, subject=draft(anna.id, BLOCK), name="a.pdf", size=250_000_000, sha256="", rules=rules
        )

    @pytest.mark.parametrize("size", [1, 100, 11_000])
    def test_pieces_that_are_too_small(self, anna, size):
        upload = begin(anna, "a.pdf", PDF)
        with pytest.raises(api.UploadError, match="too small"):
            api.receive_chunk(upload_id=upload.id, owner_id=anna.id, offset=0, content=PDF[:size])

    def test_the_last_piece_may_be_small_and_a_small_file_may_come_in_small_pieces(self, anna):
        assert finish(anna, send(anna, begin(anna, "a.pdf", PDF), PDF, piece=(len(PDF) - 1) // 2))
        photo = makers.image(size=(300, 200))
        assert finish(anna, send(anna, begin(anna, "a.jpg", photo), photo, piece=len(photo) // 100))
        with pytest.raises(api.UploadError, match="too small"):
            send(anna, begin(anna, "b.csv", b"a;b\n1;2\n"), b"a;b\n1;2\n", piece=1)


@pytest.mark.django_db
class TestBadContent:
    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("a.pdf", b"MZ" + bytes(300), "a program"),
            ("a.png", makers.png_bomb(), "too many pixels"),
            ("a.jpg", makers.image(size=(300, 200))[:1500], "damaged"),
            ("a.docx", makers.docx(**{"word/zeros.bin": bytes(30_000_000)}), "unpack"),
        ],
    )
    def test_refused_content_leaves_nothing_behind(self, anna, folder, committed, name, content, words):
        with pytest.raises(api.ContentRefused, match=words):
            give(anna, name, content)
        assert EvidenceFile.objects.count() == 0

    def test_what_is_on_disk_after_a_refusal(self, anna, folder, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True), pytest.raises(api.ContentRefused):
            give(anna, "a.pdf", b"no pdf")
        assert objects(folder) == []

    def test_a_hash_that_does_not_fit(self, anna, folder, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True), pytest.raises(api.Damaged, match="damaged"):
            give(anna, "a.pdf", PDF, sha256=hashlib.sha256(b"other").hexdigest())
        assert EvidenceFile.objects.count() == 0
        assert objects(folder) == []

    def test_a_storage_that_does_not_keep_what_it_was_given(self, anna, folder, monkeypatch, caplog):
        measure, calls = object_storage.measure, []

        def lossy(source):
            calls.append(source)
            return measure(source) if len(calls) > 1 else (3, "other")

        upload = send(anna, begin(anna, "a.pdf", PDF), PDF)
        monkeypatch.setattr(object_storage, "measure", lossy)
        with pytest.raises(api.UploadError, match="could not be stored"):
            finish(anna, upload)
        assert "is not what was written" in caplog.text
        assert not [name for name in objects(folder) if name.startswith("files/")]
        assert finish(anna, upload).size == len(PDF)
