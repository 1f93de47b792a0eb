"""What the learner's page sends about files, as the browser sends it."""

from __future__ import annotations

import hashlib
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from iciinsmes.assignments import api
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import CHUNK_BYTES
from tests.drafts import draft
from tests.evidence import makers

from .conftest import BLOCK, GOOD, attach

PHOTO = makers.image(size=(400, 300))


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    backend = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path / "private")},
    }
    settings.STORAGES = {**settings.STORAGES, "iciinsmes": backend}


@pytest.fixture
def page(learner, version) -> Client:
    """The learner's browser, with the page open."""
    return signed_in(learner)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(step: str, upload_id=None, block=BLOCK) -> str:
    return reverse(f"iciinsmes:work-{step}", args=[block, *([upload_id] if upload_id else [])])


def begin(page: Client, name: str = "photo.jpg", content: bytes = PHOTO, **changes):
    data = {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest(), **changes}
    return page.post(url("upload-begin"), data)


def send(page: Client, address: str, content: bytes, offset: int = 0):
    return page.post(f"{address}?offset={offset}", content, content_type="application/octet-stream")


def upload(page: Client, name: str = "photo.jpg", content: bytes = PHOTO):
    urls = begin(page, name, content).json()["urls"]
    for offset in range(0, len(content), CHUNK_BYTES):
        send(page, urls["chunk"], content[offset : offset + CHUNK_BYTES], offset)
    return page.post(urls["finish"])


def files(learner):
    return evidence.files_of(subject=draft(learner.id, BLOCK).id)


class TestUpload:
    def test_from_begin_to_the_list_of_files(self, page, learner):
        begun = begin(page)
        assert begun.status_code == 201
        answer = begun.json()
        assert answer["received"] == 0
        assert send(page, answer["urls"]["chunk"], PHOTO[:500]).json()["received"] == 500
        assert send(page, answer["urls"]["chunk"], PHOTO[500:], 500).json()["received"] == len(PHOTO)
        done = page.post(answer["urls"]["finish"])
        assert done.status_code == 200
        (file,) = files(learner)
        assert done.json()["name"] == "photo.jpg"
        assert done.json()["id"] == str(file.id)
        assert f'data-ici-file="{file.id}"' in done.json()["html"]
        assert "?size=small" in done.json()["html"]

    def test_going_on_after_a_reload(self, page):
        urls = begin(page).json()["urls"]
        send(page, urls["chunk"], PHOTO[:500])
        again = begin(page).json()
        assert (again["urls"], again["received"]) == (urls, 500)

    def test_finishing_twice(self, page, learner):
        urls = begin(page).json()["urls"]
        send(page, urls["chunk"], PHOTO)
        assert page.post(urls["finish"]).json()["html"] == page.post(urls["finish"]).json()["html"]
        assert len(files(learner)) == 1

    def test_cancelling(self, page, learner):
        urls = begin(page).json()["urls"]
        send(page, urls["chunk"], PHOTO)
        assert page.post(urls["cancel"]).status_code == 200
        assert page.post(urls["finish"]).status_code == 404
        assert files(learner) == ()

    def test_names_are_escaped_in_the_list(self, page):
        html = upload(page, "<img src=x onerror=alert(1)>.jpg").json()["html"]
        assert "<img src=x" not in html


class TestRefusals:
    """Each with its status and a sentence for the learner."""

    def test_a_gap(self, page):
        urls = begin(page).json()["urls"]
        answer = send(page, urls["chunk"], b"x", 400)
        assert answer.status_code == 409
        assert answer.json()["received"] == 0

    def test_finished_too_early(self, page):
        answer = page.post(begin(page).json()["urls"]["finish"])
        assert (answer.status_code, answer.json()["received"]) == (409, 0)

    def test_too_large_announced(self, page):
        answer = begin(page, size=21 * 1024 * 1024)
        assert answer.status_code == 413
        assert "20.0" in answer.json()["message"]

    def test_too_large_sent(self, page):
        urls = begin(page).json()["urls"]
        assert send(page, urls["chunk"], PHOTO + b"more").status_code == 413
        big = begin(page, "big.jpg", bytes(3 * CHUNK_BYTES)).json()["urls"]
        assert send(page, big["chunk"], bytes(CHUNK_BYTES + 1)).status_code == 413

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("photo.svg", b"<svg/>", "Only these files"),
            ("photo.jpg", b"MZ" + bytes(99), "a program"),
            ("photo.png", makers.png_bomb(), "too many pixels"),
            ("photo.jpg", PHOTO[: len(PHOTO) // 2], "damaged"),
        ],
    )
    def test_wrong_content(self, page, learner, name, content, words):
        answer = begin(page, name, content)
        if answer.status_code == 201:
            answer = upload(page, name, content)
        assert answer.status_code == 415
        assert words in answer.json()["message"]
        assert files(learner) == ()

    def test_a_wrong_hash(self, page):
        urls = begin(page, sha256="0" * 64).json()["urls"]
        send(page, urls["chunk"], PHOTO)
        answer = page.post(urls["finish"])
        assert answer.status_code == 422
        assert "damaged" in answer.json()["message"]

    @pytest.mark.parametrize("size", ["", "0", "-1", "many", "1e3", "9" * 40])
    def test_sizes_that_are_none(self, page, size):
        assert begin(page, size=size).status_code == 422

    def test_too_many_files(self, page):
        upload(page, "a.csv", b"a;b\n")
        upload(page, "b.csv", b"a;c\n")
        answer = begin(page, "c.csv", b"a;d\n")
        assert answer.status_code == 422
        assert "up to 2 files" in answer.json()["message"]

    def test_handed_in_meanwhile(self, page, learner, version):
        urls = begin(page).json()["urls"]
        attached = attach(learner)
        api.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=0)
        api.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=1, version_id=version.id)
        assert begin(page, "more.jpg").status_code == 410
        assert send(page, urls["chunk"], PHOTO).status_code == 410
        assert page.post(urls["finish"]).status_code == 410
        removed = page.post(url("evidence-remove", attached.id))
        assert removed.status_code == 410
        assert "already handed in" in removed.content.decode()
        assert "<form" not in removed.content.decode()
        assert page.post(url("evidence-describe", attached.id), {"description": "x"}).status_code == 410
        assert len(files(learner)) == 1
        assert page.post(urls["cancel"]).status_code == 200


class TestStrangers:
    def test_signed_out(self, version):
        answer = begin(Client())
        assert answer.status_code == 401
        assert "Sign in" in answer.json()["message"]

    def test_people_who_do_not_learn_here(self, teacher, version):
        assert begin(signed_in(teacher)).status_code == 404

    def test_a_block_that_nobody_has_opened(self, learner):
        assert begin(signed_in(learner)).status_code == 404

    def test_somebody_else_s_upload_and_file(self, page, learner, other_learner):
        urls = begin(page).json()["urls"]
        file_id = upload(page, "list.csv", b"a;b\n").json()["id"]
        stranger = signed_in(other_learner)
        assert send(stranger, urls["chunk"], PHOTO).status_code == 404
        assert stranger.post(urls["finish"]).status_code == 404
        assert stranger.post(urls["cancel"]).status_code == 404
        for step in ("evidence-remove", "evidence-describe"):
            answer = stranger.post(url(step, file_id), {"description": "mine"})
            assert answer.status_code == 404
            assert "list.csv" not in answer.content.decode()
        assert send(page, urls["chunk"], PHOTO).status_code == 200
        assert [file.description for file in files(learner)] == [""]

    def test_an_upload_through_another_block_s_address(self, page, learner, task):
        other = BLOCK.course_key.make_usage_key("workplace_assignment", "w02")
        api.freeze_task(usage_key=other, course_key=BLOCK.course_key, task=task)
        upload_id = begin(page).json()["id"]
        assert send(page, url("upload-chunk", upload_id, other), PHOTO).status_code == 404

    def test_without_the_csrf_header(self, learner, version):
        client = Client(enforce_csrf_checks=True)
        client.force_login(learner)
        assert begin(client).status_code == 403
        assert send(client, url("upload-chunk", uuid4()), PHOTO).status_code == 403

    @pytest.mark.parametrize("step", ["upload-begin", "upload-chunk", "evidence-remove"])
    def test_only_posts(self, page, step):
        assert page.get(url(step, None if step == "upload-begin" else uuid4())).status_code == 405


class TestList:
    def test_describing(self, page, learner):
        file_id = upload(page).json()["id"]
        answer = page.post(url("evidence-describe", file_id), {"description": "our <b>board</b>"})
        assert answer.status_code == 200
        assert "our &lt;b&gt;board" in answer.content.decode()
        assert files(learner)[0].description == "our <b>board</b>"

    def test_too_long_a_description(self, page):
        file_id = upload(page).json()["id"]
        answer = page.post(url("evidence-describe", file_id), {"description": "x" * 501})
        assert answer.status_code == 422
        assert "500" in answer.content.decode()

    def test_removing_twice(self, page, learner):
        file_id = upload(page).json()["id"]
        answer = page.post(url("evidence-remove", file_id))
        assert answer.status_code == 200
        assert "data-ici-files" in answer.content.decode()
        assert file_id not in answer.content.decode()
        assert page.post(url("evidence-remove", file_id)).status_code == 404
        assert files(learner) == ()


def test_queries(page, django_assert_max_num_queries):
    with django_assert_max_num_queries(13):
        urls = begin(page).json()["urls"]
    with django_assert_max_num_queries(7):
        send(page, urls["chunk"], PHOTO)
    with django_assert_max_num_queries(15):
        page.post(urls["finish"])


def test_the_page_offers_what_the_task_allows(learner, version):
    work = api.work_of(user_id=learner.id, usage_key=BLOCK)
    from iciinsmes.assignments.page import render_work

    html = render_work(work)
    assert 'capture="environment"' in html
    assert 'data-max-files="2"' in html
    assert "data-text-large=" in html
