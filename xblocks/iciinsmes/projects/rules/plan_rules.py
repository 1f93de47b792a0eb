"""The rules about the plan: milestones (R2), progress (R3), measures (R5), hours and costs (R7), moved days (R9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from iciinsmes.lib.decimals import plain

from ..data import Light, LightRule, ProjectPart
from ..rule_data import Facts, Finding, MeasureFacts, MilestoneFacts
from .keys import Action, LightReason
from .thresholds import Thresholds

#: So many titles are named in one sentence; their number is said beside them.
_NAMED = 3
_COMPLETE = 100


def milestones(facts: Facts, today: date, thresholds: Thresholds) -> Iterator[Finding]:
    """R2: days that a milestone is overdue; red also when several are. A milestone done late is not overdue."""
    still_open = sorted(_open(facts.milestones, today), key=lambda each: each.due)
    late = [each for each in still_open if (today - each.due).days > thresholds.overdue_amber_days]
    if not late:
        return
    days = (today - late[0].due).days
    several = len(late) >= thresholds.overdue_red_count
    light = Light.RED if several or days > thresholds.overdue_red_days else Light.AMBER
    values: dict[str, str | int] = {"count": len(late), "days": days}
    if len(late) == 1:
        reason = LightReason.MILESTONE_OVERDUE
        values |= {"title": late[0].title, "due": late[0].due.isoformat()}
    else:
        reason = LightReason.MILESTONES_OVERDUE
        values |= {"titles": _titles(late)}
    yield Finding(
        LightRule.MILESTONES, light, reason, Action.MEET_OR_MOVE_MILESTONE, ProjectPart.PLAN, values, late[0].id
    )


def progress(facts: Facts, today: date, thresholds: Thresholds) -> Iterator[Finding]:
    """R3: how far the share of milestones done lies behind the share due before today, both by weight."""
    whole = sum(each.weight for each in facts.milestones)
    due = sum(each.weight for each in facts.milestones if each.due < today)
    done = whole - sum(each.weight for each in _open(facts.milestones, today))
    light = _light(Decimal(due - done), thresholds.behind_amber * whole, thresholds.behind_red * whole)
    if whole > 0 and light is not None:
        values = {"due": _share(due, whole), "done": _share(done, whole)}
        yield Finding(LightRule.PROGRESS, light, LightReason.BEHIND, Action.REVIEW_PLAN, ProjectPart.PLAN, values)


def measures(facts: Facts, today: date, thresholds: Thresholds) -> Iterator[Finding]:
    """R5: share of overdue measures among all with a date; open ones without owner or date at once.

    A measure done late is not overdue. Blocked ones are named, because they are what one can help with.
    """
    unfinished = [each for each in facts.measures if each.done < _COMPLETE]
    blocked = _titles([each for each in unfinished if each.blocked])
    count = sum(1 for each in facts.measures if each.due is not None)
    overdue = [each for each in unfinished if each.due is not None and each.due < today]
    light = _beyond(len(overdue), thresholds.late_amber * count, thresholds.late_red * count)
    if light is not None:
        values = {"overdue": len(overdue), "count": count, "titles": _titles(overdue), "blocked": blocked}
        yield Finding(
            LightRule.MEASURES, light, LightReason.MEASURES_LATE, Action.FINISH_MEASURES, ProjectPart.PLAN, values
        )
    loose = [each for each in unfinished if not each.has_owner or each.due is None]
    if loose:
        values = {"count": len(loose), "titles": _titles(loose), "blocked": blocked}
        action = Action.ASSIGN_MEASURES
        yield Finding(
            LightRule.MEASURES,
            Light.AMBER,
            LightReason.MEASURES_OPEN_ENDED,
            action,
            ProjectPart.PLAN,
            values,
            entry=loose[0].id,
        )


def costs(facts: Facts, today: date, thresholds: Thresholds) -> Iterator[Finding]:
    """R7: hours and cost spent, each against what was planned to date; nothing where nothing was planned at all."""
    hours = [(each.hours_planned, each) for each in facts.measures if each.hours_planned]
    cost = [(each.cost_planned, each) for each in facts.measures if each.cost_planned]
    yield from _spent(facts.hours, hours, today, thresholds, (LightReason.HOURS_OVER, LightReason.HOURS_EARLY))
    yield from _spent(facts.cost, cost, today, thresholds, (LightReason.COST_OVER, LightReason.COST_EARLY))


def churn(facts: Facts, today: date, thresholds: Thresholds) -> Iterator[Finding]:
    """R9: how often a milestone that is still open was moved."""
    for each in _open(facts.milestones, today):
        light = _light(Decimal(each.moved), thresholds.moved_amber, thresholds.moved_red)
        if light is not None:
            values = {"title": each.title, "moved": each.moved}
            reason, action = LightReason.MILESTONE_MOVED, Action.TALK_TO_COACH
            yield Finding(LightRule.CHURN, light, reason, action, ProjectPart.PLAN, values, each.id)


def _spent(
    spent: Decimal,
    planned: Sequence[tuple[Decimal, MeasureFacts]],
    today: date,
    thresholds: Thresholds,
    reasons: tuple[LightReason, LightReason],
) -> Iterator[Finding]:
    due = sum((amount for amount, each in planned if each.due is not None and each.due <= today), Decimal(0))
    if not planned or spent <= thresholds.spent_amber * due:
        return
    to_date = Fraction(due) + sum(_share_of_running(amount, each, today) for amount, each in planned)
    light = _beyond(
        Fraction(spent), Fraction(thresholds.spent_amber) * to_date, Fraction(thresholds.spent_red) * to_date
    )
    if light is None:
        return
    values = {"spent": plain(round(spent, 2))}
    if to_date:
        values |= {"planned": _text(to_date), "ratio": _text(Fraction(spent) / to_date)}
    reason = reasons[0] if to_date else reasons[1]
    yield Finding(LightRule.COSTS, light, reason, Action.CHECK_BUDGET, ProjectPart.PLAN, values)


def _share_of_running(amount: Decimal, measure: MeasureFacts, today: date) -> Fraction | int:
    """Return what of the amount is planned for the time that is over, of a measure between its start and its day."""
    if measure.start is None or measure.due is None or not measure.start < today < measure.due:
        return 0
    return Fraction(amount) * Fraction((today - measure.start).days, (measure.due - measure.start).days)


def _open(each_of: Iterable[MilestoneFacts], today: date) -> list[MilestoneFacts]:
    return [each for each in each_of if each.done_on is None or each.done_on > today]


def _light(value: Decimal, amber: Decimal | int, red: Decimal | int) -> Light | None:
    """Return what a value says that turns a light where it reaches a limit."""
    if value >= red:
        return Light.RED
    return Light.AMBER if value >= amber else None


def _beyond(value: Fraction | int, amber: Fraction | Decimal, red: Fraction | Decimal) -> Light | None:
    """Return what a value says that turns a light only beyond a limit."""
    if value > red:
        return Light.RED
    return Light.AMBER if value > amber else None


def _titles(named: Sequence[MeasureFacts | MilestoneFacts]) -> str:
    return ", ".join(each.title for each in named[:_NAMED])


def _share(part: int, whole: int) -> str:
    return _text(Fraction(part, whole))


def _text(number: Fraction) -> str:
    return plain(round(Decimal(number.numerator) / number.denominator, 4))
