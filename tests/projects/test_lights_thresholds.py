"""The numbers of a course run: what they are usually, what may be chosen, and that they are kept."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest

from iciinsmes.projects.data import Light, LightRule
from iciinsmes.projects.rules.thresholds import STANDARD, Thresholds, thresholds_from_json, thresholds_to_json

from .rules_made import light, quiet, risk


def test_usual_numbers_are_not_written_and_chosen_ones_come_back():
    assert thresholds_to_json(STANDARD) == {}
    chosen = replace(STANDARD, silence_amber_days=7, spent_red=Decimal("1.50"), kpi_red_fall=Decimal("-0.2"))
    written = json.loads(json.dumps(thresholds_to_json(chosen)))
    assert written == {"silence_amber_days": 7, "spent_red": "1.5", "kpi_red_fall": "-0.2"}
    assert thresholds_from_json(written) == chosen
    assert thresholds_from_json({}) == STANDARD


@pytest.mark.parametrize(
    "pair",
    [
        ("silence_amber_days", "silence_red_days"),
        ("overdue_amber_days", "overdue_red_days"),
        ("behind_amber", "behind_red"),
        ("kpi_red_pace", "kpi_amber_pace"),
        ("late_amber", "late_red"),
        ("spent_amber", "spent_red"),
        ("risk_amber", "risk_red"),
        ("moved_amber", "moved_red"),
    ],
)
def test_amber_never_comes_later_than_red(pair):
    earlier, later = pair
    both = getattr(STANDARD, later)
    assert getattr(replace(STANDARD, **{earlier: both}), earlier) == both
    less = both - (Decimal("0.01") if isinstance(both, Decimal) else 1)
    with pytest.raises(ValueError, match=earlier) as wrong:
        replace(STANDARD, **{earlier: both, later: less})
    assert set(wrong.value.args) == set(pair)


@pytest.mark.parametrize("name", [each.name for each in fields(Thresholds)])
def test_what_makes_no_sense_is_refused_by_name(name):
    wrong = Decimal(1) if name == "kpi_red_fall" else -1
    for value in (wrong, 4_000):
        change: Any = {name: value}
        with pytest.raises(ValueError, match=name):
            replace(STANDARD, **change)


@pytest.mark.parametrize("name", ["overdue_red_count", "behind_amber", "risk_amber", "moved_amber"])
def test_a_limit_that_is_always_reached_is_refused(name):
    nothing: Any = {name: 0}
    with pytest.raises(ValueError, match=name):
        replace(STANDARD, **nothing)


@pytest.mark.parametrize(
    ("content", "error"),
    [({"silence_amber_days": "7"}, TypeError), ({"hold_days": 32}, ValueError), ({"late_red": "NaN"}, ValueError)],
)
def test_json_is_read_strictly(content, error):
    with pytest.raises(error):
        thresholds_from_json(content)


def test_rules_go_by_the_numbers_of_the_course_run():
    strict = Thresholds(silence_amber_days=3, silence_red_days=5, risk_amber=2, risk_red=4)
    facts = quiet(changed_on=None, risks=(risk(3),))
    assert light(facts, 4) is Light.GREEN
    assert light(facts, 4, LightRule.SILENCE, strict) is Light.AMBER
    assert light(facts, 6, LightRule.SILENCE, strict) is Light.RED
    assert light(facts, 0, LightRule.RISKS, strict) is Light.AMBER
