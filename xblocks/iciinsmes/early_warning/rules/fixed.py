"""What single indicators warn of besides the chart: fixed limits by trade, and comparisons with the baseline.

Each function sees the periods up to the one that it judges, and never a later one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from iciinsmes.toolbox.data import wilson

from ..data import AlarmReason, AlarmRule, Colour, Grain, Limits, Point
from ..indicators import Indicator
from .runs import Valued, is_steadily_worse
from .trend import trend_of

_Z = 1.959963984540054
_YEAR = 12
_QUARTERS = 8


@dataclass(frozen=True)
class Look:
    """What a fixed rule sees: all periods up to the one that is judged, the baseline where there is one."""

    indicator: Indicator
    points: Sequence[Point]
    valued: Sequence[Valued]
    limits: Limits | None
    thresholds: Mapping[str, float]
    grain: Grain = Grain.MONTH

    @property
    def here(self) -> Point:
        """The period that is judged."""
        return self.points[-1]

    @property
    def value(self) -> Fraction:
        """Its value."""
        found = self.valued[-1]
        return found[1] if found is not None else Fraction(0)

    @property
    def centre(self) -> Fraction | None:
        """The centre of the baseline."""
        return self.limits.centre if self.limits is not None else None

    def threshold(self, name: str) -> Fraction:
        """Return a threshold in the unit of values."""
        return Fraction(str(self.thresholds[name])) / self.indicator.scale

    def last(self, count: int) -> list[Point] | None:
        """Return the last periods, recorded without a gap; None where there are not so many."""
        points = list(self.points[-count:])
        return points if len(points) == count and all(each is not None for each in self.valued[-count:]) else None


def twice(look: Look) -> Iterator[AlarmReason]:
    """E1: more than twice the baseline with at least five cases."""
    cases, centre = look.here.numerator or Fraction(0), look.centre
    if centre is None or cases < Fraction(str(look.thresholds["cases"])):
        return
    if look.value > Fraction(str(look.thresholds["times"])) * centre:
        times = {"times": float(look.value / centre)} if centre else {}
        yield AlarmReason(AlarmRule.TWICE, Colour.RED, {"value": float(look.value), "cases": float(cases), **times})


def cost_rising(look: Look) -> Iterator[AlarmReason]:
    """E2: cost above three percent of sales that has risen three times in a row."""
    if look.value > look.threshold("red") and is_steadily_worse(look.valued, len(look.valued) - 1, True, 4):
        yield AlarmReason(AlarmRule.COST_RISING, Colour.RED, {"value": float(look.value), **_at(look, "red")})


def repeated(look: Look) -> Iterator[AlarmReason]:
    """E3: complaints whose cause came back; red only where there are enough of them."""
    few = (look.here.denominator or 0) < Fraction(str(look.thresholds["fewest"]))
    if look.value >= look.threshold("red") and not few:
        yield _limit(look, "red", Colour.RED)
    elif look.value >= look.threshold("amber"):
        yield _limit(look, "amber", Colour.AMBER)


def on_time(look: Look) -> Iterator[AlarmReason]:
    """E4: below the limit of the trade and below the baseline; who is steadily below it is judged by the chart."""
    centre = look.centre
    if look.value < look.threshold("red"):
        yield _limit(look, "red", Colour.RED)
    elif centre is not None and look.value < look.threshold("amber") <= centre:
        figures = {"value": float(look.value), "centre": float(centre), **_at(look, "amber")}
        yield AlarmReason(AlarmRule.LIMIT_AND_BASELINE, Colour.AMBER, figures)


def sales(look: Look) -> Iterator[AlarmReason]:
    """E5: twelve months against the twelve before, and the trend of quarters."""
    two_years = look.last(2 * _YEAR)
    if two_years is None:
        return
    totals = [
        sum((each.numerator or Fraction(0) for each in part), Fraction(0))
        for part in (two_years[:_YEAR], two_years[_YEAR:])
    ]
    if totals[0] > 0:
        change = totals[1] / totals[0] - 1
        for name, colour in (("red", Colour.RED), ("amber", Colour.AMBER)):
            if change <= -Fraction(str(look.thresholds[name])) / 100:
                yield AlarmReason(AlarmRule.YEAR, colour, {"change": float(change)})
                break
    yield from _falling_quarters(look)


def _falling_quarters(look: Look) -> Iterator[AlarmReason]:
    months: list[Fraction] = []
    for valued in reversed(look.valued):
        if valued is None:
            break
        months.append(valued[1])
    months.reverse()
    # Quarters end with the month that is judged, so that each of them is whole.
    months = months[len(months) % 3 :]
    quarters = [sum(months[start : start + 3], Fraction(0)) for start in range(0, len(months), 3)][-3 * _QUARTERS :]
    trend = trend_of(quarters) if len(quarters) >= _QUARTERS else None
    if trend is None or trend.tau >= 0 or trend.probability >= 0.10:
        return
    mean = float(sum(quarters, Fraction(0)) / len(quarters))
    is_red = trend.probability < 0.05 and mean > 0 and trend.slope < -0.01 * mean
    figures = {"quarters": len(quarters), "probability": trend.probability}
    yield AlarmReason(AlarmRule.SLOPE, Colour.RED if is_red else Colour.AMBER, figures)


def book_to_bill(look: Look) -> Iterator[AlarmReason]:
    """E6: orders taken against sales of three months."""
    now = _of_three(look, 0)
    if now is None:
        return
    before = _of_three(look, 1)
    amber = Fraction(str(look.thresholds["amber"]))
    figures = {"value": float(now)}
    if now < Fraction(str(look.thresholds["red"])):
        yield AlarmReason(AlarmRule.BOOK_TO_BILL, Colour.RED, {**figures, "limit": float(look.thresholds["red"])})
    elif now < amber and before is not None and before < amber:
        yield AlarmReason(AlarmRule.BOOK_TO_BILL, Colour.AMBER, {**figures, "limit": float(amber)})


def _of_three(look: Look, back: int) -> Fraction | None:
    end = len(look.points) - back
    points, valued = look.points[max(end - 3, 0) : end], look.valued[max(end - 3, 0) : end]
    size = sum((each.denominator or Fraction(0) for each in points), Fraction(0))
    if len(points) < 3 or any(each is None for each in valued) or size <= 0:
        return None
    return sum((each.numerator or Fraction(0) for each in points), Fraction(0)) / size


def hit_rate(look: Look) -> Iterator[AlarmReason]:
    """E7: the best that the last three months may mean is below the baseline."""
    three, centre = look.last(3), look.centre
    if three is None or centre is None:
        return
    won, sent = (sum((part(each) or Fraction(0) for each in three), Fraction(0)) for part in (_numerator, _denominator))
    if sent <= 0 or wilson(float(won), float(sent)).high >= float(centre):
        return
    is_red = centre - won / sent >= look.threshold("red")
    figures = {"value": float(won / sent), "centre": float(centre)}
    yield AlarmReason(AlarmRule.HIT_RATE, Colour.RED if is_red else Colour.AMBER, figures)


def quiet(look: Look) -> Iterator[AlarmReason]:
    """E8: regular customers gone quiet; one of the best is red at once."""
    if look.here.extra:
        yield AlarmReason(AlarmRule.BEST_CUSTOMER, Colour.RED, {"count": float(look.here.extra)})
    yield from _at_least(look)


def new_customers(look: Look) -> Iterator[AlarmReason]:
    """E9: below the baseline three times in a row, or below half of it."""
    centre = look.centre
    if not centre:
        return
    figures = {"value": float(look.value), "centre": float(centre)}
    if look.value < centre / 2:
        yield AlarmReason(AlarmRule.HALF_OF_BASELINE, Colour.RED, figures)
    three = look.valued[-3:]
    if len(three) == 3 and all(each is not None and each[1] < centre for each in three):
        yield AlarmReason(AlarmRule.BELOW_BASELINE, Colour.AMBER, figures)


def biggest(look: Look) -> Iterator[AlarmReason]:
    """E10: one customer brings too much, or ten points more than a year ago."""
    before = look.valued[-_YEAR - 1] if len(look.valued) > _YEAR else None
    if look.value > look.threshold("red"):
        yield _limit(look, "red", Colour.RED)
    if before is not None and look.value - before[1] >= look.threshold("grown"):
        yield AlarmReason(AlarmRule.GROWN, Colour.RED, {"value": float(look.value), "before": float(before[1])})
    if look.threshold("amber") < look.value <= look.threshold("red"):
        yield _limit(look, "amber", Colour.AMBER)


def stars(look: Look) -> Iterator[AlarmReason]:
    """E11: the mean of the last ten reviews against that of the baseline."""
    if look.limits is None:
        return
    start = [each for each in look.points if look.limits.first <= each.period <= look.limits.last]
    base, now = _mean(start), _mean(_newest(look))
    if base is None or now is None:
        return
    for name, colour in (("red", Colour.RED), ("amber", Colour.AMBER)):
        if base - now >= Fraction(str(look.thresholds[name])):
            yield AlarmReason(AlarmRule.STARS, colour, {"value": float(now), "centre": float(base)})
            return


def _newest(look: Look) -> list[Point]:
    """Return the last periods that together have at least ten reviews; none where the baseline comes before that."""
    found: list[Point] = []
    for point in reversed(look.points):
        if look.limits is not None and point.period <= look.limits.last:
            break
        if point.numerator is not None and point.denominator:
            found.append(point)
        if sum(each.denominator or 0 for each in found) >= Fraction(str(look.thresholds["fewest"])):
            return found
    return []


def _mean(points: Sequence[Point]) -> Fraction | None:
    size = sum((each.denominator or Fraction(0) for each in points if each.numerator is not None), Fraction(0))
    total = sum(((each.numerator or Fraction(0)) * (each.denominator or 0) for each in points), Fraction(0))
    return total / size if size else None


def promoters(look: Look) -> Iterator[AlarmReason]:
    """E11 as promoter score: lower than in the baseline by more than chance explains."""
    if look.limits is None or not look.here.denominator:
        return
    start = [each for each in look.points if look.limits.first <= each.period <= look.limits.last]
    base, now = _score(start), _score([look.here])
    if base is None or now is None:
        return
    change, error = now[0] - base[0], sqrt(now[1] + base[1])
    if change + _Z * error < 0:
        yield AlarmReason(AlarmRule.PROMOTERS, Colour.RED, {"value": 100 * now[0], "centre": 100 * base[0]})


def _score(points: Sequence[Point]) -> tuple[float, float] | None:
    """Return promoters less detractors as a share, and its variance."""
    size = float(sum(each.denominator or 0 for each in points if each.numerator is not None))
    if not size:
        return None
    up = float(sum(each.numerator or 0 for each in points)) / size
    down = float(sum(each.extra or 0 for each in points if each.numerator is not None)) / size
    return up - down, (up + down - (up - down) ** 2) / size


def young(look: Look) -> Iterator[AlarmReason]:
    """E12: too little comes from young offers; red where it also falls."""
    before = next((each for each in reversed(look.valued[:-1]) if each is not None), None)
    if look.value < look.threshold("red") and before is not None and look.value < before[1]:
        yield AlarmReason(AlarmRule.FALLING, Colour.RED, {"value": float(look.value), **_at(look, "red")})
    elif look.value < look.threshold("amber"):
        yield _limit(look, "amber", Colour.AMBER)


def _at_least(look: Look) -> Iterator[AlarmReason]:
    for name, colour in (("red", Colour.RED), ("amber", Colour.AMBER)):
        if look.value >= look.threshold(name):
            yield _limit(look, name, colour)
            return


def _limit(look: Look, name: str, colour: Colour) -> AlarmReason:
    return AlarmReason(AlarmRule.LIMIT, colour, {"value": float(look.value), **_at(look, name)})


def _at(look: Look, name: str) -> dict[str, float]:
    return {"limit": float(look.threshold(name))}


def _numerator(point: Point) -> Fraction | None:
    return point.numerator


def _denominator(point: Point) -> Fraction | None:
    return point.denominator


RULES: Mapping[str, Callable[[Look], Iterator[AlarmReason]]] = {
    "E1": twice,
    "E2C": cost_rising,
    "E3": repeated,
    "E4": on_time,
    "E5": sales,
    "E6": book_to_bill,
    "E7": hit_rate,
    "E8": quiet,
    "E9": new_customers,
    "E10": biggest,
    "E11": stars,
    "E11N": promoters,
    "E12": young,
}
