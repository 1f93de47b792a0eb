"""A sent self-check in words, tables and pictures, as block, page and paper show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from iciinsmes.lib import dates
from iciinsmes.platform import zones

from .advice import advice_of
from .charts import Series, quadrant_map, radar
from .data import Axis, CheckData, CheckScore, Comparison, ItemAnswer, Outcome, PeopleCompared, ScoreChange, Spread
from .labels import AXES, DASH, LEVELS, QUADRANTS, QUADRANTS_MEAN, number_words, show, signed
from .reading import company_together, compare_with_first
from .rules import needed, outcome


@dataclass(frozen=True)
class ScoreRow:
    """A line of the table of dimensions and axes; ``value`` is a number or says how many are answered."""

    number: str
    title: str
    value: str
    before: str = ""
    change: str = ""
    middle: str = ""
    span: str = ""


@dataclass(frozen=True)
class TalkRow:
    """A statement on which persons of the firm differ."""

    text: str
    low: str
    middle: str
    high: str


@dataclass(frozen=True)
class AnswerRow:
    """What the person answered to a statement."""

    text: str
    answer: str
    proof: str


def result_context(check: CheckData) -> dict[str, Any]:
    """Return what the template of a result needs, for its owner."""
    found = outcome(check.model, check.answers)
    compared = compare_with_first(check=check)
    together = company_together(check=check)
    before, change = compared if compared else (None, None)
    titles = [show(each.title) for each in check.model.dimensions]
    return {
        "check": check,
        "found": found,
        "quadrant": QUADRANTS[found.quadrant] if found.quadrant else "",
        "quadrant_means": QUADRANTS_MEAN[found.quadrant] if found.quadrant else "",
        "border": [AXES[axis] for axis in found.border],
        "level": LEVELS[found.level] if found.level else "",
        "overall": number_words(found.overall),
        "rows": _rows(check, found, change, together),
        "radar": radar(titles, _series(check, found, before, change)),
        "map": _map(found),
        "advice": advice_of(check, found),
        "before": before,
        "left_out": change.left_out if change else 0,
        "together": together,
        "talk": _talk(check, together) if together else [],
        "answers": answer_rows(check),
    }


def result_words(check: CheckData) -> str:
    """Return a result as plain text, as a copy of it goes into a project."""
    found = outcome(check.model, check.answers)
    lines = [f"{row.title}: {row.value}" for row in _rows(check, found, None, None)]
    if found.quadrant:
        lines.append(f"{_('Field')}: {QUADRANTS[found.quadrant]}")
    if found.level:
        lines.append(f"{_('Level')}: {LEVELS[found.level]} ({number_words(found.overall)})")
    lines += [f"{_('Advice')}: {each.statement} → {each.title}" for each in advice_of(check, found)]
    return "\n".join(lines)


def answer_rows(check: CheckData) -> list[AnswerRow]:
    """Return all statements with the person's answers."""
    return [
        AnswerRow(
            show(item.text), _answer_words(check.answers.get(item.code, ItemAnswer())), _proof(check.answers, item.code)
        )
        for item in check.model.items
    ]


def _rows(
    check: CheckData, found: Outcome, change: Comparison | None, together: PeopleCompared | None
) -> list[ScoreRow]:
    """Return a row for each dimension, and below them one for each axis."""
    ways = {each.code: each for each in (*change.dimensions, change.responsive, change.proactive)} if change else {}
    spreads = {each.code: each for each in (*together.dimensions, *together.axes)} if together else {}
    titles = [(str(number), show(each.title)) for number, each in enumerate(check.model.dimensions, start=1)]
    titles += [("", str(AXES[axis])) for axis in Axis]
    return [
        _row(number, title, score, ways.get(score.code), spreads.get(score.code))
        for (number, title), score in zip(titles, (*found.dimensions, found.responsive, found.proactive), strict=True)
    ]


def _row(number: str, title: str, score: CheckScore, way: ScoreChange | None, spread: Spread | None) -> ScoreRow:
    return ScoreRow(
        number=number,
        title=title,
        value=_value(score),
        before=number_words(way.before) if way else "",
        change=_change_words(way.by) if way else "",
        middle=number_words(spread.median) if spread else "",
        span=_span(spread) if spread else "",
    )


def _series(check: CheckData, found: Outcome, before: CheckData | None, change: Comparison | None) -> list[Series]:
    now = (_day(check), [score.value for score in found.dimensions])
    if before is None or change is None:
        return [now]
    return [(_day(before), [each.before for each in change.dimensions]), now]


def _map(found: Outcome) -> str:
    if found.responsive.value is None or found.proactive.value is None:
        return ""
    return quadrant_map(found.responsive.value, found.proactive.value)


def _talk(check: CheckData, together: PeopleCompared) -> list[TalkRow]:
    texts = {item.code: show(item.text) for item in check.model.items}
    return [
        TalkRow(texts[each.code], _plain(each.low), _plain(each.median), _plain(each.high))
        for each in together.items
        if each.talk
    ]


def _value(score: CheckScore) -> str:
    if score.value is None:
        words = {"answered": score.answered, "total": score.total, "needed": needed(score.total)}
        return _("%(answered)s of %(total)s answered, %(needed)s are needed") % words
    return number_words(score.value)


def _answer_words(answer: ItemAnswer) -> str:
    if not answer.applies:
        return _("does not apply")
    return _("not answered") if answer.value is None else str(answer.value)


def _proof(answers: Mapping[str, ItemAnswer], code: str) -> str:
    return answers[code].proof if code in answers else ""


def _span(spread: Spread) -> str:
    return "" if spread.low is None else f"{number_words(spread.low)}{DASH}{number_words(spread.high)}"


def _plain(value: Fraction | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if value.denominator == 1 else number_format(float(value), 1)


def _change_words(by: Fraction | None) -> str:
    return "" if by is None else signed(by)


def _day(check: CheckData) -> str:
    moment = check.sent_at or check.saved_at
    return dates.short(moment.astimezone(zones.of_site()).date())
