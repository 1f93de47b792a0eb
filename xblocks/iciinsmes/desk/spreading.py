"""All firms of a course run shared out evenly among some of its staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.waiting import api as waiting


@dataclass(frozen=True)
class SharedOut:
    """How many firms were given to somebody, and how many could not be."""

    firms: int
    left: int


def spread_evenly(course_key: CourseKey, people: Sequence[int], *, anew: bool) -> SharedOut:
    """Share out the firms of the course run, and what waits of learners without a firm.

    A firm goes to nobody who belongs to it, nor to a teacher who does not see all of its people.

    Args:
        course_key: the course run.
        people: who shares, of its staff.
        anew: whether also firms are shared out that somebody has already; else what these have counts for them.
    """
    firms = companies.ids_of_run(course_key=course_key)
    held = {} if anew else waiting.company_allocations(course_key=course_key)
    works = waiting.works_by_company(course_key=course_key)
    open_firms = [company_id for company_id in firms if company_id not in held]
    members = companies.members_by_company(company_ids=open_firms, course_key=course_key)
    barred = {company_id: {*members.get(company_id, ())} for company_id in open_firms}
    for person in people:
        limit = companies.limited_to(user_id=person, course_key=course_key)
        if limit is not None:
            seen = set(limit.values_list("id", flat=True))
            for company_id in open_firms:
                if not seen.issuperset(members.get(company_id, ())):
                    barred[company_id].add(person)
    load = dict.fromkeys(people, (0, 0))
    for company_id, person in held.items():
        if person in load:
            count, units = load[person]
            load[person] = count + works.get(company_id, 0), units + 1
    found = waiting.spread(
        {company_id: works.get(company_id, 0) for company_id in open_firms}, people, barred=barred, load=load
    )
    waiting.allocate_companies(course_key=course_key, to=dict(found))
    alone = waiting.works_without_company(course_key=course_key)
    given = waiting.spread(alone, people, barred={owner_id: {owner_id} for owner_id in alone})
    waiting.allocate_works_of(course_key=course_key, to=given)
    return SharedOut(firms=len(found), left=len(open_firms) - len(found))
