"""Which figures may be shown, and when something new may be: pure functions.

Two looks at the same figures must not tell one new answer, so figures change in steps of five people. And nothing that
is hidden must be computed from sums, so sums hold only what is shown anyway.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from iciinsmes.lib.suppression import FEWEST, shown_counts

from .data import HIGHEST, KEPT, LOWEST, STATEMENTS, Figure, KeptAnswer, KeptData, Obstacle, Published, ReactionData

#: How long a mail about what has stayed can be answered, and until when it is still sent if nights were missed.
OPEN_DAYS, LATEST_DAYS = 45, 60


def is_step(new: int) -> bool:
    """Tell whether so many people have answered anew or differently that figures with them tell nobody's answer."""
    return new >= FEWEST


def sums_of_reactions(reactions: Iterable[ReactionData]) -> Published:
    """Return the sums of the statements, and how often what stopped."""
    found = list(reactions)
    return Published(
        answers=len(found),
        sums={key: sum(each.ratings[key] for each in found) for key in STATEMENTS},
        obstacles={each.value: sum(each in reaction.obstacles for reaction in found) for each in Obstacle},
    )


def sums_of_kept(answers: Iterable[KeptData]) -> Published:
    """Return how many have said yes to each question; partly is not yes."""
    found = list(answers)
    return Published(
        answers=len(found), sums={key: sum(each.said[key] is KeptAnswer.YES for each in found) for key in KEPT}
    )


def is_rating(number: int) -> bool:
    """Tell whether a statement can be answered so."""
    return LOWEST <= number <= HIGHEST


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month: 28 February is three after 30 November.

    Args:
        day: any.
        months: not negative.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_due(ends_on: date | None, months: int, today: date) -> bool:
    """Tell whether the mail is to be sent: the months are over, and not by so long that nobody would know why."""
    if ends_on is None:
        return False
    first = months_after(ends_on, months)
    return first <= today < first + timedelta(days=LATEST_DAYS)


def spans_of(ends_on: date | None, today: date) -> dict[str, tuple[date | None, date]]:
    """Return by when a value of a KPI counts for the end of a run and for each time after it, as far as that has come.

    A value for three months is one that was given after the end, and until the link of the mail has expired.

    Args:
        ends_on: the last day of the run; None where nobody knows it: then all values until today count for the end.
        today: values of days to come are none.
    """
    if ends_on is None:
        return {"end": (None, today)}
    found: dict[str, tuple[date | None, date]] = {"end": (None, min(ends_on, today))}
    before = ends_on
    for months in (3, 6):
        if months_after(ends_on, months) > today:
            break
        last = months_after(ends_on, months) + timedelta(days=OPEN_DAYS)
        found[str(months)] = (before + timedelta(days=1), min(last, today))
        before = last
    return found


def share(part: int, base: int) -> Figure | None:
    """Return a share; None where those in it, or those who are not, are fewer than five."""
    if base and (base < FEWEST or 0 < part < FEWEST or 0 < base - part < FEWEST):
        return None
    return Figure(Decimal(part), base)


def mean(values: Collection[Decimal | int]) -> Figure | None:
    """Return a mean; None where it is one of fewer than five."""
    return mean_of_sum(Decimal(sum(values)), len(values))


def mean_of_sum(total: Decimal | int, base: int) -> Figure | None:
    """Return a mean of which the sum is known; None where it is one of fewer than five."""
    return None if 0 < base < FEWEST else Figure(round(Decimal(total), 6), base)


def percent(way: Decimal) -> Decimal:
    """Return how far a project has come in percent, from -100 to 200: one typing error must not be the mean of all."""
    return min(max(way * 100, Decimal(-100)), Decimal(200))


def parts(counts: Mapping[str, int]) -> dict[str, Figure | None]:
    """Return the parts of a whole; what is hidden cannot be computed from the whole and the other parts."""
    whole = sum(counts.values())
    if 0 < whole < FEWEST:
        return dict.fromkeys(counts)
    shown = shown_counts(counts)
    return {
        key: None if count and shown[key] is None else Figure(Decimal(count), whole) for key, count in counts.items()
    }


def ways(starters: int, completers: int, certificates: int) -> dict[str, Figure | None]:
    """Return who has completed and who has all for a certificate; each is a part of the one before.

    So neither is shown where it would tell how many of fewer than five are between them.
    """
    rest, between = starters - completers, completers - certificates
    shown = parts({"none": rest, "between": between, "all": certificates})
    return {
        "completers": None if shown["none"] is None else Figure(Decimal(completers), starters),
        "certificates": None if shown["all"] is None else Figure(Decimal(certificates), starters),
    }


def together(figures: Iterable[Figure | None]) -> Figure | None:
    """Return the sum of those that are shown; None if something is hidden and nothing is known besides."""
    found = list(figures)
    shown = [figure for figure in found if figure is not None]
    if len(shown) < len(found) and not any(figure.base for figure in shown):
        return None
    return Figure(sum((each.total for each in shown), Decimal(0)), sum(each.base for each in shown))
