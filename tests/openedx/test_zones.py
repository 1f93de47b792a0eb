"""Times on the platform's own pages around a block are in the reader's zone and say which it is."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from django.test import override_settings
from django.urls import reverse
from lms.djangoapps.courseware.models import LastSeenCoursewareTimezone
from openedx.core.djangoapps.user_api.preferences.api import set_user_preference

from iciinsmes.assignments import api as assignments
from iciinsmes.platform import zones

from .course import CourseTestCase

SERVICE = "lms"


class ZonesTest(CourseTestCase):
    """What `Host.zone` and the user service promise."""

    def setUp(self) -> None:
        """Let the learner save a draft, which the page tells with its time."""
        super().setUp()
        key = self.assignment.location
        task = self.assignment.authored_task()
        about = {"user_id": self.learner.id, "usage_key": key}
        assignments.freeze_task(usage_key=key, course_key=self.course.id, task=task)
        answers = {task.questions[0].key: "Eleven customers."}
        assignments.save_draft(**about, answers=answers, hours=None, base_revision=0, own_work=True)
        self.client.login(username=self.learner.username, password=self.TEST_PASSWORD)

    def pages(self) -> list[str]:
        """Return the block inside the platform's page, and the add-on's own part of it."""
        addresses = (
            reverse("render_xblock", args=[str(self.assignment.location)]),
            reverse("iciinsmes:work", args=[self.assignment.location]),
        )
        return [self.client.get(address).content.decode() for address in addresses]

    def test_the_zone_chosen_in_the_account(self) -> None:
        set_user_preference(self.learner, "time_zone", "Asia/Kolkata")
        self.client.cookies[zones.COOKIE] = "America/Los_Angeles"
        for page in self.pages():
            assert re.search(r"Saved \d\d?:\d\d IST", page)

    def test_the_zone_of_the_browser(self) -> None:
        self.client.cookies[zones.COOKIE] = "Asia/Tokyo"
        for page in self.pages():
            assert re.search(r"Saved \d\d?:\d\d JST", page)

    def test_where_nothing_is_known_the_site_says_its_zone(self) -> None:
        for page in self.pages():
            assert re.search(r"Saved \d\d?:\d\d [A-Z]{2,5}\b", page)


class MailsZoneTest(CourseTestCase):
    """What is read later is written in a zone that the platform knows of the reader, for it is never told one."""

    def written(self) -> str:
        with zones.as_read_by(self.learner.id):
            return zones.moment(datetime(2026, 12, 1, 12, tzinfo=UTC))

    def test_the_zone_of_the_browser_that_the_platform_saw_last(self) -> None:
        LastSeenCoursewareTimezone.objects.create(user=self.learner, last_seen_courseware_timezone="Asia/Tokyo")
        assert self.written() == "Tue 1 Dec 2026, 21:00 JST"
        set_user_preference(self.learner, "time_zone", "Asia/Kolkata")
        assert self.written() == "Tue 1 Dec 2026, 17:30 IST"

    def test_what_no_zone_is_counts_for_nothing(self) -> None:
        """The platform has seen such names."""
        LastSeenCoursewareTimezone.objects.create(user=self.learner, last_seen_courseware_timezone="Asia/Tokyo\x00")
        assert self.written() == "Tue 1 Dec 2026, 12:00 UTC"

    def test_where_nothing_is_known_it_is_the_zone_in_which_the_site_shows_deadlines(self) -> None:
        assert self.written() == "Tue 1 Dec 2026, 12:00 UTC"
        with override_settings(TIME_ZONE_DISPLAYED_FOR_DEADLINES="Europe/Copenhagen"):
            assert self.written() == "Tue 1 Dec 2026, 13:00 CET"
