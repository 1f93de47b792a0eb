"""Every mail as its receiver reads it, and every kind of notice in the inbox, on phone and desktop."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test.signals import template_rendered
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

import iciinsmes
import iciinsmes_campus
from iciinsmes.evaluation import api as evaluation
from iciinsmes.mentors import api as mentors
from iciinsmes.notices import api as notices
from iciinsmes.notices.kinds import MESSAGE
from iciinsmes.platform import Role
from iciinsmes_campus.mail.models import OutboxMail
from tests.evaluation.conftest import end_run
from tests.people import SME1, person

from .scenes import UNIT, ask, hand_in, people_of_a_company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: What a mail server may refuse, in bytes (RFC 5322, 2.1.1).
LONGEST_LINE = 998
#: Goes into an archive of somebody's data, not into a mail.
NO_MAIL = {"iciinsmes/privacy/readme.txt"}


@pytest.fixture(autouse=True)
def _outbox(settings):
    settings.EMAIL_BACKEND = "iciinsmes_campus.mail.backend.OutboxBackend"


@pytest.fixture
def rendered():
    """Names of the templates that were rendered."""
    names = set()

    def note(template, **_more):
        names.add(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


@pytest.fixture
def zofia(db):
    return person("zofia", Role.LEARNER, first_name="Zofia", last_name="Wrona")


def tell(user, kind) -> None:
    notices.notify(
        user_id=user.pk,
        kind=kind,
        course_key=SME1,
        title="Where do our customers speak?",
        address=UNIT,
        actor_name="Anna-Katharina Lindmoor-Sturmfeld",
        detail="Please add who reads the returns. Our list: https://intranet.example.org/" + "returns/" * 20,
    )


def look_at_mail(visitor, address):
    """Look at the newest mail to an address as its reader sees it; return the page."""
    mail = OutboxMail.objects.filter(receiver=address).latest("id")
    assert mail.html == "", "a mail has an HTML part now: look at it too"
    assert max(len(line.encode()) for line in mail.body.splitlines()) <= LONGEST_LINE
    page = visitor.look(reverse("campus:outbox-mail", args=[mail.id]))
    expect(page.locator("h1")).to_have_text(mail.subject)
    return page


def test_every_kind_of_notice_has_a_mail_that_can_be_read(guest, zofia):
    reader = guest()
    reader.is_user(zofia)
    for kind in notices.kinds().values():
        before = OutboxMail.objects.count()
        tell(zofia, kind)
        assert OutboxMail.objects.count() - before == (not kind.is_quiet), kind
        if not kind.is_quiet:
            (newest, *_older) = notices.inbox(user_id=zofia.pk).notices
            expect(look_at_mail(reader, zofia.email).locator("h1")).to_have_text(newest.headline)


def test_every_kind_of_notice_stands_in_the_inbox_and_in_a_digest(guest, zofia):
    notices.set_mails(user_id=zofia.pk, mails=notices.Mails.DAILY)
    for kind in notices.kinds().values():
        tell(zofia, kind)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        notices.run_schedule()
    reader = guest()
    reader.is_user(zofia)
    headlines: list[str] = []
    before = None
    while before is not None or not headlines:
        shown = notices.inbox(user_id=zofia.pk, before=before)
        inbox = reader.look(reverse("iciinsmes:inbox") + (f"?before={before}" if before else ""))
        for notice in shown.notices:
            expect(inbox.locator("main")).to_contain_text(notice.headline)
        headlines += [notice.headline for notice in shown.notices]
        before = shown.older
    assert len(headlines) == len(notices.kinds())
    digest = look_at_mail(reader, zofia.email)
    for headline in headlines:
        expect(digest.locator("main")).to_contain_text(headline)


def test_every_template_of_a_mail_can_be_read(guest, zofia, rendered, monkeypatch):
    people = people_of_a_company(monkeypatch)
    reader = guest()
    reader.is_user(people.coordinator)
    row = hand_in(people.anna)
    request = ask(people.anna, row)
    look_at_mail(reader, request.contact.email)
    mentors.remind(request_id=request.id, asked_by=people.anna.pk)
    look_at_mail(reader, request.contact.email)
    page = guest().open(reverse("campus:password-reset"))
    page.locator("[type=email]").fill(people.coordinator.email)
    page.locator("main form button").click()
    page.wait_for_url("**" + reverse("campus:password-reset-sent"))
    look_at_mail(reader, people.coordinator.email)
    end_run(3)
    evaluation.ask_all()
    look_at_mail(reader, people.anna.email)
    notices.set_mails(user_id=zofia.pk, mails=notices.Mails.DAILY)
    tell(zofia, MESSAGE)
    tell(people.anna, MESSAGE)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        notices.run_schedule()
    assert templates_of_mails() <= rendered


def templates_of_mails() -> set[str]:
    """Return the names of all text templates that go into mails."""
    roots = [Path(package.__path__[0]) / "templates" for package in (iciinsmes, iciinsmes_campus)]
    return {str(path.relative_to(root)) for root in roots for path in root.rglob("*.txt")} - NO_MAIL
