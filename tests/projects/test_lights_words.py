"""Every reason and every action has its words, whatever the values are."""

from __future__ import annotations

import pytest

from iciinsmes.projects.data import Light, LightRule, ProjectPart
from iciinsmes.projects.labels import action_of, problem_words, reason_of
from iciinsmes.projects.rule_data import Finding
from iciinsmes.projects.rules.gates import GateProblem
from iciinsmes.projects.rules.keys import Action, LightReason
from iciinsmes.projects.rules.pauses import PauseProblem

VALUES = {
    **dict.fromkeys(["attainment", "time", "done", "ratio", "planned", "spent"], "0.5"),
    **dict.fromkeys(["count", "days", "moved", "need", "overdue", "score"], 3),
    **dict.fromkeys(["name", "title", "titles", "blocked"], "Complaints"),
    **dict.fromkeys(["last", "since", "due"], "2026-03-02"),
}


@pytest.mark.parametrize("reason", LightReason)
def test_every_reason_is_a_sentence(reason):
    found = reason_of(Finding(LightRule.KPIS, Light.RED, reason, Action.ANSWER, ProjectPart.KPIS, VALUES))
    assert "%(" not in found
    assert found.endswith(".")


@pytest.mark.parametrize("action", Action)
def test_every_action_is_a_sentence(action):
    assert action_of(Finding(LightRule.KPIS, Light.RED, LightReason.NO_KPI, action, ProjectPart.KPIS, VALUES))


@pytest.mark.parametrize("problem", [*GateProblem, *PauseProblem])
def test_every_problem_has_its_words(problem):
    assert problem_words(problem)


def test_two_kinds_of_due_are_told_apart():
    behind = Finding(
        LightRule.PROGRESS,
        Light.RED,
        LightReason.BEHIND,
        Action.REVIEW_PLAN,
        ProjectPart.PLAN,
        {"due": "0.5", "done": "0.25"},
    )
    assert "50" in reason_of(behind)
    assert "25" in reason_of(behind)


@pytest.mark.parametrize("name", ["1.50", "sNaN", "1e999999999"])
def test_a_name_that_reads_like_a_number_stays_a_name(name):
    found = Finding(
        LightRule.RISKS, Light.RED, LightReason.RISK_OPEN, Action.ANSWER, ProjectPart.PLAN, {"title": name, "score": 20}
    )
    assert name in reason_of(found)
