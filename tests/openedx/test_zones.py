"""Times on the platform's own pages around a block are in the reader's zone and say which it is."""

from __future__ import annotations

import re

from django.urls import reverse
from openedx.core.djangoapps.user_api.preferences.api import set_user_preference

from iciinsmes import zones
from iciinsmes.assignments import api as assignments

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
            assert re.search(r"Saved \d\d:\d\d IST", page)

    def test_the_zone_of_the_browser(self) -> None:
        self.client.cookies[zones.COOKIE] = "Asia/Tokyo"
        for page in self.pages():
            assert re.search(r"Saved \d\d:\d\d JST", page)

    def test_where_nothing_is_known_the_site_says_its_zone(self) -> None:
        for page in self.pages():
            assert re.search(r"Saved \d\d:\d\d [A-Z]{2,5}\b", page)
