"""A host that knows nothing of what it was asked before, as Open edX for a user object that was read anew."""

from __future__ import annotations

from edx_django_utils.cache import RequestCache
from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import Role
from iciinsmes_campus.host import CampusHost


class UncachedHost(CampusHost):
    """The campus without its memory of a request."""

    def roles(self, user_id: int, course_key: CourseKey) -> frozenset[Role]:
        """Return the roles as they stand in the database."""
        RequestCache.clear_all_namespaces()
        return super().roles(user_id, course_key)
