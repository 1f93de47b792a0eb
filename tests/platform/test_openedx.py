"""Open edX as host, against stand-ins of exactly the platform calls it makes.

The platform cannot be installed as a package; tests/openedx tries the same calls inside a real one.
"""

from __future__ import annotations

from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import CourseInfo
from iciinsmes.platform.openedx import OpenEdxHost

from .conftest import BLOCK, COURSE, Rows, students

pytestmark = pytest.mark.django_db


def test_a_course_has_its_title_and_an_unknown_one_its_key(platform):
    students(platform, overviews={COURSE: SimpleNamespace(display_name="Zed")})
    assert OpenEdxHost().course(COURSE).title == "Zed"
    unknown = CourseKey.from_string("course-v1:ICI+NONE+2026")
    assert OpenEdxHost().course(unknown) == CourseInfo(unknown, str(unknown))


def test_zone_is_the_persons_preference_or_none(platform):
    rows = Rows([SimpleNamespace(user_id=1, key="time_zone", value="Asia/Tokyo")])
    platform("openedx.core.djangoapps.user_api.models", UserPreference=SimpleNamespace(objects=rows))
    assert OpenEdxHost().zone(1) == "Asia/Tokyo"
    assert OpenEdxHost().zone(2) == ""


def test_language_is_the_persons_preference_or_the_sites(platform, settings):
    platform("openedx.core.djangoapps.lang_pref", LANGUAGE_KEY="pref-lang")
    rows = Rows([SimpleNamespace(user_id=1, key="pref-lang", value="pl")])
    platform("openedx.core.djangoapps.user_api.models", UserPreference=SimpleNamespace(objects=rows))
    settings.LANGUAGE_CODE = "en"
    assert OpenEdxHost().language(1) == "pl"
    assert OpenEdxHost().language(2) == "en"


def test_names_are_full_names_or_user_names(platform, user):
    other = get_user_model().objects.create_user("bo")
    rows = Rows([SimpleNamespace(user_id=user.id, name="Anna Ahlers"), SimpleNamespace(user_id=other.id, name="")])
    platform("common.djangoapps.student.models", UserProfile=SimpleNamespace(objects=rows))
    names = OpenEdxHost().names([user.id, other.id, 999_999])
    assert names == {user.id: "Anna Ahlers", other.id: "bo"}


def block(location, parent=None):
    return SimpleNamespace(location=location, get_parent=lambda: parent)


@pytest.fixture
def look(platform, user):
    """Ask the host about a block in a section; the platform refuses to load what is named."""

    def may_open(*, refused=(), staff=False, is_there=True, user_id=user.id):
        cache.clear()
        leaf = block(BLOCK, parent=block("section", parent=block("course")))
        checks = Mock(
            side_effect=lambda user, what, block, key: staff if what == "staff" else block.location not in refused
        )

        class ItemNotFoundError(Exception):
            """Stand-in of the platform's."""

        def get_item(_key):
            if not is_there:
                raise ItemNotFoundError
            return leaf

        platform("lms.djangoapps.courseware.access", has_access=checks)
        platform("xmodule.modulestore.django", modulestore=lambda: SimpleNamespace(get_item=get_item))
        platform("xmodule.modulestore.exceptions", ItemNotFoundError=ItemNotFoundError)
        found = OpenEdxHost().may_open(user_id, BLOCK)
        asked = checks.call_count
        assert OpenEdxHost().may_open(user_id, BLOCK) is found
        assert checks.call_count == asked or not found, "whoever writes is asked for with every draft"
        return found

    return may_open


@pytest.mark.parametrize("refused", [BLOCK, "section", "course"])
def test_what_the_platform_does_not_load_is_hidden_with_all_that_is_in_it(look, refused):
    assert not look(refused={refused})


def test_learners_open_what_is_open_and_staff_all(look, user):
    assert look()
    assert look(refused={BLOCK}, staff=True)
    assert look(is_there=False)
    assert not look(user_id=999_999)
    user.is_active = False
    user.save()
    assert not look()


def test_addresses_in_mails_are_whole(settings):
    settings.LMS_ROOT_URL = "https://lms.example.org"
    assert OpenEdxHost().absolute("/iciinsmes/inbox/") == "https://lms.example.org/iciinsmes/inbox/"


def test_block_url_leads_through_the_platforms_own_finder(settings):
    settings.LMS_ROOT_URL = "https://lms.example.org"
    assert OpenEdxHost().block_url(BLOCK) == f"https://lms.example.org/courses/{COURSE}/jump_to/{BLOCK}"


@pytest.mark.parametrize("known", [True, False])
def test_an_id_of_the_platform_leads_back_to_the_user(platform, user, known):
    found = {"abc": user} if known else {}
    platform("common.djangoapps.student.models", user_by_anonymous_id=found.get)
    assert OpenEdxHost().user_for_anonymous_id("abc", COURSE) == (user.id if known else None)


def test_the_way_back_leads_to_the_courses_home(platform):
    platform("openedx.features.course_experience", course_home_url=lambda key: f"https://apps.example.org/{key}/home")
    assert OpenEdxHost().course_url(COURSE) == f"https://apps.example.org/{COURSE}/home"


@pytest.fixture
def chosen(platform, user, monkeypatch):
    """Be somebody who may have chosen, in the session, to view the course as one learner."""

    def be(user_name=None, *, is_staff=True, real_user=None):
        session = {"masquerade_settings": {COURSE: SimpleNamespace(user_name=user_name)}} if user_name else {}
        if real_user is not None:
            user.real_user = real_user
        monkeypatch.setattr("crum.get_current_request", lambda: SimpleNamespace(user=user, session=session))
        platform("lms.djangoapps.courseware.masquerade", MASQUERADE_SETTINGS_KEY="masquerade_settings")
        platform("lms.djangoapps.courseware.access", has_access=lambda *_asked: is_staff)
        return OpenEdxHost().looking_as_learner(COURSE)

    return be


def test_who_looks_through_a_learners_eyes(chosen, user):
    assert chosen() is None
    assert chosen("anna") == user.pk
    assert chosen("anna", is_staff=False) is None
    assert chosen("anna", real_user=SimpleNamespace(id=77)) == 77


def test_outside_of_a_request_nobody_looks(monkeypatch):
    monkeypatch.setattr("crum.get_current_request", lambda: None)
    assert OpenEdxHost().looking_as_learner(COURSE) is None
