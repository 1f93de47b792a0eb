from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection, send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments.subjects import round_subject
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import Matter, MentorContact
from iciinsmes.notices import api as notices
from iciinsmes.notices.data import COURSE_HEADER
from iciinsmes.platform import Role
from iciinsmes_campus.mail.data import without_secret_links
from iciinsmes_campus.mail.models import OutboxMail
from tests.people import SME1, person

OUTBOX = reverse("campus:outbox")
OTHER = CourseKey.from_string("course-v1:ICI+OTHER+2026")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _backend(settings):
    settings.EMAIL_BACKEND = "iciinsmes_campus.mail.backend.OutboxBackend"


def send(*receivers: str, subject: str = "Hello", body: str = "Text", **more) -> int:
    return EmailMultiAlternatives(subject, body, "campus@example.org", list(receivers), **more).send()


def tell(name: str, course_key: CourseKey | None) -> None:
    """Send a mail as the rooms of the add-on do."""
    context = {"headline": f"About {name}.", "address": "http://x/"}
    notices.send_mail(
        to="ann@example.org",
        language="en",
        template="iciinsmes/notices/notice.txt",
        context=context,
        course_key=course_key,
    )


def show(client, mail: OutboxMail):
    return client.get(reverse("campus:outbox-mail", args=[mail.pk]))


class TestSending:
    def test_every_receiver_gets_a_row(self):
        message = EmailMessage(
            "Hello",
            "Text",
            to=["Ann <Ann@Example.org>", "bob@example.org"],
            cc=["ann@example.org"],
            bcc=["cy@example.org"],
        )
        assert message.send() == 1
        assert sorted(OutboxMail.objects.values_list("receiver", flat=True)) == [
            "ann@example.org",
            "bob@example.org",
            "cy@example.org",
        ]

    def test_text_and_html_are_kept(self):
        send_mail("Hello", "Text", "campus@example.org", ["ann@example.org"], html_message="<b>Text</b>")
        row = OutboxMail.objects.get()
        assert (row.subject, row.body, row.html, row.sender) == ("Hello", "Text", "<b>Text</b>", "campus@example.org")

    def test_a_mail_of_html_only_is_shown_as_such(self):
        message = EmailMessage("Hello", "<b>Text</b>", None, ["ann@example.org"])
        message.content_subtype = "html"
        message.send()
        row = OutboxMail.objects.get()
        assert (row.body, row.html) == ("", "<b>Text</b>")

    def test_long_subjects_and_addresses_fit(self):
        send("a" * 300 + "@example.org", subject="s" * 400)
        row = OutboxMail.objects.get()
        assert (len(row.subject), len(row.receiver)) == (255, 254)

    def test_nobody_is_no_receiver(self):
        assert send("") == 0
        assert not OutboxMail.objects.exists()

    def test_many_are_sent_in_one_statement(self, django_assert_num_queries):
        messages = [EmailMessage("Hello", "Text", None, [f"p{number}@example.org"]) for number in range(40)]
        with django_assert_num_queries(1):
            assert get_connection().send_messages(messages) == 40

    def test_what_is_rolled_back_was_never_sent(self):
        with transaction.atomic():
            send("ann@example.org")
            transaction.set_rollback(True)
        assert not OutboxMail.objects.exists()


class TestReading:
    @pytest.mark.parametrize("role", [None, Role.LEARNER, Role.TEACHER])
    def test_people_read_their_own_mail(self, client, role):
        send("ann@example.org", subject="For Ann")
        send("bob@example.org", subject="For Bob")
        client.force_login(person("ann", role, email="Ann@example.org"))
        page = client.get(OUTBOX).content.decode()
        assert "For Ann" in page
        assert "For Bob" not in page
        assert show(client, OutboxMail.objects.get(subject="For Ann")).status_code == 200
        assert show(client, OutboxMail.objects.get(subject="For Bob")).status_code == 404

    def test_coordinators_read_the_mail_of_their_own_courses(self, client, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            for course_key, name in ((SME1, "here"), (OTHER, "there"), (None, "everywhere")):
                tell(name, course_key)
        client.force_login(person("cora", Role.COORDINATOR, OTHER))
        page = client.get(OUTBOX).content.decode()
        assert [name for name in ("here", "everywhere", "there") if f"About {name}." in page] == ["there"]
        found = {row.subject: show(client, row).status_code for row in OutboxMail.objects.all()}
        assert found == {"About here.": 404, "About everywhere.": 404, "About there.": 200}

    def test_links_for_passwords_are_their_receivers_alone(self, client):
        client.post(reverse("campus:password-reset"), {"email": person("ann", Role.LEARNER).email})
        client.force_login(person("cora", Role.COORDINATOR))
        assert show(client, OutboxMail.objects.get()).status_code == 404

    @pytest.mark.parametrize("header", ["nonsense", "", "course-v1:"])
    def test_a_mail_that_names_no_course_belongs_to_none(self, header):
        EmailMessage("Hello", "Text", None, ["ann@example.org"], headers={COURSE_HEADER: header}).send()
        assert OutboxMail.objects.get().course_key is None

    def test_no_address_means_no_mail(self, client):
        OutboxMail.objects.create(receiver="", sender="s@example.org", subject="Lost", body="")
        client.force_login(person("ann", email=""))
        assert "Lost" not in client.get(OUTBOX).content.decode()
        assert show(client, OutboxMail.objects.get()).status_code == 404

    def test_strangers_sign_in_first(self, client):
        send("ann@example.org")
        for url in (OUTBOX, reverse("campus:outbox-mail", args=[OutboxMail.objects.get().pk])):
            assert client.get(url)["Location"].startswith(reverse("campus:login"))

    @pytest.mark.parametrize("number", [0, 10**9, 10**30])
    def test_a_mail_that_is_not_there_is_not_found(self, client, number):
        client.force_login(person("cora", Role.COORDINATOR))
        assert client.get(f"{OUTBOX}{number}/").status_code == 404

    def test_pages_go_by_key_and_cost_the_same(self, client, django_assert_max_num_queries):
        now = timezone.now()
        OutboxMail.objects.bulk_create(
            OutboxMail(
                receiver="ann@example.org",
                sender="s@example.org",
                subject=f"Mail {number:03}.",
                body="",
                sent_at=now + timedelta(minutes=number),
            )
            for number in range(60)
        )
        client.force_login(person("ann"))
        url, seen = OUTBOX, list[str]()
        while url:
            with django_assert_max_num_queries(5):
                page = client.get(url).context["page"]
            seen.extend(mail.subject for mail in page.mails)
            url = f"{OUTBOX}?before={page.older}" if page.older else ""
        assert seen == [f"Mail {number:03}." for number in range(59, -1, -1)]

    @pytest.mark.parametrize("before", ["x", "-1", "", "9" * 40, "²"])
    def test_a_nonsense_page_is_the_first(self, client, before):
        send("ann@example.org", subject="For Ann")
        client.force_login(person("ann"))
        assert "For Ann" in client.get(OUTBOX, {"before": before}).content.decode()

    def test_an_empty_outbox_says_so(self, client):
        client.force_login(person("ann"))
        assert "No mail yet" in client.get(OUTBOX).content.decode()


class TestOneMail:
    @pytest.fixture
    def ann(self, client):
        client.force_login(person("ann"))

    @pytest.mark.usefixtures("ann")
    def test_text_is_text_and_links_can_be_followed(self, client):
        send("ann@example.org", body="<script>alert(1)</script>\nSee http://testserver/x?a=1&b=2 now")
        page = show(client, OutboxMail.objects.get()).content.decode()
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        assert '<a href="http://testserver/x?a=1&amp;b=2" rel="nofollow">' in page

    @pytest.mark.usefixtures("ann")
    @pytest.mark.parametrize("body", ["javascript:alert(1)", "data:text/html,<b>x</b>"])
    def test_links_that_run_something_stay_text(self, client, body):
        send("ann@example.org", body=body)
        assert f'href="{body[:5]}' not in show(client, OutboxMail.objects.get()).content.decode()

    @pytest.mark.usefixtures("ann")
    def test_html_stays_in_a_closed_frame(self, client):
        send_mail("Hello", "Text", None, ["ann@example.org"], html_message='<b title="x">Text</b><script>1</script>')
        page = show(client, OutboxMail.objects.get()).content.decode()
        assert 'sandbox=""' in page
        assert 'srcdoc="&lt;b title=&quot;x&quot;&gt;Text&lt;/b&gt;&lt;script&gt;1&lt;/script&gt;"' in page

    @pytest.mark.usefixtures("ann")
    def test_a_mail_without_html_has_no_frame(self, client):
        send("ann@example.org")
        assert "<iframe" not in show(client, OutboxMail.objects.get()).content.decode()


class TestPasswordLinks:
    @pytest.fixture
    def asked(self, client):
        """Ann has asked for a new password."""
        ann = person("ann")
        client.post(reverse("campus:password-reset"), {"email": ann.email})
        return ann

    def test_the_receiver_can_follow_the_link(self, client, asked):
        client.force_login(asked)
        page = show(client, OutboxMail.objects.get()).content.decode()
        assert 'href="http://127.0.0.1:8000/password/new/' in page

    def test_links_are_found_in_html_too(self):
        text = '<a href="https://x/password/new/MQ/abc-def/">here</a> and /password/new/MQ/abc-def'
        assert without_secret_links(text) == '<a href="https://x/password/new/…">here</a> and /password/new/…'


class TestMentorLinks:
    @pytest.fixture
    def asked(self, django_capture_on_commit_callbacks):
        """A learner has asked a mentor by mail."""
        learner = person("ann", Role.LEARNER)
        with django_capture_on_commit_callbacks(execute=True):
            return mentors.request_sign_off(
                subject=round_subject(uuid4(), SME1, None),
                asked_by=learner.pk,
                contact=MentorContact(name="Lars Fyn", email="lars@example.org", language="en", role="owner"),
                matter=Matter(title="W01", learner="Ann", company="Fyn", course="SME1", handed_in_at=timezone.now()),
            )

    def test_a_coordinator_cannot_answer_in_a_mentors_place(self, client, asked):
        client.force_login(person("cora", Role.COORDINATOR))
        row = OutboxMail.objects.get()
        assert asked.link in row.body
        page = show(client, row).content.decode()
        assert "Lars Fyn" in page
        assert asked.link.partition("#")[2] not in page

    def test_a_mentor_with_an_account_can_follow_the_link(self, client, asked):
        client.force_login(person("lars", email="lars@example.org"))
        assert f'href="{asked.link}"' in show(client, OutboxMail.objects.get()).content.decode()

    def test_links_are_found_wherever_they_stand(self):
        text = 'See http://x/ici/mentor/AbC_-d.e-F/, or <a href="/ici/mentor/AbC.eF/files/1/?size=small">it</a>'
        assert without_secret_links(text) == ('See http://x/ici/mentor/… or <a href="/ici/mentor/…">it</a>')
        assert without_secret_links("See http://x/ici/mentor/#AbC_-d.e-F now") == "See http://x/ici/mentor/#… now"
