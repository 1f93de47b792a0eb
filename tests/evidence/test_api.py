"""An upload from begin to finish, and everything that can interrupt it."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.evidence import api, chunks, object_storage
from iciinsmes.evidence.data import CHUNK_BYTES, EvidenceRules
from iciinsmes.evidence.models import EvidenceFile

from . import makers
from .conftest import ALL_KINDS, BLOCK, COURSE, OTHER_BLOCK, begin, draft, finish, give, objects, send, stored_bytes

PDF = makers.pdf(b"words " * 200_000)
OTHER_COURSE = CourseKey.from_string("course-v1:ICI+MORE+2026")


def files(user, usage_key=BLOCK):
    return api.files_of(subject=draft(user.id, usage_key).id)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run what waits for the end of a transaction, as it happens outside of tests."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


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


def at_once(*calls):
    """Run the calls in threads that start together; return results and errors."""
    barrier = threading.Barrier(len(calls))
    results: list[object] = []

    def run(call):
        try:
            barrier.wait()
            results.append(call())
        except Exception as error:  # noqa: BLE001 - the test looks at it
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


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
