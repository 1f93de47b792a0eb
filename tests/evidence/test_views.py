"""Who gets a file, and how it is wrapped."""

from __future__ import annotations

import io
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from PIL import Image

from iciinsmes.evidence import api, object_storage
from iciinsmes.evidence.models import EvidenceFile
from iciinsmes.evidence.private_storage import storage

from . import makers
from .conftest import begin, draft, give, objects

pytestmark = pytest.mark.django_db


def address(file, query: str = "") -> str:
    return reverse("iciinsmes:evidence-file", args=(file.id, file.name)) + query


def body(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.fixture
def photo(anna):
    return give(anna, "Größe „neu“.jpg", makers.image(size=(800, 600)))


def test_the_owner_and_the_staff_get_it_as_an_attachment(client, anna, teacher, photo):
    for user in (anna, teacher):
        client.force_login(user)
        response = client.get(address(photo))
        assert response.status_code == 200
        assert Image.open(io.BytesIO(body(response))).size == (800, 600)
        assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(photo.name)}"
        assert response["Content-Type"] == "image/jpeg"
        assert response["Content-Length"] == str(photo.size)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "private" in response["Cache-Control"]


def test_others_learn_nothing(client, anna, bo, photo):
    stranger = get_user_model().objects.create_user("eve")
    unknown = reverse("iciinsmes:evidence-file", args=(uuid4(), "a.jpg"))
    for user in (bo, stranger):
        client.force_login(user)
        answers = [client.get(place) for place in (address(photo), address(photo, "?size=small"), unknown)]
        assert {answer.status_code for answer in answers} == {404}


def test_signed_out_people_are_asked_to_sign_in_whatever_there_is(client, photo):
    for place in (address(photo), reverse("iciinsmes:evidence-file", args=(uuid4(), "a.jpg"))):
        assert client.get(place).status_code == 302


def test_only_reading(client, anna, photo):
    client.force_login(anna)
    assert client.post(address(photo)).status_code == 405


def test_pictures_may_be_shown_in_place_and_nothing_else(client, anna, photo):
    client.force_login(anna)
    response = client.get(address(photo, "?view=1"))
    assert response["Content-Disposition"].startswith("inline")
    assert "sandbox" in response["Content-Security-Policy"]
    for name, content in (("a.pdf", makers.pdf()), ("a.heic", makers.heic()), ("a.txt", b"words")):
        file = give(anna, name, content)
        assert client.get(address(file, "?view=1"))["Content-Disposition"].startswith("attachment")


def test_the_preview_is_made_once(client, anna, photo, folder, monkeypatch):
    client.force_login(anna)
    response = client.get(address(photo, "?size=small"))
    first = body(response)
    assert response["Content-Type"] == "image/jpeg"
    assert "sandbox" in response["Content-Security-Policy"]
    assert Image.open(io.BytesIO(first)).size == (320, 240)
    assert [name for name in objects(folder) if name.startswith("previews/")]
    monkeypatch.setattr("iciinsmes.evidence.images.preview", None)
    assert body(client.get(address(photo, "?size=small"))) == first


def test_a_preview_that_a_crash_cut_off_is_made_again(client, anna, photo, folder):
    client.force_login(anna)
    whole = body(client.get(address(photo, "?size=small")))
    name = object_storage.preview_name(photo.id)
    for half in (b"", whole[: len(whole) // 2]):
        object_storage.delete(name)
        object_storage.put(name, half)
        assert body(client.get(address(photo, "?size=small"))) == whole
        with storage().open(name) as stored:
            assert stored.read() == whole


def test_no_preview_of_other_files_or_of_damaged_ones(client, anna, photo, caplog):
    client.force_login(anna)
    assert client.get(address(give(anna, "a.pdf", makers.pdf()), "?size=small")).status_code == 404
    name = EvidenceFile.objects.get(pk=photo.id).storage_name
    object_storage.put(name, b"rotten")
    assert client.get(address(photo, "?size=small")).status_code == 404
    object_storage.delete(name)
    assert client.get(address(photo)).status_code == 404
    assert "is gone" in caplog.text


def test_an_upload_under_way_has_no_address(client, anna):
    upload = begin(anna, "a.pdf", makers.pdf())
    client.force_login(anna)
    assert client.get(reverse("iciinsmes:evidence-file", args=(upload.id, "a.pdf"))).status_code == 404


def test_handed_in_files_stay_readable_after_they_left_the_draft(client, anna, teacher, photo):
    from .conftest import BLOCK

    api.keep(subject=draft(anna.id, BLOCK).id)
    api.remove(evidence_id=photo.id, owner_id=anna.id)
    for user in (anna, teacher):
        client.force_login(user)
        assert client.get(address(photo)).status_code == 200


def test_queries(client, anna, photo, django_assert_max_num_queries):
    client.force_login(anna)
    with django_assert_max_num_queries(5):
        client.get(address(photo, "?size=small"))
