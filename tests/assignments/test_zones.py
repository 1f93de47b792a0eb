"""Moments: shown in the reader's zone, with its name, and never in one that a browser has made up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import ROUND
from iciinsmes.assignments.mentor_notices import tell_of_question
from iciinsmes.assignments.notifications import remind_due_soon
from iciinsmes.mentors import mails
from iciinsmes.mentors.data import Matter, MentorContact, RequestData
from iciinsmes.notices.models import Notice
from iciinsmes.platform import zones
from iciinsmes_campus.host import CampusHost

from .conftest import BLOCK, COURSE, GOOD, attach, person

DUE = datetime(2026, 12, 12, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at", "text"),
    [
        ("Europe/Berlin", DUE, "Sat 12 Dec 2026, 23:59 CET"),
        ("Europe/Lisbon", DUE, "Sat 12 Dec 2026, 22:59 WET"),
        ("Pacific/Auckland", DUE, "Sun 13 Dec 2026, 11:59 NZDT"),
        ("America/Los_Angeles", DUE, "Sat 12 Dec 2026, 14:59 PST"),
        # The hour that there is twice is told apart by the name of the zone alone.
        ("Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Sun 25 Oct 2026, 02:30 CEST"),
        ("Europe/Berlin", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Sun 25 Oct 2026, 02:30 CET"),
        ("Europe/Berlin", datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "Sun 28 Mar 2027, 03:00 CEST"),
        ("America/New_York", datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "Sun 1 Nov 2026, 01:30 EST"),
        # Zones without a name of letters.
        ("America/Sao_Paulo", DUE, "Sat 12 Dec 2026, 19:59 UTC-3"),
        ("Asia/Kathmandu", DUE, "Sun 13 Dec 2026, 04:44 UTC+5:45"),
        ("Pacific/Marquesas", DUE, "Sat 12 Dec 2026, 13:29 UTC-9:30"),
        ("Factory", DUE, "Sat 12 Dec 2026, 22:59 UTC"),
        ("UTC", DUE, "Sat 12 Dec 2026, 22:59 UTC"),
    ],
)
def test_a_moment_has_day_time_and_zone(zone, at, text):
    with timezone.override(zone), translation.override("en"):
        assert zones.moment(at) == text
        # Whatever zone it came in.
        assert zones.moment(at.astimezone(ZoneInfo("Asia/Tokyo"))) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Sa., 12. Dez. 2026, 23:59 CET"),
        ("de-at", "Sa., 12. Dez. 2026, 23:59 CET"),
        ("da", "lør. 12. dec. 2026, 23.59 CET"),
        ("pl", "sob., 12 gru 2026, 23:59 CET"),
        ("hu", "2026. dec. 12., Szo, 23:59 CET"),
        ("fr", "sam. 12 déc. 2026, 23:59 CET"),
    ],
)
def test_a_moment_is_written_as_the_language_does(language, text):
    with timezone.override("Europe/Berlin"), translation.override(language):
        assert zones.moment(DUE) == text


NONSENSE = [
    "",
    "Nowhere/Atlantis",
    "../../etc/passwd",
    "/etc/localtime",
    "Europe",
    "Europe/",
    "europe/berlin\x00",
    "posixrules",
    "<script>",
    "%00",
    "Europe/Berlin; Path=/",
    "%E2%80%AEEurope/Berlin",
    "\xadEurope/Berlin",
    "A" * 7000,
    "../" * 1000,
    "Europe/Berlin/" * 200,
]


@pytest.mark.parametrize("name", NONSENSE)
def test_what_is_no_zone_is_none(name):
    assert zones.zone_named(name) is None


def test_old_names_that_browsers_still_give_are_known():
    for name in ("Asia/Calcutta", "Europe/Kiev", "America/Buenos_Aires", "Asia/Saigon", "US/Pacific"):
        assert zones.zone_named(name) is not None


@pytest.fixture
def due(monkeypatch):
    """Everything is due at one moment."""
    monkeypatch.setattr(CampusHost, "due_date", lambda _self, _user_id, _usage_key: DUE)


def part(user, zone: str | None = None) -> str:
    """Return the learner's part of a page as a browser with this cookie gets it."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    if zone is not None:
        client.cookies[zones.COOKIE] = zone
    response = client.get(reverse("iciinsmes:work", args=[BLOCK]))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        (None, "23:59 CET"),
        ("Europe/Berlin", "Sat 12 Dec 2026, 23:59 CET"),
        ("Pacific/Auckland", "Sun 13 Dec 2026, 11:59 NZDT"),
        ("Pacific/Kiritimati", "Sun 13 Dec 2026, 12:59 UTC+14"),
        ("America/Los_Angeles", "Sat 12 Dec 2026, 14:59 PST"),
        ("Pacific/Pago_Pago", "Sat 12 Dec 2026, 11:59 SST"),
    ],
)
def test_a_deadline_is_in_the_zone_of_the_browser(learner, version, due, zone, text):
    assert text in part(learner, zone)


@pytest.mark.parametrize("name", NONSENSE)
def test_a_browser_that_says_nonsense_reads_the_zone_of_the_site(learner, version, due, name):
    assert "Sat 12 Dec 2026, 23:59 CET" in part(learner, name)


def test_the_zone_of_the_account_goes_before_that_of_the_browser(learner, version, due, monkeypatch):
    monkeypatch.setattr(CampusHost, "zone", lambda _self, user_id: "Asia/Tokyo" if user_id == learner.pk else "")
    assert "Sun 13 Dec 2026, 07:59 JST" in part(learner, "Pacific/Auckland")


def test_the_printed_page_says_the_zone(learner, version):
    attach(learner)
    assignments.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=0)
    row = assignments.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=1, version_id=version.id)
    client = Client()
    client.force_login(learner)
    client.cookies[zones.COOKIE] = "America/Los_Angeles"
    html = client.get(reverse("iciinsmes:work-print", args=[BLOCK])).content.decode()
    with timezone.override("America/Los_Angeles"):
        assert f"Handed in on {zones.moment(row.handed_in_at)}." in html


def test_a_page_leaves_the_zone_as_it_was(learner, version):
    before = timezone.get_current_timezone_name()
    part(learner, "Asia/Tokyo")
    assert timezone.get_current_timezone_name() == before
    assert "23:59" not in part(learner)


def test_pages_of_the_platform_stay_as_they_are():
    """The middleware runs in front of every page of Open edX, and only ours are its business."""
    seen = []

    def theirs(_request):
        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    theirs.__module__ = "lms.djangoapps.courseware.views"
    request = RequestFactory().get("/")
    request.COOKIES[zones.COOKIE] = "Asia/Tokyo"
    middleware = zones.ReadersZone(theirs)
    middleware.process_view(request, theirs, (), {})
    with timezone.override("UTC"):
        middleware(request)
    assert seen == ["UTC"]


def test_a_block_on_such_a_page_is_in_the_readers_zone():
    found = []

    def theirs(_request):
        for chosen in ("", "Asia/Kolkata", "no zone"):
            with zones.reading(chosen=chosen), translation.override("en"):
                found.append(zones.moment(DUE))
        found.append(timezone.get_current_timezone_name())
        return HttpResponse()

    request = RequestFactory().get("/")
    request.COOKIES[zones.COOKIE] = "Asia/Tokyo"
    with timezone.override("UTC"):
        zones.ReadersZone(theirs)(request)
    tokyo, kolkata = "Sun 13 Dec 2026, 07:59 JST", "Sun 13 Dec 2026, 04:29 IST"
    assert found == [tokyo, kolkata, tokyo, "UTC"]


def asked_of(learner, subject) -> RequestData:
    """Return that a mentor was asked, with a question for the coach."""
    return RequestData(
        id=uuid4(),
        subject=subject,
        subject_kind=ROUND,
        course_key=str(COURSE),
        contact=MentorContact("Lars", "lars@example.net", "en", "owner"),
        state="open",
        asked_by=learner.id,
        created_at=DUE,
        expires_at=DUE,
        opened_at=None,
        reminded_at=None,
        reminders=0,
        link="http://localhost/x",
        coach_question="How?",
    )


class TestOthersReadIt:
    @pytest.mark.parametrize(("chosen", "zone"), [("", "Europe/Berlin"), ("Asia/Tokyo", "Asia/Tokyo")])
    def test_a_reminder_is_in_the_zone_of_the_receiver(self, learner, version, monkeypatch, chosen, zone):
        assignments.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=0)
        soon = timezone.now() + timedelta(days=1)
        monkeypatch.setattr(CampusHost, "due_date", lambda *_args: soon)
        monkeypatch.setattr(CampusHost, "zone", lambda *_args: chosen)
        with timezone.override("America/Los_Angeles"):
            remind_due_soon()
        with timezone.override(zone), translation.override("en"):
            assert Notice.objects.get().detail == f"It is due on {zones.moment(soon)}."

    def test_a_mail_to_a_mentor_is_in_the_zone_of_the_site(
        self,
        learner,
        version,
        django_capture_on_commit_callbacks,
    ):
        request = asked_of(learner, uuid4())
        matter = Matter(title="T", learner="Anna", company="", course="C", handed_in_at=DUE)
        with timezone.override("Pacific/Auckland"), django_capture_on_commit_callbacks(execute=True):
            mails.invitation(request, matter)
        assert "until Sat 12 Dec 2026, 23:59 CET" in mail.outbox[0].body
        assert "handed in on 12 December 2026" in mail.outbox[0].body

    def test_a_question_to_the_coach_too(self, learner, version, django_user_model):
        attach(learner)
        tea = person("tea", "teacher")
        assignments.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=0)
        row = assignments.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=1, version_id=version.id)
        asked = asked_of(learner, row.id)
        matter = Matter(title="T", learner="Anna", company="", course="C", handed_in_at=DUE)
        with timezone.override("Pacific/Auckland"):
            tell_of_question(asked, matter)
        assert "until Sat 12 Dec 2026, 23:59 CET." in Notice.objects.get(user=tea, kind="mentor_asks_coach").detail
