"""An erasure on the campus leaves no trace in any table, in the storage, in the file of the database and in the log."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage, send_mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from iciinsmes.lib import personal_data
from iciinsmes.privacy import api as privacy
from iciinsmes_campus.learning import api as learning
from iciinsmes_campus.mail.models import OutboxMail
from tests.people import PASSWORD, SME1

from .conftest import OTHER
from .deeds import CANARY
from .everything import fill_everything
from .traces import objects, traces_of
from .whole_campus import (
    CLOUD,
    NOTHING_ABOUT_PEOPLE,
    POLL,
    PROBLEM,
    bytes_of_database,
    fill_campus,
    found_in,
    says_that_it_holds_none,
    tables,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _outbox(settings):
    settings.EMAIL_BACKEND = "iciinsmes_campus.mail.backend.OutboxBackend"


@pytest.fixture
def whole(people) -> dict[str, Any]:
    """Return the people after Anna has left something in every table of the site."""
    fill_everything(people)
    fill_campus(people)
    return people


def found(person: Any, *words: str) -> dict[str, list[str]]:
    every = {table._meta.label: found_in(table, (*traces_of(person), *words)) for table in tables()}
    return {name: rows for name, rows in every.items() if rows}


def zipped(person: Any, **more: Any) -> dict[str, str]:
    archive = privacy.export(**{"user_id": person.pk, "asked_by": person.pk, "language": "en", **more})
    with archive, zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def shared(usage_key: Any) -> dict[str, Any]:
    place = ("user_state_summary", str(usage_key))
    return learning.read_states(user_id=None, own=(), shared=[place])[place]


def test_every_table_of_the_site_is_tried_or_says_why_not(whole):
    everywhere = {table._meta.label for table in tables() if not says_that_it_holds_none(table)}
    assert everywhere - set(found(whole["anna"], CANARY)) == set(NOTHING_ABOUT_PEOPLE), "let the person into them"


@pytest.mark.parametrize("way", ["command", "retired"])
def test_nothing_is_left_anywhere(whole, caplog, way):
    anna = whole["anna"]
    if way == "command":
        call_command("ici_forget_person", anna.username, "--no-input")
    else:
        from iciinsmes.privacy.retirement import erase_retired

        erase_retired(sender=None, user=anna)
    assert found(anna, CANARY) == {}
    assert list(objects()) == []
    assert not [record for record in caplog.messages if any(trace in record for trace in traces_of(anna))]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="other databases have files of their own")
def test_nothing_is_left_in_the_file_of_the_database(whole):
    anna = whole["anna"]
    secrets = [word.encode() for word in (CANARY, anna.username, anna.email, anna.last_name)]
    before = bytes_of_database()
    assert all(secret in before for secret in secrets)
    with connection.cursor() as cursor:
        # As a file that was scrubbed once: nothing is rewritten as a whole any more.
        cursor.execute("PRAGMA user_version = 1")
    call_command("ici_forget_person", anna.username, "--no-input")
    after = bytes_of_database()
    assert [secret for secret in secrets if secret in after] == []
    assert whole["bo"].username.encode() in after


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="other databases have files of their own")
def test_what_was_deleted_before_rows_were_overwritten_goes_too(whole):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA user_version = 0")
        cursor.execute("PRAGMA secure_delete = OFF")
        cursor.execute("CREATE TABLE old_words (words text)")
        cursor.executemany("INSERT INTO old_words VALUES (%s)", [(f"deleted long ago {i}" * 50,) for i in range(200)])
        cursor.execute("DROP TABLE old_words")
        cursor.execute("PRAGMA secure_delete = ON")
    assert b"deleted long ago" in bytes_of_database()
    privacy.erase(user_id=whole["anna"].pk, asked_by=None, reason="asked", course_key=SME1)
    assert b"deleted long ago" not in bytes_of_database()


def test_others_keep_all_of_theirs(whole):
    bo = whole["bo"]

    def rows() -> dict[str, int]:
        return {name: len(rows) for name, rows in found(bo, "bos word").items()}

    before = rows()
    outbox = OutboxMail.objects.filter(receiver=bo.email).count()
    call_command("ici_forget_person", whole["anna"].username, "--no-input")
    named = OutboxMail.objects.filter(receiver=bo.email)
    after = rows()
    assert outbox - named.count() > 0, "those that name Anna"
    for name in ("iciinsmes_campus.OutboxMail", "iciinsmes.OutgoingMail"):
        before.pop(name, None)
        after.pop(name, None)
    # The clouds that they filled together lose Anna's words only.
    assert after == before
    assert named.filter(subject="Yours alone").exists()
    assert shared(CLOUD) == {"all_words": {"bos word": 1, "both": 1}, "top_words": {"bos word": 1, "both": 1}}
    assert shared(POLL) == {"poll_answers": {"yes": 1, "no": 0}}


def test_the_account_is_closed_and_its_name_is_free(whole):
    anna = whole["anna"]
    inside = Client()
    inside.force_login(anna, backend="django.contrib.auth.backends.ModelBackend")
    call_command("ici_forget_person", anna.username, "--no-input")
    assert inside.get(reverse("campus:account")).status_code == 302
    door = reverse("campus:login")
    assert Client().post(door, {"username": anna.username, "password": PASSWORD}).status_code == 200
    assert Client().get(reverse("campus:people", args=[SME1])).status_code == 302
    user = get_user_model().objects.get(pk=anna.pk)
    assert (user.is_active, user.email, user.last_login) == (False, "", None)
    get_user_model().objects.create_user(anna.username, email=anna.email)


def test_in_one_course_run_its_learning_goes_and_the_account_stays(whole):
    anna = whole["anna"]
    learning.complete(user_id=anna.pk, usage_key=OTHER.make_usage_key("problem", "p"), fraction=1)
    place = ("user_state", str(OTHER.make_usage_key("problem", "p")))
    learning.merge_state(user_id=anna.pk, place=place, changes={"student_answers": "kept"})
    for key in (SME1, OTHER):
        EmailMessage("By run", "Text", None, [anna.email], headers={"X-ICIinSMEs-Course": str(key)}).send()
    privacy.erase(user_id=anna.pk, asked_by=whole["cora"].pk, reason="asked", course_key=SME1)
    assert list(OutboxMail.objects.filter(subject="By run").values_list("course_key", flat=True)) == [OTHER]
    assert learning.completions(user_id=anna.pk, course_key=SME1) == {}
    assert learning.grades(user_id=anna.pk, course_key=SME1) == {}
    assert learning.read_states(user_id=anna.pk, own=[("user_state", str(PROBLEM))], shared=()) == {}
    assert learning.completions(user_id=anna.pk, course_key=OTHER) != {}
    assert learning.read_states(user_id=anna.pk, own=[place], shared=()) != {}
    assert learning.membership_of(user_id=anna.pk, course_key=SME1) is not None
    anna.refresh_from_db()
    assert anna.is_active
    assert AccessLog.objects.filter(username=anna.username).exists()


def test_the_zip_holds_before_what_the_campus_keeps(whole):
    files = zipped(whole["anna"])
    account = json.loads(files["account.json"])
    anna = whole["anna"]
    assert account["account"][0]["mail"] == anna.email
    tries = {(each["typed_name"], each["worked"]) for each in account["signing_in"]}
    assert {(anna.username, True), (anna.username, False), (anna.email, False)} & tries
    assert account["signing_in"][0]["browser"] == f"{CANARY} browser"
    assert account["sessions"]
    assert account["administration"]
    found_learning = json.loads(files["learning.json"])
    words = json.dumps(found_learning, ensure_ascii=False)
    assert {each["kind"] for each in found_learning["answers"]} == {"user_state", "preferences", "user_info"}
    assert all(found_learning[name] for name in ("answers", "done", "results", "events", "courses"))
    assert CANARY in words
    assert json.loads(files["authoring.json"])["changed_blocks"]
    assert {CANARY} <= {mail["subject"] for mail in json.loads(files["mail.json"])["mails"]}
    assert all(name in files["README.txt"] for name in ("account.json", "learning.json", "mail.json", "authoring.json"))


def test_no_zip_opens_a_door(whole):
    """A coordinator may prepare it, and a zip lies in a folder of downloads for years."""
    text = "".join(zipped(whole["anna"]).values())
    assert "secret-token" not in text
    assert whole["anna"].password not in text
    assert not [row.session_key for row in Session.objects.all() if row.session_key in text]


def test_a_coordinators_zip_has_nothing_of_the_account(whole):
    files = zipped(whole["anna"], asked_by=whole["cora"].pk, course_key=SME1)
    assert json.loads(files["account.json"]) == {}
    assert f"{CANARY} browser" not in "".join(files.values())


def test_the_own_zip_comes_by_the_page(whole):
    browser = Client(headers={"accept-language": "de"})
    browser.force_login(whole["anna"], backend="django.contrib.auth.backends.ModelBackend")
    response = browser.post(reverse("iciinsmes:privacy-download"))
    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as opened:
        assert CANARY in opened.read("mail.json").decode()


def test_the_throttle_of_somebody_else_stays(whole):
    call_command("ici_forget_person", whole["anna"].username, "--no-input")
    left = set(AccessAttempt.objects.values_list("username", flat=True))
    assert {name.lower() for name in left} == {whole["bo"].username}


def test_a_namesake_keeps_mails(people):
    anna, bo = people["anna"], people["bo"]
    anna.username = "anna"
    anna.save()
    for subject in ("Anna Schmidt has joined", "Annegret Quellbrunner has joined", "For ANNEGRET QUELLBRUNN's coach"):
        send_mail(subject, "Text", None, [bo.email])
    privacy.erase(user_id=anna.pk, asked_by=None, reason="command")
    left = set(OutboxMail.objects.values_list("subject", flat=True))
    assert left == {"Anna Schmidt has joined", "Annegret Quellbrunner has joined"}


def test_who_has_only_answered_a_quiz_can_ask_too(people, as_user):
    stranger = people["stranger"]
    place = ("user_state", str(PROBLEM))
    learning.merge_state(user_id=stranger.pk, place=place, changes={"student_answers": {"1_2": "x"}})
    page = as_user(stranger).get(reverse("iciinsmes:privacy")).content.decode()
    assert "Coralinde Zwetschke" in page
    assert "If you want it closed, ask the administrator" in page
    page = as_user(people["cora"]).get(reverse("iciinsmes:privacy-person", args=[SME1, stranger.pk])).content.decode()
    assert "answers to quizzes" in page
    assert "The account stays" in page


def test_a_host_that_registers_nothing_says_so(everything, as_user, monkeypatch):
    rooms = {source.name: source for source in personal_data.sources() if not source.of_host}
    monkeypatch.setattr(personal_data._SOURCES, "_entries", rooms)
    page = as_user(everything["anna"]).get(reverse("iciinsmes:privacy")).content.decode()
    assert "belong to the learning platform" in page
    assert "account.json" not in zipped(everything["anna"])
