"""The platform's own certificates follow the add-on's criteria, whatever the grade is; and when a run ends."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from common.djangoapps.course_modes.models import CourseMode
from common.djangoapps.course_modes.tests.factories import CourseModeFactory
from common.djangoapps.student.models import CourseEnrollment
from edx_django_utils.cache import RequestCache
from lms.djangoapps.certificates.models import CertificateAllowlist, CertificateInvalidation, GeneratedCertificate
from opaque_keys.edx.keys import CourseKey
from openedx.core.djangoapps.content.course_overviews.models import CourseOverview

from iciinsmes.platform import host

from .course import CourseTestCase

SERVICE = "lms"


class CertificatesTest(CourseTestCase):
    """A course whose site has certificate pages, and a learner without a single point."""

    def setUp(self) -> None:
        """Let certificates be made, and the learner be in a mode that gives them."""
        super().setUp()
        self.enterContext(patch.dict("django.conf.settings.FEATURES", {"CERTIFICATES_HTML_VIEW": True}))
        self.course.cert_html_view_enabled = True
        self.store.update_item(self.course, self.teacher.id)
        CourseOverview.load_from_module_store(self.course.id)
        CourseModeFactory.create(course_id=self.course.id, mode_slug=CourseMode.HONOR)
        CourseEnrollment.enroll(self.learner, self.course.id, mode=CourseMode.HONOR)
        self.about = {"user_id": self.learner.id, "course_key": self.course.id}

    def award(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            host().award_certificate(**self.about)

    def withdraw(self, by: Any = None) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            host().withdraw_certificate(**self.about, by_id=by and by.id, reason="Mistaken.")

    def status(self) -> str | None:
        found = GeneratedCertificate.objects.filter(user=self.learner, course_id=self.course.id)
        return found.values_list("status", flat=True).first()

    def test_one_is_made_without_a_passing_grade_and_has_an_address(self) -> None:
        assert host().certificate_url(**self.about) == ""
        self.award()
        self.award()
        assert self.status() == "downloadable"
        uuid = GeneratedCertificate.objects.get(user=self.learner).verify_uuid
        assert host().certificate_url(**self.about) == f"/certificates/{uuid}"

    def test_one_that_is_withdrawn_is_not_made_anew(self) -> None:
        self.award()
        self.withdraw(self.teacher)
        assert self.status() == "unavailable"
        assert host().certificate_url(**self.about) == ""
        assert not CertificateAllowlist.objects.filter(user=self.learner).exists()
        refused = CertificateInvalidation.objects.get()
        assert (refused.invalidated_by, refused.notes, refused.active) == (self.teacher, "Mistaken.", True)

    def test_one_that_was_withdrawn_is_made_again(self) -> None:
        for _time in range(2):
            self.award()
            assert self.status() == "downloadable"
            self.withdraw()
            assert self.status() == "unavailable"
        self.award()
        assert self.status() == "downloadable"

    def test_what_the_grade_has_earned_is_withdrawn_too(self) -> None:
        self.award()
        CertificateAllowlist.objects.all().delete()
        self.withdraw(self.teacher)
        assert self.status() == "unavailable"

    def test_where_there_was_none_nothing_happens(self) -> None:
        self.withdraw(self.teacher)
        assert self.status() is None
        assert not CertificateInvalidation.objects.exists()

    def test_a_course_without_certificates_makes_none_and_breaks_nothing(self) -> None:
        with patch.dict("django.conf.settings.FEATURES", {"CERTIFICATES_HTML_VIEW": False}):
            self.award()
            assert self.status() is None
            assert host().certificate_url(**self.about) == ""


class EndTest(CourseTestCase):
    """When a run ends."""

    def test_it_ends_when_its_author_says(self) -> None:
        assert host().ends_at(self.course.id) is None
        end = datetime(2100, 6, 30, 12, tzinfo=UTC)
        self.course.end = end
        self.store.update_item(self.course, self.teacher.id)
        CourseOverview.load_from_module_store(self.course.id)
        RequestCache.clear_all_namespaces()
        assert host().ends_at(self.course.id) == end

    def test_a_run_that_is_gone_has_no_end(self) -> None:
        assert host().ends_at(CourseKey.from_string("course-v1:Gone+Gone+2026")) is None
