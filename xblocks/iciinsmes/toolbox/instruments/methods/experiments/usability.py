"""What a test of a prototype measures: System Usability Scale, problems found, and means of few people."""

from __future__ import annotations

import math
from collections.abc import Sequence

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
    n = len(values)
    mean = math.fsum(values) / n
    variance = max(math.fsum((value - mean) ** 2 for value in values) / (n - 1), fw.rounding_variance(_STEP))
    half = fw.student_limit(n - 1) * math.sqrt(variance / n)
    return fw.Interval(mean, mean - half, mean + half)
