"""All evidence as zips: names that unpack everywhere, parts, resuming, and who may have them when."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from iciinsmes.assignments.models import Round
from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.errors import UnknownFile
from iciinsmes.evidence.models import EvidenceFile
from iciinsmes.evidence.private_storage import storage
from iciinsmes.platform import Role
from iciinsmes.sheets import archive_work, retirement
from iciinsmes.sheets.models import Archive
from iciinsmes.toolbox import api as toolbox
from tests.desk.conftest import COURSE, person, waiting
from tests.sheets.conftest import sheets_url

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["folder", "bucket"])
def store(request, settings, tmp_path, monkeypatch):
    """A private folder, and a bucket as object stores have it."""
    if request.param == "folder":
        options = {"location": str(tmp_path)}
        settings.ICIINSMES_STORAGE = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
        yield request.param
        return
    moto = pytest.importorskip("moto", reason="moto[s3] is not installed: no object store to try")
    pytest.importorskip("storages.backends.s3", reason="django-storages[s3] is not installed")
    boto3 = pytest.importorskip("boto3")

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with moto.mock_aws():
        bucket = f"evidence-{uuid4()}"
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket=bucket)
        bucket_options = {
            "bucket_name": bucket,
            "region_name": "us-east-1",
            "file_overwrite": False,
            "max_memory_size": 1024,
        }
        settings.ICIINSMES_STORAGE = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": bucket_options}
        yield request.param


def file_of(owner, name: str, content: bytes) -> dict[str, Any]:
    """Store a file as if it had been handed in, and return what a round keeps of it."""
    row = EvidenceFile.objects.create(
        id=uuid4(),
        owner=owner,
        course_key=COURSE,
        subject=uuid4(),
        subject_kind="work",
        name=name,
        size=len(content),
        announced_size=len(content),
        content_type="image/jpeg",
        state=EvidenceFile.State.STORED,
        kept=True,
    )
    row.storage_name = storage().save(f"files/{row.id}", ContentFile(content))
    row.save()
    return {
        "id": str(row.id),
        "name": name,
        "description": "A note",
        "size": len(content),
        "content_type": "image/jpeg",
    }


def make(client, **narrowed: str) -> Archive:
    assert client.post(sheets_url("sheets-archives"), narrowed).status_code == 302
    return Archive.objects.latest("created_at")


def zip_of(client, row: Archive, number: int = 1) -> zipfile.ZipFile:
    response = client.get(sheets_url("sheets-archive", row.id, number))
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_all_evidence_comes_with_an_index(desk, anna, version, store):
    answers = {"channels": "=Delivery <b>notes</b>"}
    waiting(
        anna, version, files=[file_of(anna, "notiz.jpg", b"one"), file_of(anna, "NOTIZ.jpg", b"two")], answers=answers
    )
    row = make(desk)
    assert (row.state, row.done, row.busy_for_id) == ("ready", 1, None)
    archive = zip_of(desk, row)
    assert archive.testzip() is None
    folder = "Anna/W01 Where do our customers speak_/1"
    assert [name for name in archive.namelist() if not name.startswith("index")] == [
        f"{folder}/notiz.jpg",
        f"{folder}/NOTIZ (2).jpg",
    ]
    assert archive.read(f"{folder}/NOTIZ (2).jpg") == b"two"
    page = archive.read("index.html").decode()
    assert "=Delivery &lt;b&gt;notes" in page
    assert "Tischlerei Nordlicht" in page
    sheet = toolbox.open_table(content=archive.read("index.xlsx"), as_written=True)
    assert any("=Delivery <b>notes</b>" in line for line in sheet.rows)
    assert "1 of 1" not in desk.get(sheets_url()).content.decode()


def test_names_unpack_everywhere_and_tell_namesakes_apart(desk, version, store):
    bad = ["../../etc/passwd", "CON.jpg", 'a:b*?"<>|.jpg', ".hidden", "x" * 250 + ".jpg", "żółć őű.jpg", "end. .jpg "]
    for name in ("jonas1", "jonas2"):
        user = person(name, Role.LEARNER)
        user.first_name, user.last_name = "Jonas", "../Petersen"
        user.save()
        waiting(user, version, files=[file_of(user, each, b"x") for each in bad])
    names = [name for name in zip_of(desk, make(desk)).namelist() if not name.startswith("index")]
    assert len({name.casefold() for name in names}) == 2 * len(bad)
    assert len({name.partition("/")[0] for name in names}) == 2
    for name in names:
        assert len(name) < 230
        parts = name.split("/")
        assert len(parts) == 4
        for part in parts:
            assert not re.search(r'[<>:"\\|?*\x00-\x1f]', part)
            assert part not in ("", ".", "..")
            assert part == part.rstrip(" .")
            assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", part)


def test_large_ones_come_in_parts_and_go_on_where_a_worker_has_died(desk, version, store, monkeypatch):
    for number in range(4):
        user = person(f"learner{number}", Role.LEARNER)
        waiting(user, version, files=[file_of(user, f"{number}.jpg", b"x" * 1000)])
    monkeypatch.setattr(archive_work, "PART_BYTES", 2_000)
    whole = evidence.put_aside
    stored: list[str] = []

    def dies(*, name, source):
        if len(stored) == 1:
            raise MemoryError
        whole(name=name, source=source)
        stored.append(name)

    monkeypatch.setattr(evidence, "put_aside", dies)
    with pytest.raises(MemoryError):
        desk.post(sheets_url("sheets-archives"))
    row = Archive.objects.get()
    assert (row.state, len(row.parts), row.done) == ("making", 1, 2)
    assert "2 of 4 rounds" in desk.get(sheets_url("sheets-archives")).content.decode()
    assert zip_of(desk, row).namelist()[0].endswith("0.jpg")
    monkeypatch.setattr(evidence, "put_aside", whole)
    archive_work.go_on_with_archives()
    row.refresh_from_db()
    assert row.state == "making", "somebody may still be at it"
    Archive.objects.update(last_at=timezone.now() - timedelta(minutes=3))
    archive_work.go_on_with_archives()
    row.refresh_from_db()
    assert (row.state, [part["rounds"] for part in row.parts]) == ("ready", [2, 2])
    found = [name.rpartition("/")[2] for number in (1, 2) for name in zip_of(desk, row, number).namelist()]
    assert [name for name in found if name.endswith("jpg")] == ["0.jpg", "1.jpg", "2.jpg", "3.jpg"]


@pytest.mark.parametrize("store", ["folder"], indirect=True)
class TestArchives:
    """What holds wherever they lie."""

    def test_one_at_a_time_and_person(self, desk, anna, version, store, monkeypatch):
        waiting(anna, version)
        monkeypatch.setattr(archive_work, "_write_all", lambda _row: (_ for _ in ()).throw(MemoryError))
        with pytest.raises(MemoryError):
            desk.post(sheets_url("sheets-archives"))
        desk.post(sheets_url("sheets-archives"), {"q": "anna"})
        assert Archive.objects.count() == 1

    def test_a_file_that_is_gone_is_told_in_the_index(self, desk, anna, version, store):
        gone = file_of(anna, "gone.jpg", b"x")
        waiting(anna, version, files=[gone])
        EvidenceFile.objects.filter(id=gone["id"]).delete()
        assert "gone.jpg (could not be read)" in zip_of(desk, make(desk)).read("index.html").decode()

    def test_who_loses_a_learner_loses_the_zip(self, desk, anna, bo, teacher, version, store, monkeypatch):
        from django.contrib.auth import get_user_model

        from iciinsmes_campus.host import CampusHost

        waiting(anna, version)
        row = make(desk)
        assert zip_of(desk, row)
        limit = get_user_model().objects.filter(pk=bo.pk)
        monkeypatch.setattr(CampusHost, "limited_to", lambda _self, _user, _course: limit)
        assert desk.get(sheets_url("sheets-archive", row.id, 1)).status_code == 404
        assert AuditLogEntry.objects.filter(verb="archive_opened", actor_id=teacher.pk).count() == 1

    def test_nobody_else_has_it(self, desk, client, anna, colleague, version, store):
        waiting(anna, version)
        row = make(desk)
        client.force_login(colleague)
        assert client.get(sheets_url("sheets-archive", row.id, 1)).status_code == 404
        assert client.post(sheets_url("sheets-archive-drop", row.id)).status_code == 404

    def test_what_is_kept_to_the_coach_stays_out(self, desk, anna, bo, version, store):
        Round.objects.filter(id=waiting(anna, version)).update(audience="coach")
        waiting(bo, version)
        page = zip_of(desk, make(desk)).read("index.html").decode()
        assert "Bo" in page
        assert "Anna" not in page

    def test_it_is_narrowed_as_the_queue_is(self, desk, anna, bo, version, store):
        waiting(anna, version)
        waiting(bo, version)
        row = make(desk, firm="nordlicht")
        assert row.total == 1
        assert "nordlicht" in desk.get(sheets_url()).content.decode()
        desk.post(sheets_url("sheets-archives"), {"firm": "nowhere"})
        assert "There is nothing that could be put into a zip" in desk.get(sheets_url()).content.decode()

    def test_it_goes_with_its_time_with_its_learner_and_by_hand(
        self, desk, anna, version, store, django_capture_on_commit_callbacks
    ):
        waiting(anna, version)

        def name_of(row: Archive) -> str:
            return str(row.parts[0]["name"])

        for drop in (
            lambda _row: retirement.expire_archives(before=timezone.now() + timedelta(days=1)),
            lambda _row: retirement.forget_person(user_id=anna.pk),
            lambda row: desk.post(sheets_url("sheets-archive-drop", row.id)),
        ):
            row = make(desk)
            with django_capture_on_commit_callbacks(execute=True):
                drop(row)
            assert not Archive.objects.exists()
            with pytest.raises(UnknownFile):
                evidence.open_aside(name=name_of(row))

    def test_one_that_is_dropped_while_it_is_made_leaves_nothing(self, desk, anna, version, store, monkeypatch):
        waiting(anna, version, files=[file_of(anna, "a.jpg", b"x")])
        whole = evidence.put_aside
        stored: list[str] = []

        def dropped(*, name, source):
            whole(name=name, source=source)
            stored.append(name)
            Archive.objects.all().delete()

        monkeypatch.setattr(evidence, "put_aside", dropped)
        desk.post(sheets_url("sheets-archives"))
        with pytest.raises(UnknownFile):
            evidence.open_aside(name=stored[0])

    def test_a_large_file_is_never_in_the_memory(self, desk, anna, version, store):
        waiting(anna, version, files=[file_of(anna, "film.mp4", bytes(40 * 1024 * 1024))])
        tracemalloc.start()
        row = make(desk)
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert row.parts[0]["size"] > 40 * 1024 * 1024
        assert peak < 12 * 1024 * 1024
