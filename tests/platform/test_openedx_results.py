"""Grades, completion and certificates of Open edX, against stand-ins."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.contrib.auth import get_user_model

from iciinsmes.platform.openedx import OpenEdxHost

from .conftest import BLOCK, COURSE

pytestmark = pytest.mark.django_db


def test_a_grade_is_published_for_the_learner_in_the_points_that_were_given(platform, user):
    learnt = courseware(platform, block=SimpleNamespace(location=BLOCK, weight=10.0))
    OpenEdxHost().book_grade(user_id=user.id, usage_key=BLOCK, earned=Decimal("8.33"), possible=Decimal(10))
    sent = learnt.published.call_args.kwargs
    assert (sent["user"], sent["raw_earned"], sent["raw_possible"]) == (user, 8.33, 10.0)
    assert not sent["only_if_higher"]
    # "Reset attempts" reads the state of the row as JSON.
    assert learnt.rows.get_or_create.call_args.kwargs["defaults"]["state"] == "{}"


def test_a_result_is_taken_back_with_its_completion(platform, user):
    learnt = courseware(platform, block=SimpleNamespace(weight=10.0, max_score=lambda: 10.0))
    OpenEdxHost().forget_result(user_id=user.id, usage_key=BLOCK)
    learnt.set_score.assert_called_once_with(user.id, BLOCK, None, None)
    assert learnt.changed.call_args.kwargs["score_deleted"]
    learnt.completions.filter.assert_called_once_with(user_id=user.id, context_key=COURSE, block_key=BLOCK)


def test_a_block_that_was_deleted_takes_no_grade(platform, user):
    learnt = courseware(platform, block=None)
    OpenEdxHost().book_grade(user_id=user.id, usage_key=BLOCK, earned=Decimal(1), possible=Decimal(10))
    learnt.published.assert_not_called()


class Certificates:
    """The platform's certificates, as tests/openedx/test_certificates.py tries them in a real LMS (Teak)."""

    def __init__(self):
        self.calls: list[tuple] = []
        self.held: SimpleNamespace | None = None
        self.refused: Mock | None = None
        self.allowed: set[int] = set()

    def get_certificate_for_user_id(self, _user, _course_id):
        return self.held

    def get_certificate_for_user(self, username, _course_key, format_results=True):
        if self.held is None:
            return None
        return {"username": username, "is_passing": self.held.is_passing, "download_url": "/certificates/7"}

    def get_certificate_invalidation_entry(self, certificate):
        assert certificate is self.held
        return self.refused

    def create_or_update_certificate_allowlist_entry(self, user, course_key, notes, enabled=True):
        self.allowed.add(user.id)
        self.calls.append(("allow", user.id, course_key, enabled))

    def generate_certificate_task(self, user, course_key, generation_mode=None):
        self.calls.append(("generate", user.id, course_key))

    def create_certificate_invalidation_entry(self, certificate, user_requesting_invalidation, notes):
        self.calls.append(("refuse", user_requesting_invalidation.id, notes))

    def remove_allowlist_entry(self, user, course_key):
        self.calls.append(("disallow", user.id, course_key))
        was_there = user.id in self.allowed
        self.allowed.discard(user.id)
        return was_there

    def invalidate_certificate(self, user_id, course_key_or_id, source):
        self.calls.append(("invalidate", user_id, course_key_or_id))


@pytest.fixture
def certificates(platform):
    found = Certificates()
    platform("lms.djangoapps.certificates", api=found)
    return found


def test_the_criteria_decide_about_the_platforms_certificate_and_not_the_grade(certificates, user):
    OpenEdxHost().award_certificate(user_id=user.id, course_key=COURSE)
    assert certificates.calls == [("allow", user.id, COURSE, True), ("generate", user.id, COURSE)]


def test_a_certificate_that_was_withdrawn_can_be_made_again(certificates, user):
    certificates.held, certificates.refused = SimpleNamespace(is_passing=False), Mock()
    OpenEdxHost().award_certificate(user_id=user.id, course_key=COURSE)
    certificates.refused.deactivate.assert_called_once_with()


@pytest.mark.parametrize("is_allowed", [True, False])
def test_a_withdrawn_certificate_is_not_made_anew_by_a_grade(certificates, user, is_allowed):
    teacher = get_user_model().objects.create_user("tea", "tea@example.org", "a-long-password")
    certificates.held = SimpleNamespace(is_passing=True)
    certificates.allowed = {user.id} if is_allowed else set()
    OpenEdxHost().withdraw_certificate(user_id=user.id, course_key=COURSE, by_id=teacher.id, reason="Mistaken.")
    wanted = [("refuse", teacher.id, "Mistaken."), ("disallow", user.id, COURSE)]
    assert certificates.calls == wanted + ([] if is_allowed else [("invalidate", user.id, COURSE)])


def test_who_decided_may_be_forgotten_and_there_may_be_none(certificates, user):
    OpenEdxHost().withdraw_certificate(user_id=user.id, course_key=COURSE, by_id=None, reason="Mistaken.")
    assert ("refuse", user.id, "Mistaken.") not in certificates.calls
    certificates.held = SimpleNamespace(is_passing=True)
    OpenEdxHost().withdraw_certificate(user_id=user.id, course_key=COURSE, by_id=None, reason="Mistaken.")
    assert ("refuse", user.id, "Mistaken.") in certificates.calls


def test_the_platforms_certificate_has_an_address_once_it_is_made(certificates, user):
    address = {"user_id": user.id, "course_key": COURSE}
    assert OpenEdxHost().certificate_url(**address) == ""
    certificates.held = SimpleNamespace(is_passing=False)
    assert OpenEdxHost().certificate_url(**address) == ""
    certificates.held = SimpleNamespace(is_passing=True)
    assert OpenEdxHost().certificate_url(**address) == "/certificates/7"


def courseware(platform, *, block):
    """Stand-in of gradebook and completion, as tests/openedx/test_grades.py tries them in a real LMS (Teak)."""

    class NotThere(Exception):
        pass

    def get_item(_key):
        if block is None:
            raise NotThere
        return block

    learnt = SimpleNamespace(rows=Mock(), published=Mock(), changed=Mock(), set_score=Mock(), completions=Mock())
    platform("xmodule.modulestore.django", modulestore=lambda: SimpleNamespace(get_item=get_item))
    platform("xmodule.modulestore.exceptions", ItemNotFoundError=NotThere)
    platform("lms.djangoapps.courseware.models", StudentModule=SimpleNamespace(objects=learnt.rows))
    platform("lms.djangoapps.courseware.model_data", set_score=learnt.set_score)
    platform("lms.djangoapps.grades.constants", ScoreDatabaseTableEnum=Mock())
    platform(
        "lms.djangoapps.grades.signals.signals",
        SCORE_PUBLISHED=SimpleNamespace(send=learnt.published),
        PROBLEM_RAW_SCORE_CHANGED=SimpleNamespace(send=learnt.changed),
    )
    platform("completion.models", BlockCompletion=SimpleNamespace(objects=learnt.completions))
    return learnt


@pytest.mark.parametrize("enabled", [True, False])
def test_completion_is_booked_for_the_learner_where_the_site_tracks_it(platform, user, enabled):
    manager = Mock()
    platform("completion.models", BlockCompletion=SimpleNamespace(objects=manager))
    platform("completion.waffle", ENABLE_COMPLETION_TRACKING_SWITCH=SimpleNamespace(is_enabled=lambda: enabled))
    OpenEdxHost().complete(user_id=user.id, usage_key=BLOCK, fraction=1.0)
    if enabled:
        manager.submit_completion.assert_called_once_with(user=user, block_key=BLOCK, completion=1.0)
    else:
        manager.submit_completion.assert_not_called()
