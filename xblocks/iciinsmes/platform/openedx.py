"""Open edX as host: the only module that imports the platform, and only inside functions.

Facts about these calls are in the decision on grades and completion; each is tested against a stand-in of exactly
that call.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.contrib.auth import get_user_model
from edx_django_utils.cache import RequestCache
from opaque_keys.edx.keys import CourseKey, UsageKey

from .host import Access, CourseInfo, PersonInfo, Role, labelled

#: Access roles of the platform, and what they are here. "limited_staff" cannot see Studio, but grades.
_ROLES = {"staff": Role.TEACHER, "limited_staff": Role.TEACHER, "instructor": Role.COORDINATOR}

#: Type under which edx-submissions files results of all blocks of the add-on.
_ITEM_TYPE = "iciinsmes"


class OpenEdxHost:
    """Implements `iciinsmes.platform.Host` inside the LMS; the read-only part also works in Studio."""

    def roles(self, user_id: int, course_key: CourseKey) -> frozenset[Role]:
        """See `Host.roles`; global staff are coordinators everywhere."""
        from common.djangoapps.student.models import CourseAccessRole, CourseEnrollment

        user = get_user_model().objects.filter(id=user_id, is_active=True).first()
        if user is None:
            return frozenset()
        found = {
            _ROLES[name]
            for name in CourseAccessRole.objects.filter(
                user_id=user_id, course_id=course_key, role__in=_ROLES
            ).values_list("role", flat=True)
        }
        if user.is_staff:
            found.add(Role.COORDINATOR)
        if CourseEnrollment.is_enrolled(user, course_key):
            found.add(Role.LEARNER)
        return frozenset(found)

    def staffed_courses(self, user_id: int) -> list[CourseInfo]:
        """See `Host.staffed_courses`; global staff see the courses in which they hold a role, not the whole site."""
        from common.djangoapps.student.models import CourseAccessRole
        from openedx.core.djangoapps.content.course_overviews.models import CourseOverview

        keys = set(
            CourseAccessRole.objects.filter(user_id=user_id, role__in=_ROLES).values_list("course_id", flat=True)
        )
        overviews = CourseOverview.get_from_ids(keys)
        courses = [CourseInfo(key, overview.display_name) for key, overview in overviews.items() if overview]
        return sorted(courses, key=lambda course: course.title)

    def staff_ids(self, course_key: CourseKey) -> list[int]:
        """See `Host.staff_ids`."""
        from common.djangoapps.student.models import CourseAccessRole

        rows = CourseAccessRole.objects.filter(course_id=course_key, role__in=_ROLES)
        return sorted(set(rows.values_list("user_id", flat=True)))

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
        """See `Host.book_grade`: through edx-submissions, whose score beats the block's own and names the learner.

        Submissions keep whole points, so both numbers are stored a hundredfold; the gradebook shows their ratio times
        the block's weight.
        """
        from submissions import api as submissions

        item = {
            "student_id": self.anonymous_id(user_id, usage_key.course_key),
            "course_id": str(usage_key.course_key),
            "item_id": str(usage_key),
            "item_type": _ITEM_TYPE,
        }
        existing = submissions.get_submissions(item, limit=1)
        # What was handed in stays in the add-on's tables; the submission is only the peg the score hangs on.
        submission = existing[0] if existing else submissions.create_submission(item, {})
        submissions.set_score(submission["uuid"], _hundredfold(earned), _hundredfold(possible))

    def forget_grade(self, *, user_id: int, usage_key: UsageKey) -> None:
        """See `Host.forget_grade`: the platform leaves this to blocks that clear a learner's state themselves."""
        from submissions import api as submissions

        student_id = self.anonymous_id(user_id, usage_key.course_key)
        submissions.reset_score(student_id, str(usage_key.course_key), str(usage_key), clear_state=True)

    def complete(self, *, user_id: int, usage_key: UsageKey, fraction: float) -> None:
        """See `Host.complete`; does nothing where the site has completion tracking switched off."""
        from completion.models import BlockCompletion
        from completion.waffle import ENABLE_COMPLETION_TRACKING_SWITCH

        if ENABLE_COMPLETION_TRACKING_SWITCH.is_enabled():
            user = get_user_model().objects.get(id=user_id)
            BlockCompletion.objects.submit_completion(user=user, block_key=usage_key, completion=fraction)

    def _preference(self, user_id: int, key: str) -> str:
        from openedx.core.djangoapps.user_api.models import UserPreference

        found = UserPreference.objects.filter(user_id=user_id, key=key).values_list("value", flat=True).first()
        return found or ""


def _hundredfold(points: Decimal) -> int:
    return int((points * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
