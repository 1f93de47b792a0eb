"""What the form of a grader reads, shows again and refuses, without a page."""

from __future__ import annotations

from decimal import Decimal

from django.http import QueryDict

from iciinsmes.desk.forms import GradingForm
from iciinsmes.desk.rubric_column import draft_state, typed_version
from iciinsmes.review.data import Criterion, CriterionKind, PointRange, Rubric, RubricLevel

LEVELS = tuple(RubricLevel(Decimal(number), text) for number, text in enumerate(("missing", "there", "complete")))
RUBRIC = Rubric(
    criteria=(
        Criterion("list", "List", LEVELS),
        Criterion("cost", "Cost", kind=CriterionKind.RANGE, range=PointRange(Decimal(10), Decimal("0.5"), Decimal(5))),
        Criterion("tone", "Tone", kind=CriterionKind.FEEDBACK),
    )
)


def sent(words: str) -> GradingForm:
    form = GradingForm(QueryDict(words), rubric=RUBRIC)
    form.is_valid()
    return form


def refused(form: GradingForm) -> dict[str, str]:
    return {name: str(sentence) for name, sentence in form.errors.items()}


def test_points_are_read_with_a_comma_and_shown_as_a_browser_writes_them():
    form = sent("points.list=2&points.cost=+7,5+&points.tone=3&points.other=1&comments.tone=Warm%0D%0Aand+clear")
    assert form.is_valid()
    assert form.points == {"list": 2, "cost": Decimal("7.5")}
    assert form.comments == {"list": "", "cost": "", "tone": "Warm\nand clear"}
    assert form["points.cost"].value() == Decimal("7.5")
    assert typed_version(form).lines[:2] == (("List", "2 complete", ""), ("Cost", "7.5 of 10", ""))


def test_what_does_not_fit_is_said_at_its_field_and_nothing_else_is_lost():
    form = sent("points.list=7&points.cost=much&feedback=Go+on&decision=passed")
    assert refused(form) == {
        "points.list": "Choose one of the levels.",
        "points.cost": "Write a number from 0 to 10 in steps of 0.5.",
    }
    assert form.feedback_text == "Go on"
    assert draft_state(form, kept=None).is_unsaved


def test_a_decision_needs_more_than_a_draft():
    form = sent("points.list=1&decision=revise")
    assert form.is_valid()
    assert not form.is_ready(form.cleaned_data["decision"])
    assert refused(form) == {"points.cost": "Give points.", "feedback": "Write what to do in the next round."}
    assert sent("decision=perhaps").cleaned_data["decision"] == ""


def test_a_revision_that_is_none_is_a_conflict_and_no_error():
    assert sent("base_revision=3").started_from == 3
    assert sent("base_revision=3&keep_mine=4").started_from == 4
    for words in ("", "base_revision=-1", "base_revision=3&keep_mine=%00", "base_revision=9999999999"):
        assert sent(words).started_from is None
