"""What the add-on asks Open edX, as one class."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.core import XBlock

from iciinsmes.platform.events import Value, checked

from ..host import CourseInfo, PersonInfo, Role
from . import access, certificates, cohorts, dates, grades, roles

#: An event takes these along from the request, and an older link of a mentor has its secret in the address.
_ADDRESSES = {"path": "", "referer": ""}


class OpenEdxHost:
    """Implements `iciinsmes.platform.Host` inside the LMS; the read-only part also works in Studio."""

    def roles(self, user_id: int, course_key: CourseKey) -> frozenset[Role]:
        """See `Host.roles`."""
        return roles.roles(user_id, course_key)

    def staffed_courses(self, user_id: int) -> list[CourseInfo]:
        """See `Host.staffed_courses`."""
        return roles.staffed_courses(user_id)

    def staff_ids(self, course_key: CourseKey, *, learner_id: int | None = None) -> list[int]:
        """See `Host.staff_ids`."""
        return roles.staff_ids(course_key, learner_id)

    def limited_to(self, user_id: int, course_key: CourseKey) -> QuerySet[Any] | None:
        """See `Host.limited_to`: the own cohort, where the course asks for it."""
        return roles.limited_to(user_id, course_key)

    def teachers_by_company(self, course_key: CourseKey) -> bool:
        """See `Host.teachers_by_company`: the course's own word."""
        return cohorts.gives_companies(course_key)

    def may_have_reports(self, user_id: int, course_key: CourseKey) -> bool:
        """See `Host.may_have_reports`: instructors, global staff and data researchers."""
        return roles.may_have_reports(user_id, course_key)

    def course(self, course_key: CourseKey) -> CourseInfo:
        """See `Host.course`."""
        from openedx.core.djangoapps.content.course_overviews.models import CourseOverview

        overview = CourseOverview.get_from_ids([course_key]).get(course_key)
        return CourseInfo(course_key, overview.display_name if overview else str(course_key))

    def ends_at(self, course_key: CourseKey) -> datetime | None:
        """See `Host.ends_at`."""
        from openedx.core.djangoapps.content.course_overviews.models import CourseOverview

        overview = CourseOverview.get_from_ids([course_key]).get(course_key)
        return overview.end if overview else None

    def names(self, user_ids: Collection[int]) -> dict[int, str]:
        """See `Host.names`; the full name of the profile, or the user name."""
        from common.djangoapps.student.models import UserProfile

        names = dict(get_user_model().objects.filter(id__in=user_ids).values_list("id", "username"))
        full_names = UserProfile.objects.filter(user_id__in=user_ids).values_list("user_id", "name")
        return names | {user_id: name for user_id, name in full_names if name}

    def search_names(self, user_ids: Collection[int]) -> dict[int, str]:
        """See `Host.search_names`; the name is that of the profile, where there is one."""
        # Profiles are known on the platform only, and not to those who check types here.
        columns = ("pk", "profile__name", "username")
        rows = get_user_model().objects.filter(pk__in=user_ids).values_list(*columns)
        return {user_id: f"{name or ''} {username}" for user_id, name, username in rows}

    def people(self, user_ids: Collection[int], course_key: CourseKey) -> dict[int, PersonInfo]:
        """See `Host.people`."""
        return roles.people(user_ids, course_key)

    def learners(self, course_key: CourseKey, *, text: str = "") -> QuerySet[Any]:
        """See `Host.learners`."""
        return roles.learners(course_key, text)

    def known_names(self, user_id: int) -> frozenset[str]:
        """See `Host.known_names`; the platform changes mail address and name before it tells that somebody retires."""
        from openedx.core.djangoapps.user_api.models import UserRetirementStatus

        user = get_user_model().objects.get(id=user_id)
        written = {user.get_username(), user.email, self.names([user_id])[user_id]}
        before = UserRetirementStatus.objects.filter(user_id=user_id).values_list(
            "original_username", "original_email", "original_name"
        )
        return frozenset(text.casefold() for text in written.union(*before) if text)

    def language(self, user_id: int) -> str:
        """See `Host.language`."""
        from openedx.core.djangoapps.lang_pref import LANGUAGE_KEY

        return self._preference(user_id, LANGUAGE_KEY) or settings.LANGUAGE_CODE

    def languages(self, user_ids: Collection[int]) -> dict[int, str]:
        """See `Host.languages`."""
        from openedx.core.djangoapps.lang_pref import LANGUAGE_KEY
        from openedx.core.djangoapps.user_api.models import UserPreference

        rows = UserPreference.objects.filter(user_id__in=user_ids, key=LANGUAGE_KEY)
        chosen = {user_id: str(value) for user_id, value in rows.values_list("user_id", "value") if value}
        return {user_id: chosen.get(user_id, settings.LANGUAGE_CODE) for user_id in user_ids}

    def zone(self, user_id: int) -> str:
        """See `Host.zone`."""
        return self._preference(user_id, "time_zone")

    def zone_seen(self, user_id: int) -> str:
        """See `Host.zone_seen`; the courseware notes it once a day."""
        from lms.djangoapps.courseware.models import LastSeenCoursewareTimezone

        seen = LastSeenCoursewareTimezone.objects.filter(user_id=user_id)
        return seen.values_list("last_seen_courseware_timezone", flat=True).first() or ""

    def anonymous_id(self, user_id: int, course_key: CourseKey) -> str:
        """See `Host.anonymous_id`."""
        from common.djangoapps.student.models import anonymous_id_for_user

        return anonymous_id_for_user(get_user_model().objects.get(id=user_id), course_key)

    def user_for_anonymous_id(self, anonymous_id: str, course_key: CourseKey) -> int | None:
        """See `Host.user_for_anonymous_id`."""
        from common.djangoapps.student.models import user_by_anonymous_id

        user = user_by_anonymous_id(anonymous_id)
        return None if user is None else user.id

    def looking_as_learner(self, course_key: CourseKey) -> int | None:
        """See `Host.looking_as_learner`."""
        return access.looking_as_learner(course_key)

    def may_open(self, user_id: int, usage_key: UsageKey) -> bool:
        """See `Host.may_open`."""
        return access.may_open(user_id, usage_key)

    def is_draft(self, block: XBlock) -> bool:
        """See `Host.is_draft`; the block's runtime says from which branch of the course it was read."""
        from xmodule.modulestore import ModuleStoreEnum

        branch = block.runtime.course_entry.course_key.branch
        is_draft: bool = branch == ModuleStoreEnum.BranchName.draft
        return is_draft

    def in_languages(self, block: XBlock) -> Mapping[str, XBlock]:
        """Return the block alone: a language is a course of its own here."""
        return {"": block}

    def titles_in_languages(self, usage_key: UsageKey) -> Mapping[str, str]:
        """Return none, for the same reason."""
        return {}

    def due_date(self, user_id: int, usage_key: UsageKey) -> datetime | None:
        """See `Host.due_date`."""
        return dates.due_dates([user_id], usage_key)[user_id]

    def due_dates(self, user_ids: Collection[int], usage_key: UsageKey) -> dict[int, datetime | None]:
        """See `Host.due_dates`."""
        return dates.due_dates(user_ids, usage_key)

    def due_of_bound(self, block: XBlock, user_id: int) -> datetime | None:
        """See `Host.due_of_bound`; the platform has read the person's dates when it bound the block."""
        return block.due

    def absolute(self, path: str) -> str:
        """See `Host.absolute`."""
        return getattr(settings, "LMS_ROOT_URL", "") + path

    def course_url(self, course_key: CourseKey) -> str:
        """See `Host.course_url`; the home of the course in the learning MFE, or where the site has put it."""
        from openedx.features.course_experience import course_home_url

        found: str = course_home_url(course_key)
        return found

    def block_url(self, usage_key: UsageKey) -> str:
        """See `Host.block_url`; the platform finds the unit by itself."""
        return self.absolute(f"/courses/{usage_key.course_key}/jump_to/{usage_key}")

    def book_grade(self, *, user_id: int, usage_key: UsageKey, earned: Decimal, possible: Decimal) -> None:
        """See `Host.book_grade`."""
        grades.book_grade(user_id=user_id, usage_key=usage_key, earned=earned, possible=possible)

    def excuse(self, *, user_id: int, usage_key: UsageKey) -> None:
        """See `Host.excuse`."""
        grades.excuse(user_id=user_id, usage_key=usage_key)

    def forget_result(self, *, user_id: int, usage_key: UsageKey) -> None:
        """See `Host.forget_result`."""
        grades.forget_result(user_id=user_id, usage_key=usage_key)

    def complete(self, *, user_id: int, usage_key: UsageKey, fraction: float) -> None:
        """See `Host.complete`."""
        grades.complete(user_id=user_id, usage_key=usage_key, fraction=fraction)

    def award_certificate(self, *, user_id: int, course_key: CourseKey) -> None:
        """See `Host.award_certificate`."""
        certificates.award(user_id=user_id, course_key=course_key)

    def withdraw_certificate(self, *, user_id: int, course_key: CourseKey, by_id: int | None, reason: str) -> None:
        """See `Host.withdraw_certificate`."""
        certificates.withdraw(user_id=user_id, course_key=course_key, by_id=by_id, reason=reason)

    def certificate_url(self, *, user_id: int, course_key: CourseKey) -> str:
        """See `Host.certificate_url`."""
        return certificates.address_of(user_id=user_id, course_key=course_key)

    def defer(self, name: str, *ids: str | int) -> None:
        """See `Host.defer`; a task of Celery. Without a broker the click goes on, and the regular run does the job."""
        from iciinsmes.tasks import send

        # Functions here, because Django looks for their names when it logs a failure.
        transaction.on_commit(lambda: send(name, *ids), robust=True)

    def publish_event(self, name: str, data: Mapping[str, Value], course_key: CourseKey) -> None:
        """See `Host.publish_event`; a tracking event, and a signal where openedx-events is installed."""
        found = checked(name, data)
        transaction.on_commit(lambda: _emit(name, found, course_key), robust=True)

    def _preference(self, user_id: int, key: str) -> str:
        from openedx.core.djangoapps.user_api.models import UserPreference

        found = UserPreference.objects.filter(user_id=user_id, key=key).values_list("value", flat=True).first()
        return found or ""


def _emit(name: str, data: Mapping[str, Value], course_key: CourseKey) -> None:
    """Emit a tracking event in the course's context, without addresses, and send the signal of the same name.

    The tracking log is where xAPI takes events from. Tried on Teak (common/djangoapps/track/contexts.py,
    eventtracking/tracker.py).
    """
    from common.djangoapps.track import contexts
    from eventtracking import tracker

    # Addresses of plugins name no course run that the platform would know.
    context = {**contexts.course_context_from_course_id(course_key), **_ADDRESSES}
    with tracker.get_tracker().context("iciinsmes", context):
        tracker.emit(name, dict(data))
    if find_spec("openedx_events"):
        from iciinsmes.platform.openedx.public_signals import send

        send(name, data, course_key)
