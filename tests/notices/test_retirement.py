"""What is kept about a person, for how long, and how it goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import notice_kinds
from iciinsmes.notices import api
from iciinsmes.notices.data import Mails
from iciinsmes.notices.kinds import MESSAGE
from iciinsmes.notices.models import Notice, NoticePreference, OutgoingMail, Reminder
from iciinsmes.notices.retirement import expire, export_person, forget_person
from iciinsmes.platform import Role
from tests.people import SME1, person

from .conftest import tell

OTHER = CourseKey.from_string("course-v1:ICI+OTHER+2026")


def tables(user, **more):
    return {name: list(rows) for name, rows in export_person(user_id=user.pk, **more).tables.items()}


@pytest.fixture
def busy(anna, bo, committed):
    """Anna and Bo were told and mailed things, of each other too."""
    with committed():
        tell(anna, MESSAGE, actor_name="bo", detail="Can we talk?")
        tell(anna, course_key=OTHER)
        tell(bo, MESSAGE, actor_name="anna")
        api.remind(
            user_id=anna.pk, kind=notice_kinds.DUE_SOON, course_key=SME1, title="x", address="/x/", subject="w01"
        )
    api.set_mails(user_id=anna.pk, mails=Mails.DAILY)


@pytest.mark.usefixtures("busy")
class TestPersons:
    def test_an_export_has_everything_and_names_nobody_else(self, anna):
        found = tables(anna)
        assert [len(found[name]) for name in ("notices", "mails", "reminders")] == [3, 3, 1]
        assert found["mail_choice"] == [{"mails": "daily"}]
        assert found["notices"][0]["detail"] == "Can we talk?"
        assert "bo" not in [value for rows in found.values() for row in rows for value in row.values()]

    def test_an_export_of_one_course_run(self, anna):
        found = tables(anna, course_key=OTHER)
        assert [len(rows) for rows in found.values()] == [1, 1]

    def test_a_person_is_forgotten_and_others_keep_theirs(self, anna, bo):
        forget_person(user_id=anna.pk)
        assert [len(rows) for rows in tables(anna).values()] == [0, 0, 1, 0]
        (left,) = Notice.objects.all()
        assert (left.user_id, left.actor_name) == (bo.pk, "")
        assert OutgoingMail.objects.count() == 1
        assert not NoticePreference.objects.exists()
        assert not Reminder.objects.exists()

    def test_a_person_is_forgotten_in_one_course_run(self, anna):
        forget_person(user_id=anna.pk, course_key=OTHER)
        assert [len(rows) for rows in tables(anna).values()] == [2, 2, 1, 1]

    def test_an_address_without_account_is_forgotten(self):
        api.forget_mails(to="bo@example.org")
        assert OutgoingMail.objects.filter(to="bo@example.org").exists()
        OutgoingMail.objects.filter(to="bo@example.org").update(user=None)
        api.forget_mails(to="Bo@example.org", naming="Somebody else")
        assert OutgoingMail.objects.filter(to="bo@example.org").exists()
        api.forget_mails(to="Bo@example.org")
        assert not OutgoingMail.objects.filter(to="bo@example.org").exists()
        assert OutgoingMail.objects.count() == 3

    def test_what_is_old_expires(self):
        later = timezone.now() + timedelta(days=1)
        assert expire(before=later, dry_run=True) == 4
        assert expire(before=later) == 4
        assert not Notice.objects.exists()

    def test_mails_are_kept_for_a_month(self):
        with time_machine.travel(timezone.now() + timedelta(days=29)):
            call_command("ici_notices")
            assert OutgoingMail.objects.count() == 4
        with time_machine.travel(timezone.now() + timedelta(days=31)):
            call_command("ici_notices")
            assert OutgoingMail.objects.count() == 0
        assert Notice.objects.count() == 4


@pytest.mark.django_db
def test_the_name_goes_from_what_others_were_told_and_no_other_name_with_it(bo):
    ann = person("ann.lee", Role.LEARNER, first_name="Ann", last_name="Lee", email="Ann.Lee@example.org")
    for text in ("ANN LEE writes: see you", "Joann Leeds writes: see you"):
        tell(bo, MESSAGE, actor_name="", detail=text)
    for to, subject in (
        ("ann.lee@example.org", "To her, in other capitals"),
        ("m@example.org", "Ann Lee asks"),
        ("m@example.org", "Joann Leeds asks"),
    ):
        OutgoingMail.objects.create(to=to, subject=subject, created_at=timezone.now(), course_key=SME1)
    forget_person(user_id=ann.pk)
    told = set(Notice.objects.values_list("detail", flat=True))
    assert told == {"… writes: see you", "Joann Leeds writes: see you"}
    left = OutgoingMail.objects.exclude(user=bo).values_list("subject", flat=True)
    assert list(left) == ["Joann Leeds asks"]


@pytest.mark.django_db
def test_the_name_that_told_a_namesake_apart_goes_too():
    ann = person("ann", Role.LEARNER, first_name="Ann", last_name="Lee")
    person("anni", Role.LEARNER, first_name="Ann", last_name="Lee")
    teacher = person("tea", Role.TEACHER)
    api.notify_many(
        user_ids=[teacher.pk],
        kind=notice_kinds.HANDED_IN,
        course_key=SME1,
        title="W01",
        address="/w01/",
        actor_id=ann.pk,
    )
    assert Notice.objects.get(user=teacher).actor_name == "Ann Lee (ann)"
    forget_person(user_id=ann.pk)
    assert Notice.objects.get(user=teacher).actor_name == ""
