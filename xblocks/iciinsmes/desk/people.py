"""Names of learners, graders and firms, asked once for a whole page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies.api import companies_by_id
from iciinsmes.lib.sentences import listed
from iciinsmes.platform import host
from iciinsmes.platform.host import labelled


@dataclass(frozen=True)
class People:
    """Names by user id, names of firms by company id, and who no longer takes part in the course run."""

    names: Mapping[int, str]
    companies: Mapping[int, str]
    gone: frozenset[int] = frozenset()

    def name(self, user_id: int | None) -> str:
        """Return the display name; accounts that are gone have none."""
        return self.names.get(user_id or 0) or _("Somebody without an account")

    def listed(self, user_ids: Iterable[int]) -> str:
        """Return the names as a sentence lists them, empty for nobody."""
        return listed(self.name(user_id) for user_id in user_ids)

    def company(self, company_id: int | None) -> str:
        """Return the firm's name, empty for none."""
        return self.companies.get(company_id or 0, "")


def people(
    *,
    user_ids: Collection[int | None],
    course_key: CourseKey,
    company_ids: Collection[int | None] = (),
    companies: Mapping[int, str] | None = None,
) -> People:
    """Return the names of people and of firms, in two queries at most.

    Args:
        user_ids: the people.
        course_key: the course run.
        company_ids: the firms.
        companies: names of firms that are known already, by their ids.
    """
    known_firms = companies or {}
    known = {user_id for user_id in user_ids if user_id is not None}
    found = host().people(known, course_key)
    return People(
        names={user_id: person.label for user_id, person in found.items()},
        companies={**known_firms, **_companies(set(company_ids) - known_firms.keys())},
        gone=frozenset(user_id for user_id, person in found.items() if not person.takes_part),
    )


def people_anywhere(*, user_ids: Collection[int]) -> People:
    """Return the names of people of several course runs, in two queries.

    Who has a namesake where is a question to each run, so everybody is named with the user name.
    """
    known = set(user_ids)
    usernames = dict(get_user_model().objects.filter(pk__in=known).values_list("pk", "username"))
    return People(names=labelled(host().names(known), usernames, known), companies={})


def _companies(company_ids: Collection[int | None]) -> dict[int, str]:
    wanted = {company_id for company_id in company_ids if company_id is not None}
    return {key: company.name for key, company in companies_by_id(company_ids=wanted).items()} if wanted else {}
