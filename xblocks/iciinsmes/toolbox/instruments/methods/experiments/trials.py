"""A prototype test: the System Usability Scale, problems found, and its table read customer by customer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ... import framework as fw

#: Share of people who run into a problem, averaged over many tests (Nielsen and Landauer 1993).
_MEETS_PROBLEM = 0.31


#: Between two scores of one person.
_STEP = 2.5


def usability_score(answers: Sequence[int]) -> float:
    """Return the System Usability Scale of one person, 0 to 100 (Brooke 1996).

    Args:
        answers: ten, 1 to 5 each; odd ones praise, even ones blame.
    """
    praise = sum(answer - 1 for answer in answers[::2])
    blame = sum(5 - answer for answer in answers[1::2])
    return 2.5 * (praise + blame)


def problems_found(people: int) -> float:
    """Return which share of the problems so many people meet together, 0 to 1, if 31 % meet each of them."""
    return 1 - (1 - _MEETS_PROBLEM) ** people


def mean_interval(values: Sequence[float]) -> fw.Interval:
    """Return the mean score with its 95 % interval by Student's distribution, which is right for few people, too.

    Args:
        values: at least two scores.
    """
    return fw.mean_interval(values, fw.rounding_variance(_STEP), fw.student_limit(len(values) - 1))


QUESTIONS = tuple(f"sus{number}" for number in range(1, 11))

#: How disappointed somebody would be without it, strongest first.
FEELINGS = ("very", "somewhat", "not")


class Trial(NamedTuple):
    """One customer: ``answers`` are the ten of the System Usability Scale, ``score`` their points, None if not all."""

    user: str
    managed_all: bool
    answers: tuple[int, ...] | None
    score: float | None
    feeling: str


class TrialTask(NamedTuple):
    """One task: how many tried it, how many of them managed it, and the median seconds of those that did."""

    name: str
    tried: int
    managed: int
    seconds: float | None


class UsabilityProblem(NamedTuple):
    """One problem: how many customers met it, and the highest severity somebody gave it, 1 to 4."""

    name: str
    met_by: int
    severity: int

    @property
    def weight(self) -> int:
        """Severity times frequency."""
        return self.severity * self.met_by


def read_trials(table: fw.Table) -> list[Trial]:
    """Return the customers in the order of their keys; who tried a task twice has managed it if both went well."""
    success, feelings = table.maybe_flags("success"), table.texts("disappointed")
    columns = [table.maybe_numbers(question) for question in QUESTIONS]
    found = []
    for user, rows in sorted(fw.grouped(table.texts("user")).items()):
        complete = sorted(
            tuple(int(answer) for answer in answers if answer is not None)
            for answers in ([column[row] for column in columns] for row in rows)
            if None not in answers
        )
        scores = [usability_score(answers) for answers in complete]
        score = math.fsum(scores) / len(scores) if scores else None
        # Who contradicts himself counts with the weaker word.
        said = [FEELINGS.index(feelings[row]) for row in rows if feelings[row]]
        feeling = FEELINGS[max(said)] if said else ""
        answers = complete[0] if len(complete) == 1 else None
        found.append(Trial(user, all(success[row] for row in rows), answers, score, feeling))
    return found


def half_answered(table: fw.Table) -> int:
    """Return how many rows have some, but not all ten answers of the System Usability Scale."""
    rows = zip(*(table.maybe_numbers(question) for question in QUESTIONS), strict=True)
    return sum(0 < sum(answer is not None for answer in answers) < len(QUESTIONS) for answers in rows)


def read_tasks(table: fw.Table) -> list[TrialTask]:
    """Return the tasks, those that fewest managed first."""
    users, success, seconds = table.texts("user"), table.maybe_flags("success"), table.maybe_numbers("seconds")
    tasks = []
    for name, rows in fw.grouped(table.texts("task")).items():
        groups = fw.grouped(users[row] for row in rows).values()
        managed = [[rows[index] for index in group] for group in groups if all(success[rows[index]] for index in group)]
        times = [time for group in managed for row in group if (time := seconds[row]) is not None]
        tasks.append(TrialTask(name, len(groups), len(managed), fw.quantile(times, 0.5) if times else None))
    return sorted(tasks, key=lambda task: (task.managed / task.tried, task.name))


def read_problems(table: fw.Table) -> list[UsabilityProblem]:
    """Return the problems, the weightiest first; one without a severity counts as slight."""
    users, severities = table.texts("user"), table.maybe_numbers("severity")
    problems = []
    for name, rows in fw.grouped(table.texts("problem")).items():
        if name:
            severity = max(int(severities[row] or 1) for row in rows)
            problems.append(UsabilityProblem(name, len(fw.grouped(users[row] for row in rows)), severity))
    return sorted(problems, key=lambda problem: (-problem.weight, problem.name))


def first_day(days: Sequence[date | None]) -> date | None:
    """Return the day of the first test; None if any test has no day."""
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None
