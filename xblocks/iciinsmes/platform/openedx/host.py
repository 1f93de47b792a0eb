"""What the add-on asks Open edX, as one class."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.contrib.auth import get_user_model
from edx_django_utils.cache import RequestCache
from opaque_keys.edx.keys import CourseKey, UsageKey

from ..host import Access, CourseInfo, PersonInfo, Role, labelled
from . import grades, roles


class OpenEdxHost:
    """Implements `iciinsmes.platform.Host` inside the LMS; the read-only part also works in Studio."""

    def roles(self, user_id: int, course_key: CourseKey) -> frozenset[Role]:
        """See `Host.roles`."""
        return roles.roles(user_id, course_key)

    def staffed_courses(self, user_id: int) -> list[CourseInfo]:
        """See `Host.staffed_courses`."""
        return roles.staffed_courses(user_id)

    def staff_ids(self, course_key: CourseKey) -> list[int]:
        """See `Host.staff_ids`."""
        return roles.staff_ids(course_key)

    def course(self, course_key: CourseKey) -> CourseInfo:
        """See `Host.course`."""
        from openedx.core.djangoapps.content.course_overviews.models import CourseOverview

        overview = CourseOverview.get_from_ids([course_key]).get(course_key)
        return CourseInfo(course_key, overview.display_name if overview else str(course_key))

    def names(self, user_ids: Collection[int]) -> dict[int, str]:
        """See `Host.names`; the full name of the profile, or the user name."""
        from common.djangoapps.student.models import UserProfile

        names = dict(get_user_model().objects.filter(id__in=user_ids).values_list("id", "username"))
        full_names = UserProfile.objects.filter(user_id__in=user_ids).values_list("user_id", "name")
        return names | {user_id: name for user_id, name in full_names if name}

    def people(self, user_ids: Collection[int], course_key: CourseKey) -> dict[int, PersonInfo]:
        """See `Host.people`; names are looked for on the whole site, where their column has an index."""
        from common.djangoapps.student.models import CourseAccessRole, CourseEnrollment, UserProfile

        ids = set(user_ids)
        users = {user.id: user for user in get_user_model().objects.filter(id__in=ids)}
        profiles = UserProfile.objects.filter(user_id__in=ids).values_list("user_id", "name")
        names = {user_id: user.username for user_id, user in users.items()}
        names |= {user_id: name for user_id, name in profiles if name}
        others = UserProfile.objects.filter(name__in=set(names.values())).values_list("user_id", "name")
        elsewhere = {name for user_id, name in others if user_id not in ids}
        here = set(
            CourseEnrollment.objects.filter(course_id=course_key, user_id__in=ids, is_active=True).values_list(
                "user_id", flat=True
            )
        )
        here |= set(
            CourseAccessRole.objects.filter(course_id=course_key, user_id__in=ids, role__in=_ROLES).values_list(
                "user_id", flat=True
            )
        )
        found = labelled(
            names,
            {user_id: user.username for user_id, user in users.items()},
            {user_id for user_id, name in names.items() if name in elsewhere},
        )
        return {
            user_id: PersonInfo(
                names[user_id], found[user_id], user.email, user.is_active, user_id in here or user.is_staff
            )
            for user_id, user in users.items()
        }

    def written_as(self, user_id: int) -> frozenset[str]:
        """See `Host.written_as`; the platform changes mail address and name before it tells that somebody retires."""
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

    def zone(self, user_id: int) -> str:
        """See `Host.zone`."""
        return self._preference(user_id, "time_zone")

    def anonymous_id(self, user_id: int, course_key: CourseKey) -> str:
        """See `Host.anonymous_id`."""
        from common.djangoapps.student.models import anonymous_id_for_user

        return anonymous_id_for_user(get_user_model().objects.get(id=user_id), course_key)

    def user_behind(self, anonymous_id: str, course_key: CourseKey) -> int | None:
        """See `Host.user_behind`."""
        from common.djangoapps.student.models import user_by_anonymous_id

        user = user_by_anonymous_id(anonymous_id)
        return None if user is None else user.id

    def access(self, user_id: int, usage_key: UsageKey) -> Access:
        """See `Host.access`: the platform's own check of the block and of everything above it.

        The check looks at one block's own settings, which a course made elsewhere may open below a part that is closed.
        A block that is gone is closed to nobody who has worked in it, but takes nothing more. Kept for the request,
        because a page asks more than once and each check is dear.
        """
        cache = RequestCache("iciinsmes.access")
        known = cache.get_cached_response(f"{user_id} {usage_key}")
        if known.is_found:
            return Access(known.value)
        found = self._access(user_id, usage_key)
        cache.set(f"{user_id} {usage_key}", found)
        return found

    def _access(self, user_id: int, usage_key: UsageKey) -> Access:
        from lms.djangoapps.courseware.access import has_access
        from openedx.core.djangoapps.content.course_overviews.models import CourseOverview
        from xmodule.modulestore.django import modulestore
        from xmodule.modulestore.exceptions import ItemNotFoundError

        course_key = usage_key.course_key
        user = get_user_model().objects.filter(id=user_id, is_active=True).first()
        if user is None:
            return Access.HIDDEN
        try:
            block = modulestore().get_item(usage_key)
        except ItemNotFoundError:
            return Access.ENDED
        if has_access(user, "staff", block, course_key):
            return Access.OPEN
        while block is not None:
            if not has_access(user, "load", block, course_key):
                return Access.HIDDEN
            block = block.get_parent()
        overview = CourseOverview.get_from_ids([course_key]).get(course_key)
        return Access.ENDED if overview is not None and overview.has_ended() else Access.OPEN

    def due_date(self, user_id: int, usage_key: UsageKey) -> datetime | None:
        """See `Host.due_date`: the nearest date on the way up from the block, with the person's extension."""
        from edx_when.api import get_dates_for_course
        from xmodule.modulestore.django import modulestore

        dates = get_dates_for_course(usage_key.course_key, user=user_id)
        block = modulestore().get_item(usage_key)
        authored = block.due
        while block is not None:
            found = dates.get((block.location, "due"))
            if found is not None:
                return found
            block = block.get_parent()
        return authored

    def absolute(self, path: str) -> str:
        """See `Host.absolute`."""
        return getattr(settings, "LMS_ROOT_URL", "") + path

    def block_url(self, usage_key: UsageKey) -> str:
        """See `Host.block_url`; the platform finds the unit by itself."""
        return self.absolute(f"/courses/{usage_key.course_key}/jump_to/{usage_key}")

    def book_grade(self, *, user_id: int, usage_key: UsageKey, earned: Decimal, possible: Decimal) -> None:
        """See `Host.book_grade`."""
        grades.book_grade(user_id=user_id, usage_key=usage_key, earned=earned, possible=possible)

    def forget_result(self, *, user_id: int, usage_key: UsageKey) -> None:
        """See `Host.forget_result`."""
        grades.forget_result(user_id=user_id, usage_key=usage_key)

    def complete(self, *, user_id: int, usage_key: UsageKey, fraction: float) -> None:
        """See `Host.complete`."""
        grades.complete(user_id=user_id, usage_key=usage_key, fraction=fraction)

    def _preference(self, user_id: int, key: str) -> str:
        from openedx.core.djangoapps.user_api.models import UserPreference

        found = UserPreference.objects.filter(user_id=user_id, key=key).values_list("value", flat=True).first()
        return found or ""
