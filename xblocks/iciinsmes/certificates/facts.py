"""What other rooms know of learners, gathered for many at once: the number of queries does not grow with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date

from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.companies import api as companies
from iciinsmes.companies.data import CompanyData
from iciinsmes.exercises import api as exercises
from iciinsmes.projects import api as projects
from iciinsmes.self_check import api as self_check
from iciinsmes.toolbox import api as toolbox

from . import rules
from .course_types import type_of
from .data import CertificateCriterion, CertificateStandingData, Criteria, LearnerFacts, TaskFact
from .models import Attendance, TeacherWord, TrainingSession

_WAIVED = "waived"
#: A task of which an answer comes from the final report of the project grades this report.
_REPORT = "project.report"


def standings(
    *,
    learner_ids: Collection[int],
    course_key: CourseKey,
    criteria: Criteria,
    firms: Mapping[int, CompanyData] | None = None,
) -> dict[int, CertificateStandingData]:
    """Return where each of these learners stands now; about ten queries for any number of them.

    Args:
        learner_ids: the learners.
        course_key: the run.
        criteria: what it asks for.
        firms: by learner, where they are known already.
    """
    kind = type_of(criteria.kind)
    known = firms if firms is not None else companies.companies_of(user_ids=learner_ids, course_key=course_key)
    found = _facts(list(learner_ids), course_key, criteria, known)
    return {learner_id: rules.judge(kind, criteria, each) for learner_id, each in found.items()}


def _facts(
    ids: list[int], course_key: CourseKey, criteria: Criteria, firms: Mapping[int, CompanyData]
) -> dict[int, LearnerFacts]:
    wanted = set(rules.asked(type_of(criteria.kind), criteria))
    sessions = (
        TrainingSession.objects.filter(course_key=course_key).count() if CertificateCriterion.SESSIONS in wanted else 0
    )
    attended = _attended(ids, course_key) if sessions else {}
    tools = _tools(ids, course_key, criteria) if CertificateCriterion.TOOLS in wanted else {}
    tasks = _tasks(ids, course_key) if {CertificateCriterion.ASSIGNMENTS, CertificateCriterion.REPORT} & wanted else {}
    checks = (
        self_check.sent_counts(owner_ids=ids, course_key=course_key)
        if CertificateCriterion.SELF_CHECK in wanted
        else {}
    )
    reached = {}
    if {CertificateCriterion.GATE, CertificateCriterion.TALK} & wanted:
        company_ids = {firm.id for firm in firms.values()}
        reached = projects.reached_by_companies(course_key=course_key, company_ids=company_ids)
    words = _words(ids, course_key)
    found = {}
    for learner_id in ids:
        firm = firms.get(learner_id)
        project = reached.get(firm.id) if firm else None
        found[learner_id] = LearnerFacts(
            sessions=sessions,
            attended=attended.get(learner_id, 0),
            tools=tools.get(learner_id, {}),
            tasks=tasks.get(learner_id, ()),
            self_checks=checks.get(learner_id, 0),
            gates=project.passed if project else None,
            stopped=project.stopped if project else False,
            talked=project.talked if project else None,
            words=words.get(learner_id, {}),
        )
    return found


def _attended(ids: list[int], course_key: CourseKey) -> Counter[int]:
    rows = Attendance.objects.filter(learner_id__in=ids, session__course_key=course_key)
    return Counter(rows.values_list("learner_id", flat=True))


def _tools(ids: list[int], course_key: CourseKey, criteria: Criteria) -> dict[int, dict[str, bool]]:
    """Return by learner the codes of tools that were used, with whether own data were."""
    codes = {
        toolbox.find_instrument(name=code).key: code
        for place in rules.places(type_of(criteria.kind), criteria)
        for code in place
    }
    used = exercises.tools_used(owner_ids=ids, course_key=course_key, instruments=list(codes))
    return {
        owner_id: {codes[instrument]: is_own for instrument, is_own in tools.items()}
        for owner_id, tools in used.items()
    }


def _tasks(ids: list[int], course_key: CourseKey) -> dict[int, tuple[TaskFact, ...]]:
    asked = assignments.tasks_of(course_key=course_key)
    cells = assignments.cells(user_ids=ids, course_key=course_key)
    found = {}
    for learner_id in ids:
        facts = []
        for task in asked:
            cell = cells.get((learner_id, task.usage_key))
            state = "" if cell is None else _WAIVED if cell.is_waived else cell.state
            facts.append(TaskFact(str(task.usage_key), task.title, state, is_report=_REPORT in task.sources))
        found[learner_id] = tuple(facts)
    return found


def _words(ids: list[int], course_key: CourseKey) -> dict[int, dict[CertificateCriterion, date]]:
    rows = TeacherWord.objects.filter(course_key=course_key, learner_id__in=ids)
    found: dict[int, dict[CertificateCriterion, date]] = {}
    for learner_id, criterion, day in rows.values_list("learner_id", "criterion", "shown_on"):
        found.setdefault(learner_id, {})[CertificateCriterion(criterion)] = day
    return found
