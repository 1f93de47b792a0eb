"""What the facts about a learner mean for the certificate: pure functions, without a table and a clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from .data import (
    CONFIRMED_BY_TEACHER,
    CertificateCriterion,
    CertificateStandingData,
    CourseType,
    Criteria,
    Gap,
    JudgedCriterion,
    LearnerFacts,
    Missing,
    TaskFact,
)

#: So many hours are a point, as many providers print them.
_HOURS_A_POINT = 25


def judge(kind: CourseType, criteria: Criteria, facts: LearnerFacts) -> CertificateStandingData:
    """Return where a learner stands: each criterion that the run asks for, in the order of pages.

    Args:
        kind: the type of course.
        criteria: what the run has chosen.
        facts: what rooms know of the learner.
    """
    judged = (_JUDGES[each](kind, criteria, facts) for each in asked(kind, criteria))
    return CertificateStandingData(tuple(each for each in judged if each is not None))


def asked(kind: CourseType, criteria: Criteria) -> tuple[CertificateCriterion, ...]:
    """Return the criteria that the run asks for, in their order."""
    wanted = set(kind.criteria) - {each for each in CertificateCriterion if each in criteria.left_out}
    return tuple(each for each in CertificateCriterion if each in wanted)


def places(kind: CourseType, criteria: Criteria) -> tuple[tuple[str, ...], ...]:
    """Return the places of core tools that the run asks for; any code of a place fills it."""
    return tuple(codes for codes in kind.tools if codes[0] not in criteria.left_out)


def sessions_needed(sessions: int, percent: int) -> int:
    """Return how many of the sessions are enough, rounded up: 80 % of 6 are 5."""
    return -(-sessions * percent // 100)


def points(hours: int) -> Decimal:
    """Return the hours as points, 25 hours each, rounded to the nearest half."""
    halves = (Decimal(hours) * 2 / _HOURS_A_POINT).quantize(Decimal(1), ROUND_HALF_UP)
    return halves / 2


def _sessions(_kind: CourseType, criteria: Criteria, facts: LearnerFacts) -> JudgedCriterion:
    if not facts.sessions:
        return JudgedCriterion(CertificateCriterion.SESSIONS, 0, 0, (Gap(Missing.NO_SESSIONS),))
    need = sessions_needed(facts.sessions, criteria.thresholds.sessions_percent)
    lack = need - facts.attended
    gaps = (Gap(Missing.SESSIONS, str(lack)),) if lack > 0 else ()
    return JudgedCriterion(CertificateCriterion.SESSIONS, facts.attended, need, gaps)


def _tools(kind: CourseType, criteria: Criteria, facts: LearnerFacts) -> JudgedCriterion | None:
    wanted = places(kind, criteria)
    if not wanted:
        return None
    done = [codes for codes in wanted if any(code in facts.tools for code in codes)]
    gaps = [Gap(Missing.TOOL, " ".join(codes)) for codes in wanted if codes not in done]
    own = sum(any(facts.tools.get(code, False) for code in codes) for codes in wanted)
    # Tools that are not done yet may still be done with own data.
    lack = min(criteria.thresholds.own_data, len(wanted)) - own - len(gaps)
    if lack > 0:
        gaps.append(Gap(Missing.OWN_DATA, str(lack)))
    return JudgedCriterion(CertificateCriterion.TOOLS, len(done), len(wanted), tuple(gaps))


def _assignments(kind: CourseType, criteria: Criteria, facts: LearnerFacts) -> JudgedCriterion:
    # What grades the report is asked for there, and is not missing twice.
    apart = CertificateCriterion.REPORT in asked(kind, criteria)
    wanted = [task for task in facts.tasks if task.key not in criteria.left_out and not (apart and task.is_report)]
    if not wanted:
        return JudgedCriterion(CertificateCriterion.ASSIGNMENTS, 0, 0, (Gap(Missing.NO_TASKS),))
    return _of_tasks(CertificateCriterion.ASSIGNMENTS, wanted)


def _report(_kind: CourseType, criteria: Criteria, facts: LearnerFacts) -> JudgedCriterion | None:
    """Judge the grading of the report, where the course has a task for it."""
    wanted = [task for task in facts.tasks if task.is_report and task.key not in criteria.left_out]
    return _of_tasks(CertificateCriterion.REPORT, wanted) if wanted else None


def _of_tasks(criterion: CertificateCriterion, tasks: list[TaskFact]) -> JudgedCriterion:
    gaps = tuple(Gap(Missing.TASK, task.key, task.title) for task in tasks if not task.is_done)
    return JudgedCriterion(criterion, len(tasks) - len(gaps), len(tasks), gaps)


def _gate(kind: CourseType, _criteria: Criteria, facts: LearnerFacts) -> JudgedCriterion:
    if facts.gates is None:
        return JudgedCriterion(CertificateCriterion.GATE, 0, 1, (Gap(Missing.NO_PROJECT),))
    # Honest failure does not cost the certificate: a stop with a reason is a result.
    is_met = facts.stopped or any(gate in facts.gates for gate in kind.gates)
    return JudgedCriterion(
        CertificateCriterion.GATE, int(is_met), 1, () if is_met else (Gap(Missing.GATE, str(min(kind.gates))),)
    )


def _self_check(_kind: CourseType, criteria: Criteria, facts: LearnerFacts) -> JudgedCriterion:
    need = criteria.thresholds.self_checks
    lack = need - facts.self_checks
    gaps = (Gap(Missing.SELF_CHECK, str(lack)),) if lack > 0 else ()
    return JudgedCriterion(CertificateCriterion.SELF_CHECK, min(facts.self_checks, need), need, gaps)


def _talk(kind: CourseType, _criteria: Criteria, facts: LearnerFacts) -> JudgedCriterion:
    if not kind.gates:
        return _word(CertificateCriterion.TALK, facts)
    is_met = facts.talked is True
    missing = Missing.TALK if facts.talked is None else Missing.TALK_AGAIN
    return JudgedCriterion(CertificateCriterion.TALK, int(is_met), 1, () if is_met else (Gap(missing),))


def _word(criterion: CertificateCriterion, facts: LearnerFacts) -> JudgedCriterion:
    is_met = criterion in facts.words
    return JudgedCriterion(criterion, int(is_met), 1, () if is_met else (Gap(Missing.WORD, criterion.value),))


def _word_of(criterion: CertificateCriterion) -> Callable[[CourseType, Criteria, LearnerFacts], JudgedCriterion]:
    return lambda _kind, _criteria, facts: _word(criterion, facts)


_JUDGES: Mapping[CertificateCriterion, Callable[[CourseType, Criteria, LearnerFacts], JudgedCriterion | None]] = {
    CertificateCriterion.SESSIONS: _sessions,
    CertificateCriterion.TOOLS: _tools,
    CertificateCriterion.ASSIGNMENTS: _assignments,
    CertificateCriterion.REPORT: _report,
    CertificateCriterion.GATE: _gate,
    CertificateCriterion.SELF_CHECK: _self_check,
    CertificateCriterion.TALK: _talk,
    **{each: _word_of(each) for each in CONFIRMED_BY_TEACHER},
}
