"""Nothing that people type, no name, no address and no secret reaches the platform's tracking log."""

from __future__ import annotations

import re
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit
from uuid import uuid4

from common.djangoapps.track import views as tracking
from common.djangoapps.track.tests import IN_MEMORY_BACKEND_CONFIG
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone
from eventtracking import tracker
from eventtracking.django import DjangoTracker

from iciinsmes.assignments.subjects import round_subject
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import Matter, MentorContact
from iciinsmes.settings import production

from .course import CourseTestCase

SERVICE = "lms"
DRAFT, NAME, ADDRESS, ANSWER = "Elevencustomers", "Larsfyn", "lars@example.org", "Wecallback"


class TrackingTest(CourseTestCase):
    """What the settings of the add-on and its ways of sending promise."""

    def setUp(self) -> None:
        """Keep what is tracked, with the settings of a site."""
        super().setUp()
        site = SettingsOfSite(list(getattr(settings, "TRACKING_IGNORE_URL_PATTERNS", [])))
        production.plugin_settings(site)
        chosen = override_settings(
            EVENT_TRACKING_BACKENDS=IN_MEMORY_BACKEND_CONFIG,
            TRACKING_IGNORE_URL_PATTERNS=site.TRACKING_IGNORE_URL_PATTERNS,
        )
        chosen.enable()
        self.addCleanup(chosen.disable)
        tracker.register_tracker(DjangoTracker())
        self.lines: list[str] = []
        send = tracking.server_track

        def note(request: Any, event_type: str, event: Any, page: Any = None) -> None:
            self.lines.append(f"{event_type} {event}")
            send(request, event_type, event, page)

        noted = patch.object(tracking, "server_track", note)
        noted.start()
        self.addCleanup(noted.stop)

    def tracked(self) -> str:
        events = tracker.get_tracker().get_backend("mem").events
        return "\n".join([*self.lines, *map(str, events)])

    def test_what_is_typed_and_by_whom_stays_out(self) -> None:
        self.client.login(username=self.learner.username, password=self.TEST_PASSWORD)
        page = self.client.get(reverse("render_xblock", args=[str(self.assignment.location)]))
        assert page.status_code == 200
        key = self.assignment.location
        question = self.assignment.authored_task().questions[0].key
        sent = {"revision": "0", f"answer-{question}": DRAFT}
        assert self.client.post(reverse("iciinsmes:work-draft", args=[key]), sent).status_code == 200
        named = {"do": "ask", "mentor_name": NAME, "mentor_email": ADDRESS}
        self.client.post(reverse("iciinsmes:work-mentor", args=[key]), named)
        handler = reverse("xblock_handler", args=[str(self.course.id), str(key), "student_view_user_state"])
        state = self.client.get(handler)
        assert DRAFT not in handler
        assert state.status_code == 200, state.content
        found = self.tracked()
        # Something is tracked, or the test would prove nothing.
        assert str(key) in found
        for word in (DRAFT, NAME, ADDRESS):
            assert word not in found, word

    def test_a_mentor_leaves_nothing_but_the_number_of_the_request(self) -> None:
        asked = mentors.request_sign_off(
            subject=round_subject(uuid4(), self.course.id, None),
            asked_by=self.learner.id,
            contact=MentorContact(name=NAME, email="", language="en", role="owner"),
            matter=Matter("W01", "Mette", "Fyn", "SME1", timezone.now()),
        )
        secret = urlsplit(asked.link).fragment
        browser = Client()
        page = browser.post(reverse("iciinsmes:mentor-door"), {"secret": secret}, follow=True)
        assert page.status_code == 200, page.content
        place = reverse("iciinsmes:mentor", args=[asked.id])
        assert place in str(page.redirect_chain)
        said = {"sent": "1", "secret": secret, "took_place": "yes", "change": ANSWER, "name": NAME, "role": "owner"}
        # An event takes the address of its request along; the platform emits some where an answer completes a block.
        with patch.object(mentors, "answer", lambda **_given: tracker.emit("iciinsmes.test.answered", {})):
            answered = browser.post(place, {**said, "verdict": "confirmed"})
        assert answered.status_code == 302, answered.content
        found = self.tracked()
        assert "iciinsmes.test.answered" in found
        assert re.search(re.escape(place), found)
        for word in (secret, ANSWER, NAME):
            assert word not in found, word


class SettingsOfSite:
    """Settings as the production step finds them."""

    def __init__(self, patterns: list[str]) -> None:
        self.TRACKING_IGNORE_URL_PATTERNS = patterns
