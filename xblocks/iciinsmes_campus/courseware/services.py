"""What blocks may ask their host for, under the platform's names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.utils import timezone, translation
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.completable import XBlockCompletionMode
from xblock.reference.user_service import UserService, XBlockUser
from xblock.runtime import NullI18nService

from iciinsmes.lib import dates
from iciinsmes.platform import STAFF, Role, zones
from iciinsmes_campus.learning import api as learning

_PLATFORM_ROLES = {Role.LEARNER: "student", Role.TEACHER: "staff", Role.COORDINATOR: "instructor"}
_STATIC = re.compile(r"""(?P<quote>\\?["']|&quot;|&\#39;)/static/(?P<path>[^"'&\\]+)""")
_JUMP = re.compile(r"""(?P<quote>\\?["'])/jump_to_id/(?P<name>[^"'\\/?#]+)/?""")


class CampusUserService(UserService):
    """The person of the request, with the attribute names that the platform uses."""

    def __init__(self, user: Any, course_key: CourseKey, roles: frozenset[Role]) -> None:
        super().__init__()
        self._user = user
        self._course_key = course_key
        self._roles = roles

    def get_current_user(self) -> XBlockUser:
        """Return the person; a visitor has no id and no name."""
        known = self._user is not None and self._user.is_authenticated
        if not known:
            visitor = XBlockUser(is_current_user=True)
            visitor.opt_attrs["edx-platform.is_authenticated"] = False
            visitor.opt_attrs["edx-platform.user_is_staff"] = False
            return visitor
        user = XBlockUser(
            is_current_user=True,
            emails=[self._user.email] if self._user.email else [],
            full_name=self._user.get_full_name() or self._user.get_username(),
        )
        role = min(self._roles, default=None, key=lambda role: role.value)
        user.opt_attrs.update(
            {
                "edx-platform.anonymous_user_id": learning.anonymous_id(self._user.pk, self._course_key),
                "edx-platform.deprecated_anonymous_user_id": learning.anonymous_id(self._user.pk),
                "edx-platform.is_authenticated": True,
                "edx-platform.request_country_code": None,
                "edx-platform.user_id": self._user.pk,
                "edx-platform.user_is_beta_tester": False,
                "edx-platform.user_is_global_staff": False,
                "edx-platform.user_is_staff": bool(self._roles & STAFF),
                "edx-platform.user_preferences": {"pref-lang": translation.get_language()},
                "edx-platform.user_role": _PLATFORM_ROLES[role] if role else "student",
                "edx-platform.username": self._user.get_username(),
            }
        )
        return user

    def get_anonymous_user_id(self, username: str, course_id: str) -> str | None:
        """Return another person's anonymous id; as on the platform, for staff only."""
        if not self._roles & STAFF or str(self._course_key) != course_id:
            return None
        found = get_user_model().objects.filter(**{get_user_model().USERNAME_FIELD: username}).first()
        return learning.anonymous_id(found.pk, self._course_key) if found else None


class CampusI18nService(NullI18nService):
    """Django's translations in the reader's language."""

    def __getattr__(self, name: str) -> Any:
        return getattr(translation, name)

    @property
    def ugettext(self) -> Callable[[str], str]:
        """Return gettext under its old name."""
        return translation.gettext

    @property
    def ungettext(self) -> Callable[[str, str, int], str]:
        """Return ngettext under its old name."""
        return translation.ngettext

    def strftime(self, dtime: Any, format: str) -> str:
        """Return a moment as people of the reader's language write it; platform's short names or a strftime format."""
        ways = {"SHORT_DATE": dates.short, "LONG_DATE": dates.long, "TIME": dates.clock, "DATE_TIME": dates.moment}
        local = timezone.localtime(dtime) if timezone.is_aware(dtime) else dtime
        if format == "DATE_TIME" and timezone.is_aware(dtime):
            return zones.moment(dtime)
        return ways[format](local) if format in ways else str(local.strftime(format))


class NoSandbox:
    """Says that no author's code is run here."""

    def can_execute_unsafe_code(self) -> bool:
        """Return False."""
        return False

    def get_python_lib_zip(self) -> None:
        """Return None: courses bring no library."""
        return


class NoXQueue:
    """Stands in for the queue of an external grader: there is none."""

    interface = None
    default_queuename = ""
    waittime = 0

    def construct_callback(self, dispatch: str = "score_update") -> str:
        """Return no address: nobody calls back."""
        return ""


class CampusCache:
    """The process' cache under the platform's small interface."""

    def get(self, key: str, *args: Any, **kwargs: Any) -> Any:
        """Return a cached value."""
        return cache.get(key, *args, **kwargs)

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        """Cache a value."""
        cache.set(key, value, *args, **kwargs)


class ReplaceUrls:
    """Turns the short addresses that authors write into those of this campus.

    Args:
        static_url: returns the address of a course's file, or None if the course has no such file. The platform's own
            files share the prefix ``/static/``, so a file that the course does not have is left alone.
        jump_url: returns the address of a block by its url_name, or None.
    """

    def __init__(self, static_url: Callable[[str], str | None], jump_url: Callable[[str], str | None]) -> None:
        self._static_url = static_url
        self._jump_url = jump_url

    def replace_urls(self, text: str, static_replace_only: bool = False) -> str:
        """Return ``text`` with ``/static/…`` and ``/jump_to_id/…`` in quotes replaced."""

        def static(match: re.Match[str]) -> str:
            path, mark, rest = _split(match["path"])
            url = self._static_url(path)
            return match[0] if url is None else f"{match['quote']}{url}{mark}{rest}"

        def jump(match: re.Match[str]) -> str:
            url = self._jump_url(match["name"])
            return match[0] if url is None else f"{match['quote']}{url}"

        if "/static/" in text:
            text = _STATIC.sub(static, text)
        if not static_replace_only and "/jump_to_id/" in text:
            text = _JUMP.sub(jump, text)
        return text


def _split(path: str) -> tuple[str, str, str]:
    for mark in "?#":
        if mark in path:
            return path.partition(mark)
    return path, "", ""


class CompletionService:
    """What a block may ask about completion; the same small interface as edx-completion's."""

    def __init__(self, user_id: int | None, course_key: CourseKey) -> None:
        self._user_id = user_id
        self._course_key = course_key

    def completion_tracking_enabled(self) -> bool:
        """Return True: the campus always keeps completion."""
        return True

    def get_completions(self, candidates: list[UsageKey]) -> dict[UsageKey, float]:
        """Return the completion of each candidate, 0.0 where there is none."""
        done: Mapping[UsageKey, float] = {}
        if self._user_id is not None:
            done = learning.completions(user_id=self._user_id, course_key=self._course_key)
        return {key: done.get(key, 0.0) for key in candidates}

    def can_mark_block_complete_on_view(self, block: Any) -> bool:
        """Tell whether being seen is all a learner has to do."""
        return (
            XBlockCompletionMode.get_mode(block) == XBlockCompletionMode.COMPLETABLE
            and not getattr(block, "has_custom_completion", False)
            and not getattr(block, "has_score", False)
        )
