"""Names of learners, graders and firms, asked once for a whole page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies.api import companies_of
from iciinsmes.platform import host


@dataclass(frozen=True)
class People:
    """Names by user id, and who no longer takes part in the course run."""

    names: Mapping[int, str]
    companies: Mapping[int, str]
    gone: frozenset[int] = frozenset()

    def name(self, user_id: int | None) -> str:
        """Return the display name; accounts that are gone have none."""
        return self.names.get(user_id or 0) or _("Somebody without an account")

    def listed(self, user_ids: Iterable[int]) -> str:
        """Return the names as a sentence lists them, empty for nobody."""
        return get_text_list([self.name(user_id) for user_id in user_ids], _("and"))

    def company(self, user_id: int) -> str:
        """Return the firm's name, empty for a person without a firm."""
        return self.companies.get(user_id, "")


def people(*, user_ids: Collection[int | None], course_key: CourseKey) -> People:
    """Return names and firms of all of them, in two queries."""
    known = {user_id for user_id in user_ids if user_id is not None}
    firms = companies_of(user_ids=known, course_key=course_key)
    found = host().people(known, course_key)
    return People(
        names={user_id: person.label for user_id, person in found.items()},
        companies={user_id: company.name for user_id, company in firms.items()},
        gone=frozenset(user_id for user_id, person in found.items() if not person.takes_part),
    )
