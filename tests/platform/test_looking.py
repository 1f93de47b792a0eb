"""While staff look at a course as one learner, nothing is changed in a learner's block, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.block import WorkplaceAssignmentBlock
from iciinsmes.exercises.block import DigitalToolBlock
from iciinsmes.platform import Role
from iciinsmes_campus.host import CampusHost
from tests.desk.conftest import make_task
from tests.people import SME1, person

W01 = SME1.make_usage_key("workplace_assignment", "w01")
DRAFT = reverse("iciinsmes:work-draft", args=[W01])
HAND_IN = reverse("iciinsmes:work-hand-in", args=[W01])
SENT = {"revision": "0", "answer-channels": "Shop and phone"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(client):
    assignments.freeze_task(usage_key=W01, course_key=SME1, task=make_task())
    found = person("anna", Role.LEARNER)
    client.force_login(found, backend="django.contrib.auth.backends.ModelBackend")
    return found


@pytest.fixture
def looking(monkeypatch):
    monkeypatch.setattr(CampusHost, "looking_as_learner", lambda _host, _course_key: 77)


def test_a_draft_is_saved_by_who_does_not_look(client, learner):
    assert client.post(DRAFT, SENT).status_code == 200


@pytest.mark.parametrize("address", [DRAFT, HAND_IN])
def test_a_script_is_told_why_nothing_was_changed(client, learner, looking, address):
    answer = client.post(address, SENT, HTTP_HX_REQUEST="true")
    assert answer.status_code == 403
    assert "as somebody else" in answer.json()["message"]
    assert assignments.work_of(user_id=learner.pk, usage_key=W01).draft.answers == {}


def test_people_without_a_script_get_their_words_back(client, learner, looking):
    answer = client.post(HAND_IN, SENT, HTTP_ORIGIN="http://testserver")
    assert answer.status_code == 403
    assert "Shop and phone" in answer.content.decode()
    assert "as somebody else" in answer.content.decode()


def test_looking_is_not_refused(client, learner, looking):
    assert client.get(reverse("iciinsmes:work", args=[W01])).status_code == 200


def test_both_blocks_let_the_platform_show_them():
    assert WorkplaceAssignmentBlock.show_in_read_only_mode
    assert DigitalToolBlock.show_in_read_only_mode
