"""A person who has also left something in every table of the campus, of Django and of what it installs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from axes.models import AccessFailureLog
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iciinsmes_campus.authoring.models import BlockOverlay
from iciinsmes_campus.learning import api as learning
from tests.people import PASSWORD, SME1

from .deeds import CANARY
from .traces import rows_with

PROBLEM = SME1.make_usage_key("problem", "hit-rate")
CLOUD = SME1.make_usage_key("word_cloud", "cloud")
POLL = SME1.make_usage_key("poll_question", "poll")

#: Tables that hold nothing about people, each with the reason.
NOTHING_ABOUT_PEOPLE = {
    "auth.Permission": "what accounts may be allowed to do",
    "auth.Group": "names of groups",
    "auth.Group_permissions": "what groups are allowed to do",
    "contenttypes.ContentType": "names of tables",
    "axes.AccessAttemptExpiration": "goes with the try that it belongs to",
}


def fill_campus(people: dict[str, Any]) -> None:
    """Let Anna and Bo do the same on the campus, Anna with words that are nobody else's."""
    anna, bo, cora = people["anna"], people["bo"], people["cora"]
    for person, word in ((anna, CANARY), (bo, "bos word")):
        _learn(person, word)
        _sign_in(person, word)
        _account(person, cora)
    _say_together({CANARY: 1, "bos word": 1, "both": 2})
    _mail(anna, bo)


def _learn(person: Any, word: str) -> None:
    key = {"user_id": person.pk, "usage_key": PROBLEM}
    said = {"submitted": True, "student_words": [word, "both"]}
    for place, values in (
        (("user_state", str(PROBLEM)), {"student_answers": {"1_2": word}}),
        (("user_state", str(CLOUD)), said),
        (("user_state", str(POLL)), {"voted": True, "poll_answer": "yes"}),
        (("preferences", "problem"), {"note": word}),
        (("user_info", ""), {"note": word}),
    ):
        learning.merge_state(user_id=person.pk, place=place, changes=values)
    learning.complete(fraction=1, **key)
    learning.book_grade(earned=1, possible=2, **key)
    learning.log_event(name="problem_check", data={"answer": word}, course_key=key["usage_key"].course_key, **key)
    learning.extend_due(until=timezone.now(), **key)
    BlockOverlay.objects.create(
        usage_key=SME1.make_usage_key("html", f"p{person.pk % 10}"), course_key=SME1, fields={}, author=person
    )


def _say_together(words: dict[str, int]) -> None:
    learning.merge_state(
        user_id=None, place=("user_state_summary", str(CLOUD)), changes={"all_words": words, "top_words": dict(words)}
    )
    learning.merge_state(
        user_id=None, place=("user_state_summary", str(POLL)), changes={"poll_answers": {"yes": 2, "no": 0}}
    )


def _sign_in(person: Any, word: str) -> None:
    browser = Client(headers={"user-agent": f"{word} browser", "accept-language": "de"})
    door = reverse("campus:login")
    person.set_password(PASSWORD)
    person.save()
    for name in (person.username, person.email, person.username.upper()):
        browser.post(door, {"username": name, "password": "wrong"})
    browser.post(door, {"username": person.username, "password": PASSWORD})
    # A try after the sign-in stays in the throttle's own table.
    Client(headers={"user-agent": f"{word} browser"}).post(door, {"username": person.email, "password": "wrong"})
    browser.post(reverse("campus:password-reset"), {"email": person.email})
    # Written where the site keeps all failed tries (AXES_ENABLE_ACCESS_FAILURE_LOG).
    AccessFailureLog.objects.create(username=person.username, ip_address="127.0.0.1", user_agent=f"{word} browser")


def _account(person: Any, administrator: Any) -> None:
    person.groups.add(Group.objects.get_or_create(name="Testers")[0])
    person.user_permissions.add(Permission.objects.order_by("pk").first())
    about = ContentType.objects.get_for_model(get_user_model())
    for user_id, object_id in ((administrator.pk, person.pk), (person.pk, administrator.pk)):
        LogEntry.objects.create(
            user_id=user_id, content_type=about, object_id=object_id, object_repr=str(person), action_flag=CHANGE
        )


def _mail(anna: Any, bo: Any) -> None:
    for to, subject, body in (
        (anna.email, CANARY, f"Dear {anna.get_full_name()}, https://campus.example.org/password/new/MQ/secret-token/"),
        ("mentor@example.org", f"{anna.get_full_name()} asks you", "https://campus.example.org/mentor/abc/"),
        (bo.email, "News", f"{anna.username} has joined"),
        (bo.email, "Yours alone", f"Dear {bo.get_full_name()}"),
    ):
        send_mail(subject, body, None, [to])


def tables() -> Iterator[type[Model]]:
    """Yield every table of the whole site, those between two others too."""
    yield from apps.get_models(include_auto_created=True)


def says_that_it_holds_none(table: type[Model]) -> bool:
    """Tell whether a table of ours says so in its own description."""
    return ".. no_pii:" in (table.__doc__ or "")


def found_in(table: type[Model], traces: tuple[str, ...]) -> list[str]:
    """Return the rows with a trace; what is packed is unpacked, and the number of an account is not its person."""
    if table is Session:
        opened = [str(row.get_decoded()) for row in Session.objects.all()]
        return [row for row in opened if any(trace in row for trace in traces)]
    if table is get_user_model():
        words = tuple(trace for trace in traces if not trace.isdigit())
        return rows_with(table, words)
    return rows_with(table, traces)


def bytes_of_database() -> bytes:
    """Return what lies on the disk: the database, its log of writes and the index of that log."""
    path = Path(connection.settings_dict["NAME"])
    parts = (path.with_name(path.name + ending) for ending in ("", "-wal", "-shm", "-journal"))
    return b"".join(part.read_bytes() for part in parts if part.exists())
