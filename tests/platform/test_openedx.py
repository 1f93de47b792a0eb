"""Open edX as host, against stand-ins of exactly the platform calls it makes.

The platform cannot be installed as a package; tests/openedx tries the same calls inside a real one.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from decimal import Decimal
from importlib import import_module
from types import ModuleType, SimpleNamespace
from typing import NamedTuple
from unittest.mock import Mock

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.urls import reverse
from edx_django_utils.cache import RequestCache
from opaque_keys.edx.django.models import CourseKeyField
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.assignments.api import freeze_task
from iciinsmes.assignments.authoring import new_task
from iciinsmes.platform import CourseInfo, Role
from iciinsmes.platform.openedx import OpenEdxHost

COURSE = CourseKey.from_string("course-v1:ICI+SME1+2026")
BLOCK = UsageKey.from_string("block-v1:ICI+SME1+2026+type@workplace_assignment+block@w01")

pytestmark = pytest.mark.django_db


class Rows(list):
    """Stand-in of a queryset: filters plain objects by equality and ``__in``, and by one or another of them."""

    def filter(self, *either, **wanted):
        for where in either:
            return Rows(row for name, value in where.children for row in self.filter(**{name: value})).filter(**wanted)

        def matches(row):
            for name, value in wanted.items():
                if name.endswith("__in"):
                    if getattr(row, name[:-4]) not in value:
                        return False
                elif getattr(row, name) != value:
                    return False
            return True

        return Rows(row for row in self if matches(row))

    def values_list(self, *names, flat=False):
        if flat:
            return Rows(getattr(row, names[0]) for row in self)
        return Rows(tuple(getattr(row, name) for name in names) for row in self)

    def first(self):
        return self[0] if self else None


@pytest.fixture
def platform(monkeypatch):
    """Put modules into place for the time of one test: ``platform("a.b", name=value)``."""

    def install(path: str, **names):
        parts = path.split(".")
        for depth in range(1, len(parts) + 1):
            name = ".".join(parts[:depth])
            if name not in sys.modules:
                monkeypatch.setitem(sys.modules, name, ModuleType(name))
        for name, value in names.items():
            monkeypatch.setattr(sys.modules[path], name, value, raising=False)

    return install


@pytest.fixture
def user():
    return get_user_model().objects.create_user("anna", "anna@example.org", "a-long-password")


@pytest.fixture(autouse=True)
def _new_request():
    RequestCache.clear_all_namespaces()


def students(platform, access=(), enrolled=(), held=(), overviews=None):
    """Stand-in of the platform's roles, as tests/openedx/test_roles.py tries them in a real LMS (Teak).

    ``access`` holds (user id, level, course), ``held`` the rows of `RoleCache`.
    """
    platform("crum", get_current_user=lambda: None)
    platform(
        "lms.djangoapps.courseware.access", has_access=lambda user, level, key: (user.id, level, key) in set(access)
    )
    platform(
        "common.djangoapps.student.models",
        CourseEnrollment=SimpleNamespace(is_enrolled=lambda user, key: (user.id, key) in enrolled),
        anonymous_id_for_user=lambda user, key: f"anonymous-{user.id}-{key.course}",
    )
    platform("common.djangoapps.student.roles", RoleCache=lambda user: SimpleNamespace(all_roles_set=set(held)))
    platform(
        "openedx.core.djangoapps.content.course_overviews.models",
        CourseOverview=SimpleNamespace(
            get_from_ids=lambda keys: {key: (overviews or {}).get(key) for key in keys},
            objects=SimpleNamespace(
                filter=lambda _where: SimpleNamespace(values_list=lambda *_names: held_courses(held))
            ),
        ),
    )


class Held(NamedTuple):
    role: str
    course_id: CourseKey | str | None
    org: str


def held_courses(held):
    return [(role.course_id, f"Title of {role.course_id.course}") for role in held if role.course_id]


def test_access_to_the_course_becomes_a_role_here(platform, user):
    students(platform, access=[(user.id, "staff", COURSE)])
    assert OpenEdxHost().roles(user.id, COURSE) == {Role.TEACHER}


def test_an_instructor_coordinates_and_an_enrolled_person_learns(platform, user):
    students(
        platform, access=[(user.id, "staff", COURSE), (user.id, "instructor", COURSE)], enrolled=[(user.id, COURSE)]
    )
    assert OpenEdxHost().roles(user.id, COURSE) == {Role.LEARNER, Role.COORDINATOR}


def test_access_to_another_course_counts_for_nothing_here(platform, user):
    students(platform, access=[(user.id, "staff", CourseKey.from_string("course-v1:ICI+SME2+2026"))])
    assert OpenEdxHost().roles(user.id, COURSE) == frozenset()


def test_inactive_and_unknown_people_have_no_role(platform, user):
    students(platform, enrolled=[(user.id, COURSE)])
    user.is_active = False
    user.save()
    assert OpenEdxHost().roles(user.id, COURSE) == frozenset()
    assert OpenEdxHost().roles(999_999, COURSE) == frozenset()


def test_staffed_courses_come_from_the_roles_that_count_here_by_title(platform, user):
    other = CourseKey.from_string("course-v1:ICI+AAA+2026")
    beta = Held("beta_testers", CourseKey.from_string("course-v1:ICI+BETA+2026"), "ICI")
    students(platform, held=[Held("staff", COURSE, "ICI"), Held("instructor", other, "ICI")])
    assert OpenEdxHost().staffed_courses(user.id) == [
        CourseInfo(other, "Title of AAA"),
        CourseInfo(COURSE, "Title of SME1"),
    ]
    students(platform, held=[beta])
    assert OpenEdxHost().staffed_courses(user.id) == []


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


@pytest.mark.parametrize("known", [True, False])
def test_an_id_of_the_platform_leads_back_to_the_user(platform, user, known):
    found = {"abc": user} if known else {}
    platform("common.djangoapps.student.models", user_by_anonymous_id=found.get)
    assert OpenEdxHost().user_for_anonymous_id("abc", COURSE) == (user.id if known else None)


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


class RoleRow(NamedTuple):
    """A row of the platform's table of roles, as `holders` reads it."""

    user_id: int
    course_id: CourseKey | object
    org: str
    role: str


def test_staff_are_everybody_with_a_role_in_the_run_or_its_organisation(platform):
    other = CourseKey.from_string("course-v1:ICI+SME2+2026")
    rows = [
        RoleRow(1, COURSE, "ICI", "staff"),
        RoleRow(2, CourseKeyField.Empty, "ICI", "instructor"),
        RoleRow(3, other, "ICI", "staff"),
        RoleRow(4, COURSE, "ICI", "beta_testers"),
        RoleRow(5, CourseKeyField.Empty, "Elsewhere", "staff"),
    ]
    platform("common.djangoapps.student.models", CourseAccessRole=SimpleNamespace(objects=Rows(rows)))
    assert OpenEdxHost().staff_ids(COURSE) == [1, 2]


def test_staff_whose_roles_lie_in_openedx_authz_are_staff_too(platform, user):
    """Read on Verawood: openedx_authz/api/users.py, constants/roles.py, api/data.py (scopes of an organisation)."""
    users = get_user_model().objects
    of_org, editor = users.create_user("orga"), users.create_user("edit")
    held = {
        ("course_staff", str(COURSE)): [user],
        ("course_admin", "course-v1:ICI+*"): [of_org],
        ("course_editor", str(COURSE)): [editor],
    }
    platform("common.djangoapps.student.models", CourseAccessRole=SimpleNamespace(objects=Rows()))
    platform("openedx_authz.api", users=SimpleNamespace(get_users_for_role_in_scope=lambda *key: held.get(key, [])))
    platform(
        "openedx_authz.constants.roles",
        LEGACY_COURSE_ROLE_EQUIVALENCES={"instructor": "course_admin", "staff": "course_staff"},
    )
    assert OpenEdxHost().staff_ids(COURSE) == sorted([user.id, of_org.id])


def test_courses_of_openedx_authz_have_their_keys_as_text(platform, user):
    students(platform, held=[Held("staff", str(COURSE), "ICI")], overviews={})
    platform(
        "openedx.core.djangoapps.content.course_overviews.models",
        CourseOverview=SimpleNamespace(objects=SimpleNamespace(filter=only_keys)),
    )
    assert OpenEdxHost().staffed_courses(user.id) == [CourseInfo(COURSE, "Found")]


def only_keys(where):
    """Stand-in of a queryset that refuses keys as text."""
    (keys, _orgs) = (set(value) for _name, value in where.children)
    assert all(isinstance(key, CourseKey) for key in keys)
    return SimpleNamespace(values_list=lambda *_names: [(key, "Found") for key in keys])


@pytest.fixture
def cohorts(platform, user):
    """Stand-in of the platform's cohorts, as tests/openedx/test_roles.py tries them in a real LMS (Teak)."""
    learner = get_user_model().objects.create_user("lea")
    asked = SimpleNamespace(rows=Rows(), other_course_settings={"iciinsmes": {"teachers_by_cohort": True}}, on=True)

    def put(*rows):
        asked.rows[:] = [
            SimpleNamespace(user_id=who.id, course_id=COURSE, course_user_group_id=cohort) for who, cohort in rows
        ]

    students(platform, access=[(user.id, "staff", COURSE)])
    rows = [RoleRow(user.id, COURSE, "ICI", "staff")]
    platform("common.djangoapps.student.models", CourseAccessRole=SimpleNamespace(objects=Rows(rows)))
    platform("openedx.core.djangoapps.course_groups.models", CohortMembership=SimpleNamespace(objects=asked.rows))
    platform("openedx.core.djangoapps.course_groups.cohorts", is_course_cohorted=lambda _key: asked.on)
    platform(
        "xmodule.modulestore.django",
        modulestore=lambda: SimpleNamespace(
            get_course=lambda _key, depth: asked, bulk_operations=lambda _key: nullcontext()
        ),
    )
    return SimpleNamespace(put=put, asked=asked, learner=learner)


def test_only_who_is_in_another_cohort_is_not_told(cohorts, user):
    def told():
        return OpenEdxHost().staff_ids(COURSE, learner_id=cohorts.learner.id)

    assert told() == [user.id]
    cohorts.put((user, 1), (cohorts.learner, 2))
    assert told() == []
    cohorts.put((user, 1), (cohorts.learner, 1))
    assert told() == [user.id]
    cohorts.put((user, 1))
    assert told() == []
    cohorts.asked.other_course_settings = {}
    assert told() == [user.id]


def test_nobody_is_limited_without_a_cohort_a_role_and_the_courses_word(cohorts, user):
    assert OpenEdxHost().limited_to(user.id, COURSE) is None
    cohorts.put((cohorts.learner, 1))
    assert OpenEdxHost().limited_to(cohorts.learner.id, COURSE) is None
    RequestCache.clear_all_namespaces()
    cohorts.put((user, 1))
    cohorts.asked.on = False
    assert OpenEdxHost().limited_to(user.id, COURSE) is None


@pytest.mark.parametrize(
    ("settings", "gives"),
    [
        ({"iciinsmes": {"teachers_by_company": True}}, True),
        ({"iciinsmes": {"teachers_by_company": "yes"}}, False),
        ({"iciinsmes": []}, False),
        (None, False),
    ],
)
def test_a_course_says_whether_teachers_have_their_own_firms(cohorts, settings, gives):
    RequestCache.clear_all_namespaces()
    cohorts.asked.other_course_settings = settings
    cohorts.asked.on = False
    assert OpenEdxHost().teachers_by_company(COURSE) is gives


@pytest.fixture
def tab(platform, monkeypatch):
    """Return the tab of the course, made from a stand-in of the platform's base class (xmodule/tabs.py of Teak)."""
    platform("xmodule.tabs", CourseTab=type("CourseTab", (), {}))
    monkeypatch.delitem(sys.modules, "iciinsmes.platform.openedx.course_tab", raising=False)
    yield import_module("iciinsmes.platform.openedx.course_tab").DeskTab
    sys.modules.pop("iciinsmes.platform.openedx.course_tab", None)


def test_the_tab_of_the_course_is_for_staff_of_courses_with_assignments(platform, tab, user):
    course = SimpleNamespace(id=COURSE)
    students(platform, access=[(user.id, "staff", COURSE)])
    assert not tab.is_enabled(course, user), "there is no assignment"
    freeze_task(usage_key=BLOCK, course_key=COURSE, task=new_task())
    assert tab.is_enabled(course, user)
    assert not tab.is_enabled(course)
    assert not tab.is_enabled(SimpleNamespace(id=CourseKey.from_string("course-v1:ICI+SME2+2026")), user)
    students(platform, enrolled=[(user.id, COURSE)])
    assert not tab.is_enabled(course, user)
    assert tab().link_func(course, reverse) == f"/iciinsmes/desk/{COURSE}/"


def test_reports_are_for_researchers_and_instructors(platform, user):
    def may(*held, access=()):
        students(platform, access=access)
        role = lambda name, where: SimpleNamespace(has_user=lambda _user: (name, where) in held)  # noqa: E731
        platform("common.djangoapps.student.roles", CourseRole=role, OrgRole=role)
        RequestCache.clear_all_namespaces()
        return OpenEdxHost().may_have_reports(user.id, COURSE)

    assert may(("data_researcher", COURSE))
    assert may(("data_researcher", "ICI"))
    assert may(access=[(user.id, "instructor", COURSE)])
    assert not may(access=[(user.id, "staff", COURSE)])
    assert not may()


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
