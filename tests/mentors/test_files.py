"""What a mentor may open: the files of the round in question, while the link is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import MentorNeed, MentorRule
from iciinsmes.audit_log import api as audit_log
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import EvidenceRules
from iciinsmes.mentors import api
from iciinsmes.mentors.data import MatterPiece, matter_from_json, matter_to_json
from iciinsmes.mentors.links import GUESSES
from iciinsmes.mentors.models import MentorRequest
from tests.desk.conftest import make_task
from tests.drafts import draft
from tests.evidence.conftest import give
from tests.evidence.makers import image
from tests.people import SME1

from .conftest import MATTER, YES, look, place, token

W01 = SME1.make_usage_key("workplace_assignment", "w01")
PART = reverse("iciinsmes:work-mentor", args=[W01])
ASK = {"do": "ask", "mentor_name": "Lars Fyn", "mentor_email": "", "mentor_role": "owner", "mentor_language": "en"}
RULES = EvidenceRules(kinds=("photo", "table", "link", "note"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(learner):
    return give(learner, "list.csv", b"a,b\n1,2\n", rules=RULES, subject=draft(learner.pk, W01))


@pytest.fixture
def photo(learner):
    return give(learner, "shop.jpg", image(), rules=RULES, subject=draft(learner.pk, W01))


@pytest.fixture
def request_of_round(learner, firm, table, photo):
    """Hand in both files and some text, ask a mentor, and put one more file into the draft."""
    for kind, fields in (
        ("link", {"url": "https://example.org/survey"}),
        ("table", {"text": "Day;Calls\nMonday;7"}),
    ):
        evidence.add_item(owner_id=learner.pk, subject=draft(learner.pk, W01), kind=kind, fields=fields, rules=RULES)
    task = replace(make_task(), mentor=MentorRule(need=MentorNeed.REQUIRED), evidence=RULES)
    version = assignments.freeze_task(usage_key=W01, course_key=SME1, task=task)
    assignments.work_of(user_id=learner.pk, usage_key=W01)
    saved = assignments.save_draft(
        user_id=learner.pk,
        usage_key=W01,
        answers={"channels": "Shop, phone"},
        hours=Decimal(2),
        base_revision=0,
        own_work=True,
    )
    round_id = assignments.hand_in(
        user_id=learner.pk, usage_key=W01, base_revision=saved.revision, version_id=version.id
    ).id
    browser = Client()
    browser.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    browser.post(PART, ASK)
    return api.requests_of(subjects=[round_id])[round_id][0]


def address(request, file) -> str:
    return reverse("iciinsmes:mentor-file", args=[request.id, file.id])


def test_a_mentor_looks_at_the_files_of_the_round(client, request_of_round, table, photo):
    page = look(client, request_of_round).content.decode()
    assert address(request_of_round, table) in page
    assert address(request_of_round, photo) + "?size=small" in page
    assert "https://example.org/survey" in page
    assert "Monday | 7" in page
    answer = client.get(address(request_of_round, table))
    assert b"".join(answer.streaming_content) == b"a,b\n1,2\n"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert "attachment" not in client.get(address(request_of_round, photo) + "?view=1").get("Content-Disposition", "")
    small = client.get(address(request_of_round, photo) + "?size=small")
    assert small["Content-Type"] == "image/jpeg"


def test_the_trail_tells_who_looked(client, request_of_round, table, photo, learner):
    look(client, request_of_round)

    def looked():
        return [entry.actor_name for entry in audit_log.entries_of(subject=f"file:{table.id}", verbs=["file_opened"])]

    client.get(address(request_of_round, table))
    assert looked() == ["Lars Fyn"]
    client.head(address(request_of_round, table))
    assert looked() == ["Lars Fyn"] * 2
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    look(client, request_of_round)
    client.get(address(request_of_round, table))
    assert looked() == ["Lars Fyn"] * 2


def test_other_files_are_a_guess(client, request_of_round, learner):
    later = give(learner, "later.csv", b"c,d\n", rules=RULES, subject=draft(learner.pk, W01))
    look(client, request_of_round)
    assert [client.get(address(request_of_round, later)).status_code for _time in range(GUESSES.most)] == [
        404
    ] * GUESSES.most
    assert client.get(address(request_of_round, later)).status_code == 429


def test_nothing_is_sent_without_the_secret(client, request_of_round, table, learner):
    assert client.get(address(request_of_round, table)).status_code == 403
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address(request_of_round, table)).status_code == 403


@pytest.mark.parametrize("end", ["answered", "revoked", "expired"])
def test_a_closed_link_opens_no_file(client, request_of_round, table, end):
    later = timedelta(0)
    if end == "answered":
        api.answer(token=token(request_of_round), form=YES)
    elif end == "revoked":
        api.revoke(request_id=request_of_round.id, asked_by=request_of_round.asked_by)
    else:
        later = timedelta(days=31)
    with time_machine.travel(request_of_round.created_at + later + timedelta(minutes=1)):
        look(client, request_of_round)
        answer = client.get(address(request_of_round, table))
    assert (answer.status_code, answer["Location"]) == (302, place(request_of_round))


def test_a_matter_from_before_shows_names_without_links(client, request_of_round, table):
    row = MentorRequest.objects.get()
    row.matter["evidence"] = [["list.csv", "Where customers speak"]]
    row.save()
    page = look(client, request_of_round).content.decode()
    assert "Where customers speak" in page
    assert "/files/" not in page
    assert client.get(address(request_of_round, table)).status_code == 404


def test_a_matter_is_read_as_it_was_written(table):
    matter = replace(
        MATTER, evidence=(MatterPiece("list.csv", "x", table.id), MatterPiece("shop.jpg", is_picture=True))
    )
    assert matter_from_json(matter_to_json(matter)) == matter
