"""Files for the learner: the assessor's alone before the release, then the learner's, gone with the assessment."""

from __future__ import annotations

import hashlib
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.models import Round
from iciinsmes.assignments.page import render_work
from iciinsmes.evidence.models import EvidenceFile
from iciinsmes.feedback.models import FeedbackFile
from iciinsmes.privacy import api as privacy
from iciinsmes.review import api as review

from .conftest import COURSE, W01, text_of, url, waiting
from .test_remarks import grade

pytestmark = pytest.mark.django_db

CONTENT = b"what;when\ncall;Monday\n"


@pytest.fixture(autouse=True)
def _own_storage(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "iciinsmes": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "private")},
        },
    }


def send(client, round_id, name="plan.csv", content=CONTENT) -> UUID:
    sent = {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    begun = client.post(url(round_id, "desk-file-begin"), sent)
    assert begun.status_code == 201, begun.content
    urls = begun.json()["urls"]
    chunk = client.post(f"{urls['chunk']}?offset=0", content, content_type="application/octet-stream")
    assert chunk.json()["received"] == len(content)
    done = client.post(urls["finish"])
    assert done.status_code == 200, done.content
    assert name in done.json()["html"]
    return UUID(done.json()["id"])


def opened_by(user, file_id) -> int:
    client = Client()
    client.force_login(user)
    return client.get(reverse("iciinsmes:evidence-file", args=[file_id, "plan.csv"])).status_code


def learners_page(owner) -> str:
    return render_work(assignments.work_of(user_id=owner.id, usage_key=W01))


def test_before_the_release_it_is_the_assessors_alone(desk, first, anna, teacher, colleague):
    file_id = send(desk, first)
    assert "plan.csv" in text_of(desk.get(url(first)))
    assert opened_by(teacher, file_id) == 200
    assert opened_by(anna, file_id) == 404
    assert opened_by(colleague, file_id) == 404
    assert "plan.csv" not in learners_page(anna)
    other = Client()
    other.force_login(colleague)
    assert "plan.csv" not in text_of(other.get(url(first)))


def test_after_it_the_learner_finds_it_at_the_result(desk, first, anna, bo, colleague):
    file_id = send(desk, first)
    grade(desk, first)
    assert "plan.csv" in learners_page(anna)
    assert opened_by(anna, file_id) == 200
    assert opened_by(colleague, file_id) == 200
    assert opened_by(bo, file_id) == 404
    assert "plan.csv" in text_of(desk.get(url(first)))


def test_it_can_be_taken_out_until_then(desk, first, teacher):
    file_id = send(desk, first)
    address = reverse("iciinsmes:desk-file-remove", args=[COURSE, first, file_id])
    assert "plan.csv" not in text_of(desk.post(address))
    assert not EvidenceFile.objects.exists()
    file_id = send(desk, first)
    grade(desk, first)
    address = reverse("iciinsmes:desk-file-remove", args=[COURSE, first, file_id])
    assert desk.post(address).status_code == 410
    assert desk.post(url(first, "desk-file-begin"), {"name": "b.csv", "size": 3, "sha256": ""}).status_code == 410


def test_too_many_and_wrong_ones_are_refused(desk, first):
    for number in range(5):
        send(desk, first, name=f"plan{number}.csv", content=CONTENT + str(number).encode())
    sent = {"name": "six.csv", "size": 3, "sha256": hashlib.sha256(b"a,b").hexdigest()}
    assert "up to 5 files" in desk.post(url(first, "desk-file-begin"), sent).json()["message"]
    sent = {"name": "run.exe", "size": 3, "sha256": ""}
    assert desk.post(url(first, "desk-file-begin"), sent).status_code == 415


def test_nobody_sends_for_somebody_elses_assessment(desk, first, colleague):
    sent = {"name": "plan.csv", "size": len(CONTENT), "sha256": hashlib.sha256(CONTENT).hexdigest()}
    urls = desk.post(url(first, "desk-file-begin"), sent).json()["urls"]
    other = Client()
    other.force_login(colleague)
    assert other.post(f"{urls['chunk']}?offset=0", CONTENT, content_type="application/octet-stream").status_code == 404
    assert other.post(urls["cancel"]).status_code == 404


def test_colleagues_share_it_and_keep_it_when_one_is_erased(desk, anna, bo, version):
    rounds = [waiting(owner, version) for owner in (anna, bo)]
    Round.objects.filter(id__in=rounds).update(team=uuid4())
    file_id = send(desk, rounds[0])
    grade(desk, rounds[0], "passed")
    assert opened_by(anna, file_id) == opened_by(bo, file_id) == 200
    assignments.clear_work(user_id=anna.id, usage_key=W01)
    assert opened_by(anna, file_id) == 404
    assert opened_by(bo, file_id) == 200
    assignments.clear_work(user_id=bo.id, usage_key=W01)
    assert not EvidenceFile.objects.exists()
    assert not FeedbackFile.objects.exists()


def test_they_go_with_a_draft_that_is_removed(desk, first):
    send(desk, first)
    review.forget(subjects=[first])
    assert not EvidenceFile.objects.exists()


def test_an_assessor_who_is_erased_takes_them_along(desk, first, anna, teacher):
    send(desk, first)
    grade(desk, first)
    privacy.erase(user_id=teacher.id, asked_by=None, reason="command")
    assert not EvidenceFile.objects.exists()
    assert "plan.csv" not in learners_page(anna)
    assert "See my comments." in learners_page(anna)
