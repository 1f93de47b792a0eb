"""People, rules, a private storage in a folder, and a whole upload in one call."""

from __future__ import annotations

import hashlib
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

import pytest
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.evidence import api
from iciinsmes.evidence.data import EvidenceRules
from iciinsmes.platform import Role
from iciinsmes.subjects import Subject
from tests import people

from . import makers

COURSE = CourseKey.from_string("course-v1:ICI+FILES+2026")
BLOCK = UsageKey.from_string("block-v1:ICI+FILES+2026+type@workplace_assignment+block@w01")
OTHER_BLOCK = UsageKey.from_string("block-v1:ICI+FILES+2026+type@workplace_assignment+block@w02")
OTHER_COURSE = CourseKey.from_string("course-v1:ICI+MORE+2026")
ALL_KINDS = EvidenceRules(kinds=("photo", "document", "table", "audio"))
PDF = makers.pdf(b"words " * 200_000)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    """The storage's folder."""
    place = tmp_path / "private"
    settings.STORAGES = {
        **settings.STORAGES,
        "iciinsmes": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(place)},
        },
    }
    return place


def draft(user_id: int, usage_key: UsageKey) -> Subject:
    """Return what files belong to; this room needs not know whether there is such a work."""
    return Subject(id=uuid5(NAMESPACE_OID, f"{user_id} {usage_key}"), kind="work", course_key=usage_key.course_key)


def person(name: str, role: Role):
    return people.person(name, role, COURSE)


@pytest.fixture
def anna(db):
    return person("anna", Role.LEARNER)


@pytest.fixture
def bo(db):
    return person("bo", Role.LEARNER)


@pytest.fixture
def teacher(db):
    return person("tea", Role.TEACHER)


def objects(folder: Path) -> list[str]:
    """Return the names of all stored objects."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def begin(
    user, name: str, content: bytes, *, rules=ALL_KINDS, sha256: str | None = None, usage_key=BLOCK, subject=None
):
    if sha256 is None:
        sha256 = hashlib.sha256(content).hexdigest()
    return api.begin_upload(
        owner_id=user.id,
        subject=subject or draft(user.id, usage_key),
        name=name,
        size=len(content),
        sha256=sha256,
        rules=rules,
    )


def send(user, upload, content: bytes, *, piece: int = 256 * 1024):
    for offset in range(upload.received, len(content), piece):
        upload = api.receive_chunk(
            upload_id=upload.id, owner_id=user.id, offset=offset, content=content[offset : offset + piece]
        )
    return upload


def finish(user, upload, *, rules=ALL_KINDS):
    return api.finish_upload(upload_id=upload.id, owner_id=user.id, rules=rules)


def give(user, name: str, content: bytes, *, rules=ALL_KINDS, sha256: str | None = None, usage_key=BLOCK, subject=None):
    """Upload a file from begin to finish."""
    upload = begin(user, name, content, rules=rules, sha256=sha256, usage_key=usage_key, subject=subject)
    return finish(user, send(user, upload, content), rules=rules)


def stored_bytes(file) -> bytes:
    with api.open_file(evidence_id=file.id) as opened:
        return opened.read()


def files(user, usage_key=BLOCK):
    return api.files_of(subject=draft(user.id, usage_key).id)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run what waits for the end of a transaction, as it happens outside of tests."""
    with django_capture_on_commit_callbacks(execute=True):
        yield
