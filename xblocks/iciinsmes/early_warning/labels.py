"""The words of early warning: indicators, what is asked for, colours, states, and why something warns."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iciinsmes.lib import dates
from iciinsmes.lib.decimals import percent_sign, written

from .data import AlarmReason, AlarmRule, Colour, Grain, PeriodState
from .facts import Fact
from .indicators import INDICATORS, Indicator
from .rules.periods import FEWEST, first_day

TITLES: Mapping[str, Promise] = {
    "E1": gettext_lazy("Complaints per 100 orders"),
    "E2": gettext_lazy("Returns and rework, share of orders"),
    "E2C": gettext_lazy("Cost of returns and rework, share of sales"),
    "E3": gettext_lazy("Complaints whose cause came back within 90 days"),
    "E4": gettext_lazy("Deliveries on time"),
    "E5": gettext_lazy("Sales"),
    "E6": gettext_lazy("Orders taken against sales"),
    "E7": gettext_lazy("Quotes that became orders"),
    "E8": gettext_lazy("Regular customers gone quiet"),
    "E9": gettext_lazy("Sales to new customers"),
    "E10": gettext_lazy("Share of the biggest customer"),
    "E11": gettext_lazy("Stars in reviews"),
    "E11N": gettext_lazy("Net promoter score"),
    "E12": gettext_lazy("Sales of offers younger than three years"),
}

#: What is asked for; the words also find a column of a table, in every language of the add-on.
QUANTITIES: Mapping[str, Promise] = {
    "complaints": gettext_lazy("Complaints"),
    "orders": gettext_lazy("Orders"),
    "returns": gettext_lazy("Returns and rework"),
    "return_cost": gettext_lazy("Cost of returns and rework"),
    "repeats": gettext_lazy("Complaints with a cause that came back"),
    "on_time": gettext_lazy("Deliveries on time"),
    "deliveries": gettext_lazy("Deliveries"),
    "sales": gettext_lazy("Sales"),
    "order_intake": gettext_lazy("Orders taken, in money"),
    "quotes_won": gettext_lazy("Quotes that became orders"),
    "quotes": gettext_lazy("Quotes answered"),
    "quiet": gettext_lazy("Regular customers gone quiet"),
    "regulars": gettext_lazy("Regular customers"),
    "quiet_best": gettext_lazy("Best customers gone quiet"),
    "new_sales": gettext_lazy("Sales to new customers"),
    "biggest_sales": gettext_lazy("Sales to the biggest customer"),
    "stars": gettext_lazy("Mean of the stars"),
    "reviews": gettext_lazy("Reviews"),
    "promoters": gettext_lazy("Answers 9 and 10"),
    "detractors": gettext_lazy("Answers 0 to 6"),
    "answers": gettext_lazy("Answers"),
    "young_sales": gettext_lazy("Sales of offers younger than three years"),
}

HINTS: Mapping[str, Promise] = {
    "quiet": gettext_lazy("No order for more than twice the usual time between two orders."),
    "repeats": gettext_lazy("The same cause as another complaint of the last 90 days."),
    "quiet_best": gettext_lazy("Those with the highest sales."),
}

THRESHOLDS: Mapping[str, Promise] = {
    "amber": gettext_lazy("amber"),
    "red": gettext_lazy("red"),
    "cases": gettext_lazy("red from so many cases"),
    "times": gettext_lazy("and so many times the usual"),
    "fewest": gettext_lazy("needs at least"),
    "grown": gettext_lazy("red by points more in a year"),
}

COLOURS: Mapping[Colour, Promise] = {
    Colour.GREY: gettext_lazy("no verdict yet"),
    Colour.GREEN: gettext_lazy("quiet"),
    Colour.AMBER: gettext_lazy("watch"),
    Colour.RED: gettext_lazy("act"),
}
#: What stands where there is no figure.
NOTHING = "\u2013"
SIGNS: Mapping[Colour, str] = {Colour.GREY: "○", Colour.GREEN: "●", Colour.AMBER: "▲", Colour.RED: "■"}

STATES: Mapping[PeriodState, Promise] = {
    PeriodState.JUDGED: gettext_lazy("judged"),
    PeriodState.BASELINE: gettext_lazy("makes the limits"),
    PeriodState.TOO_FEW: gettext_lazy("too few periods for a verdict"),
    PeriodState.GAP: gettext_lazy("no figures"),
    PeriodState.NOTHING: gettext_lazy("nothing to compare with"),
    PeriodState.PROVISIONAL: gettext_lazy("still running: provisional, without a verdict"),
}


def colour_view(colour: Colour) -> Mapping[str, str]:
    """Return a colour for the template part ``projects/light.html``: its key, its sign and its word."""
    return {"key": colour.value, "sign": SIGNS[colour], "words": str(COLOURS[colour])}


def month_words(month: int) -> str:
    """Return a month with its year, as the reader writes it."""
    return dates.month(first_day(month))


def period_words(period: int, grain: Grain) -> str:
    """Return a month or a quarter."""
    if grain is Grain.MONTH:
        return month_words(period)
    return _("quarter %(number)s of %(year)s") % {"number": period % 4 + 1, "year": period // 4}


def value_words(indicator: Indicator, value: float | None) -> str:
    """Return a value with its unit, as the reader writes it; a dash for none."""
    if value is None:
        return NOTHING
    digits = 0 if abs(value) >= 1_000 else 2 if indicator.scale == 1 else 1
    number = written(Decimal(str(round(value * indicator.scale, digits))))
    if indicator.unit == "%":
        return f"{number}{percent_sign()}"
    return _("%(number)s per 100") % {"number": number} if indicator.unit else number


def reason_words(indicator: Indicator, reason: AlarmReason) -> str:
    """Return in one sentence why a period warns."""
    figures = {
        name: value_words(indicator, value)
        for name, value in reason.figures.items()
        if name in ("value", "centre", "before")
    }
    if "limit" in reason.figures:
        figures["limit"] = value_words(indicator, reason.figures["limit"])
    count = int(reason.figures.get("count", 0))
    match reason.rule:
        case AlarmRule.BEYOND_3:
            return (
                _("%(value)s is far outside of what was usual (%(centre)s): chance alone hardly does that.") % figures
            )
        case AlarmRule.BEYOND_2:
            return _("%(value)s is outside of what was usual (%(centre)s): it may be chance, look at it.") % figures
        case AlarmRule.RUN:
            return ngettext(
                "%(count)s period in a row on the bad side of what was usual.",
                "%(count)s periods in a row on the bad side of what was usual.",
                count,
            ) % {"count": count}
        case AlarmRule.TREND:
            return ngettext(
                "%(count)s period in a row, each worse than the one before.",
                "%(count)s periods in a row, each worse than the one before.",
                count,
            ) % {"count": count}
        case AlarmRule.AGAIN:
            return _("Again: one of the two periods before was outside too.")
        case AlarmRule.TWICE:
            if "times" not in reason.figures:
                return _("%(cases)s cases, where there were none before.") % {"cases": _plain(reason, "cases")}
            return _("%(times)s times as much as usual, with %(cases)s cases.") % {
                "times": _plain(reason, "times"),
                "cases": _plain(reason, "cases"),
            }
        case AlarmRule.COST_RISING:
            return _("%(value)s is above %(limit)s and has risen three times in a row.") % figures
        case AlarmRule.LIMIT_AND_BASELINE:
            return _("%(value)s is below %(limit)s and below what was usual (%(centre)s).") % figures
        case AlarmRule.LIMIT:
            return _limit_words(indicator, reason, figures)
        case AlarmRule.YEAR:
            return _("The last twelve months brought %(change)s %% less than the twelve before.") % {
                "change": written(Decimal(str(round(-100 * reason.figures["change"], 1))))
            }
        case AlarmRule.SLOPE:
            return _("Sales have fallen over %(quarters)s quarters, more steadily than chance would have it.") % {
                "quarters": _plain(reason, "quarters")
            }
        case AlarmRule.BOOK_TO_BILL:
            return (
                _("For each euro of sales in three months, orders for %(value)s came in; less than %(limit)s.")
                % figures
            )
        case AlarmRule.HIT_RATE:
            return _("%(value)s of the quotes of three months became orders; usual was %(centre)s.") % figures
        case AlarmRule.BEST_CUSTOMER:
            return ngettext(
                "%(count)s of your best customers has gone quiet.",
                "%(count)s of your best customers have gone quiet.",
                count,
            ) % {"count": count}
        case AlarmRule.BELOW_BASELINE:
            return _("Three times in a row below what was usual (%(centre)s).") % figures
        case AlarmRule.HALF_OF_BASELINE:
            return _("%(value)s is less than half of what was usual (%(centre)s).") % figures
        case AlarmRule.GROWN:
            return _("%(value)s; a year ago it was %(before)s.") % figures
        case AlarmRule.STARS:
            return _("The last reviews gave %(value)s stars on average; usual was %(centre)s.") % figures
        case AlarmRule.PROMOTERS:
            return _("The score is %(value)s; it was %(centre)s. Chance alone hardly does that.") % {
                "value": _plain(reason, "value"),
                "centre": _plain(reason, "centre"),
            }
        case AlarmRule.FALLING:
            return _("%(value)s is below %(limit)s, and falls.") % figures


def fact_words(indicator: Indicator, fact: Fact | None) -> str:
    """Return in one sentence where an indicator stands."""
    if fact is None:
        return _("No figures yet.")
    if fact.reasons:
        return " ".join(reason_words(indicator, each) for each in fact.reasons)
    if fact.state in (PeriodState.TOO_FEW, PeriodState.BASELINE):
        return too_few_words(indicator, fact.grain, fact.clean)
    if not fact.usable:
        return _("It never varied, so limits are not usable; only fixed limits count.")
    if fact.state is PeriodState.JUDGED:
        return _("Nothing unusual.")
    return str(STATES[fact.state])


def too_few_words(indicator: Indicator, grain: Grain, clean: int) -> str:
    """Return how many periods are missing before the first verdict."""
    first = FEWEST + 1 if indicator.needs_baseline else indicator.fewest
    missing = max(first - clean, 1)
    if grain is Grain.QUARTER:
        return _(
            "The months are too small to be judged one by one, so they are added up to quarters. The first verdict "
            "comes after six quarters, which is eighteen months; there are %(count)s."
        ) % {"count": clean}
    return ngettext(
        "The first verdict comes with %(count)s more month.",
        "The first verdict comes with %(count)s more months.",
        missing,
    ) % {"count": missing}


def year_words(indicator: Indicator, value: float | None, before: float | None) -> str:
    """Return how a value compares with that of the year before; in percent only where that base is above zero."""
    if value is None or before is None:
        return ""
    if indicator.scale == 100:
        return _("A year before: %(before)s.") % {"before": value_words(indicator, before)}
    if before <= 0:
        change = Decimal(str(round(value - before, 2)))
        sign = "+" if change >= 0 else "\u2212"
        return _("A year before: %(before)s (%(change)s).") % {
            "before": value_words(indicator, before),
            "change": f"{sign}{written(abs(change))}",
        }
    percent = Decimal(str(round(100 * (value / before - 1), 1)))
    sign = "+" if percent >= 0 else "\u2212"
    return _("A year before: %(before)s (%(change)s %%).") % {
        "before": value_words(indicator, before),
        "change": f"{sign}{written(abs(percent))}",
    }


def title_of(key: str) -> str:
    """Return the title of an indicator with its code."""
    return f"E{INDICATORS[key].number} {TITLES[key]}"


def _limit_words(indicator: Indicator, reason: AlarmReason, figures: Mapping[str, str]) -> str:
    if indicator.is_up_bad:
        return _("%(value)s; the limit is %(limit)s.") % figures
    return _("%(value)s is below the limit of %(limit)s.") % figures


def _plain(reason: AlarmReason, name: str) -> str:
    return written(Decimal(str(round(reason.figures[name], 2))))
