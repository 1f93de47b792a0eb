"""The platform's retirement of an account, sent as its own pipeline sends it, takes the mails to mentors with it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from common.djangoapps.student.models import get_retired_email_by_email
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from openedx.core.djangoapps.oauth_dispatch.jwt import create_jwt_for_user
from openedx.core.djangoapps.user_api.models import RetirementState, UserRetirementStatus

from iciinsmes.assignments.models import Work
from iciinsmes.assignments.subjects import round_subject
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import Matter, MentorContact
from iciinsmes.mentors.models import MentorRequest
from iciinsmes.notices.models import OutgoingMail

from .course import CourseTestCase

SERVICE = "lms"


class RetirementTest(CourseTestCase):
    """What `USER_RETIRE_LMS_MISC` sets off."""

    def ask(self, learner, email: str):
        return mentors.request_sign_off(
            subject=round_subject(uuid4(), self.course.id, None),
            asked_by=learner.id,
            contact=MentorContact(name="Lars Fyn", email=email, language="en", role="owner"),
            matter=Matter("W01", learner.profile.name, "Fyn", "SME1", timezone.now()),
        )

    def retire(self, user) -> None:
        """Bring the account where the platform's pipeline has it when it tells the add-on."""
        for order, name in enumerate(("PENDING", "RETIRING_LMS_MISC", "COMPLETE"), 1):
            is_last = name == "COMPLETE"
            state = {"state_execution_order": order, "is_dead_end_state": is_last, "required": order != 2}
            RetirementState.objects.get_or_create(state_name=name, defaults=state)
        retirement = UserRetirementStatus.create_retirement(user)
        retirement.current_state = RetirementState.objects.get(state_name="RETIRING_LMS_MISC")
        retirement.save()
        user.email = get_retired_email_by_email(user.email)
        user.set_unusable_password()
        user.save()
        worker = get_user_model().objects.create_superuser("worker", "worker@example.org", "x")
        with self.settings(RETIREMENT_SERVICE_WORKER_USERNAME="worker"):
            answer = self.client.post(
                reverse("accounts_retire_misc"),
                {"username": user.username},
                content_type="application/json",
                HTTP_AUTHORIZATION=f"JWT {create_jwt_for_user(worker)}",
            )
        assert answer.status_code == 204, (answer.status_code, answer.content)

    def test_mails_to_mentors_and_their_names_go_with_the_learner(self) -> None:
        self.ask(self.learner, "lars@example.org")
        self.learner.profile.name = "Another"
        self.learner.profile.save()
        assert OutgoingMail.objects.get().to == "lars@example.org"
        self.retire(self.learner)
        assert not OutgoingMail.objects.exists()
        assert not MentorRequest.objects.exists()
        assert not Work.objects.filter(owner=self.learner).exists()

    def test_who_was_asked_as_a_mentor_is_taken_out_of_it(self) -> None:
        self.teacher.email = "tea@example.org"
        self.teacher.save()
        asked = self.ask(self.learner, "Tea@Example.org")
        assert OutgoingMail.objects.exists()
        self.retire(self.teacher)
        left = MentorRequest.objects.get(id=asked.id)
        assert (left.name, left.email, left.state) == ("…", "", "revoked")
        assert not OutgoingMail.objects.exists()
        assert left.expires_at > timezone.now() + timedelta(days=1)
