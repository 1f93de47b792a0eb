"""The figures of a course run, with small groups hidden; what is shown here is all that a report ever sees.

Levels are Kirkpatrick's: reaction, learning, transfer, results. Their questions and indicators are in
docs/reference/evaluation.md. The number of queries does not grow with firms, and with learners only where answers of
staff and standings of completers are read some hundred at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.certificates import api as certificates
from iciinsmes.companies import api as companies
from iciinsmes.exercises import api as exercises
from iciinsmes.lib.suppression import FEWEST
from iciinsmes.mentors import api as mentors
from iciinsmes.platform import host, zones
from iciinsmes.projects import api as projects
from iciinsmes.projects.data import Light
from iciinsmes.self_check import api as self_check

from . import rules
from .data import KEPT, MONTHS, STATEMENTS, Figure, Figures, Obstacle, RunFacts
from .models import EvaluatedRun, ReactionBlock
from .serializers import published_data

#: Learners whose standings are read together.
_AT_ONCE = 500
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


def figures_of(facts: RunFacts) -> Figures:
    """Return what may be shown of a run; of one with fewer than five learners nothing.

    Args:
        facts: of the run.
    """
    course_key = facts.course_key
    learner_ids = set(host().learners(course_key).values_list("pk", flat=True))
    starters = len(learner_ids)
    today = timezone.localdate(timezone=zones.of_site())
    found: dict[str, Figure | None] = {
        "starters": Figure(Decimal(starters), starters),
        **_through(course_key, learner_ids),
        "feedback_days": rules.mean(list(_feedback_days(course_key))),
        **_lights(course_key),
        **_reactions(course_key),
        **_learning(course_key),
        "confirmed": rules.share(min(mentors.confirmed_owners(course_key=course_key), starters), starters),
        **_kept(course_key),
        **_results(facts, today),
    }
    return dict.fromkeys(found) if 0 < starters < FEWEST else found


def _through(course_key: CourseKey, learner_ids: set[int]) -> dict[str, Figure | None]:
    """Return who has done all assignments, and who of them has all that the certificate asks for.

    Of a run without assignments nothing is known, nor of certificates where nobody has chosen what one asks for.
    """
    needed = len(assignments.assignments_of(course_key=course_key))
    unknown = Figure(Decimal(0), 0)
    if not needed:
        return dict.fromkeys(("completers", "certificates"), unknown)
    done = assignments.done_counts(course_key=course_key)
    completers = [user_id for user_id in learner_ids if done.get(user_id, 0) >= needed]
    criteria = certificates.criteria_of(course_key=course_key)
    if criteria is None:
        return {"completers": rules.share(len(completers), len(learner_ids)), "certificates": unknown}
    complete = 0
    for first in range(0, len(completers), _AT_ONCE):
        some = completers[first : first + _AT_ONCE]
        firms = companies.companies_of(user_ids=some, course_key=course_key)
        found = certificates.complete_among(learner_ids=some, course_key=course_key, criteria=criteria, firms=firms)
        complete += len(found)
    return rules.ways(len(learner_ids), len(completers), complete)


def _feedback_days(course_key: CourseKey) -> Iterator[int]:
    """Yield how many working days of the staff each answer took."""
    is_working = projects.answer_times(course_keys=[course_key])[course_key].is_working

    @cache
    def between(first: date, last: date) -> int:
        return projects.working_days(first, last, is_working)

    zone = zones.of_site()
    for each in assignments.answers(course_key=course_key, since=_EVER):
        yield between(each.asked_at.astimezone(zone).date(), each.answered_at.astimezone(zone).date())


def _lights(course_key: CourseKey) -> dict[str, Figure | None]:
    counts = projects.light_counts(course_key=course_key)
    keys = [*(light.value for light in Light), projects.ENDED]
    return {f"light_{key}": figure for key, figure in rules.parts({key: counts[key] for key in keys}).items()}


def _reactions(course_key: CourseKey) -> dict[str, Figure | None]:
    """Return sums over all cycles of what is published; what is not is in no report either."""
    contents = ReactionBlock.objects.filter(course_key=course_key).values_list("published", flat=True)
    found = [published_data(content) for content in contents]
    answers = sum(each.answers for each in found)
    ratings = {key: sum(each.sums.get(key, 0) for each in found) for key in STATEMENTS}
    stopped = {each.value: sum(cycle.obstacles.get(each.value, 0) for cycle in found) for each in Obstacle}
    return {
        **{f"reaction_{key}": rules.mean_of_sum(total, answers) for key, total in ratings.items()},
        **{f"stopped_{key}": rules.share(count, answers) for key, count in stopped.items()},
    }


def _learning(course_key: CourseKey) -> dict[str, Figure | None]:
    tries = exercises.first_and_best(course_key=course_key)
    checks = self_check.before_and_after(course_key=course_key)
    found = {
        "exercise_first": rules.mean([rules.percent(first) for first, _best in tries]),
        "exercise_best": rules.mean([rules.percent(best) for _first, best in tries]),
    }
    for axis, name in enumerate(("responsive", "proactive")):
        both = [(b, a) for b, a in ((before[axis], after[axis]) for before, after in checks) if None not in (b, a)]
        found[f"{name}_before"] = rules.mean([before for before, _after in both if before is not None])
        found[f"{name}_after"] = rules.mean([after for _before, after in both if after is not None])
    return found


def _kept(course_key: CourseKey) -> dict[str, Figure | None]:
    row = EvaluatedRun.objects.filter(course_key=course_key).first()
    found: dict[str, Figure | None] = {}
    for months in MONTHS:
        published = published_data(row.published.get(str(months)) if row else None)
        for key in KEPT:
            found[f"{key}_{months}"] = rules.share(published.sums.get(key, 0), published.answers)
    return found


def _results(facts: RunFacts, today: date) -> dict[str, Figure | None]:
    """Return how far KPIs have come, and how many projects have reached their goal: the mean of their KPIs is there."""
    spans = rules.spans_of(facts.ends_on, today)
    rows = projects.ways_within(course_key=facts.course_key, spans=list(spans.values()))
    found: dict[str, Figure | None] = {}
    for number, when in enumerate(("end", *map(str, MONTHS))):
        known = [row[number] for row in rows if row[number] is not None] if when in spans else []
        ways = [way for way in known if way is not None]
        found[f"way_{when}"] = rules.mean([rules.percent(way) for way in ways])
        found[f"success_{when}"] = rules.share(sum(way >= 1 for way in ways), len(ways))
    return found
