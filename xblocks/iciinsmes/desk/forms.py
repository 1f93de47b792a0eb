"""The form that a grader fills in: points and a comment for each criterion, feedback, and a decision."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iciinsmes.lib.decimals import typed_number, written
from iciinsmes.lib.forms import OneSentence
from iciinsmes.review.api import assessment_errors, missing_errors
from iciinsmes.review.data import AssessmentData, Criterion, CriterionKind, Rubric

_POINTS = "points."
_COMMENTS = "comments."
_OUTCOMES = ("passed", "revise")

#: Marks what is no number; `review` then says which points there are.
_NO_POINTS = Decimal("NaN")


class PointsField(forms.Field):
    """Points with a comma or a point before the decimals; its value is always a number, or None for nothing typed."""

    def bound_data(self, data: Any, initial: Any) -> Decimal | None:
        """Read what was typed, so that a box for numbers can show it again in the browser's own notation."""
        return self.to_python(data)

    def to_python(self, value: Any) -> Decimal | None:
        """Read what was typed."""
        text = (value or "").strip()
        if not text:
            return None
        points = typed_number(text.replace(",", "."))
        return _NO_POINTS if points is None else points


class WordsField(forms.Field):
    """A text with the line ends that are stored, so that what comes back unchanged counts as unchanged."""

    def bound_data(self, data: Any, initial: Any) -> str:
        """Read what was typed."""
        return self.to_python(data)

    def to_python(self, value: Any) -> str:
        """Read what was typed."""
        return (value or "").replace("\r\n", "\n").replace("\x00", "")


class GradingForm(forms.Form):
    """What a grader thinks of a round. Its fields are those of the rubric; others that are sent are ignored.

    What does not fit the rubric makes the form invalid; what is still missing for a decision is for `is_ready` to say,
    because a draft may be kept without it.
    """

    feedback = WordsField(label=gettext_lazy("Feedback"), required=False)
    #: The revision of the proposal that the page started from, empty for none.
    base_revision = forms.Field(required=False)
    #: The button of the conflict notice: it carries the revision that the grader saw and writes over.
    keep_mine = forms.Field(required=False)
    decision = forms.Field(required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        rubric: Rubric,
        proposal: AssessmentData | None = None,
        is_new: bool = False,
    ) -> None:
        initial = None if proposal is None else _initial(proposal)
        if initial and is_new:
            # What the form begins with is another person's: the reader has kept nothing yet.
            initial["base_revision"] = None
        super().__init__(data, initial=initial, error_class=OneSentence)
        self.rubric = rubric
        for criterion in rubric.criteria:
            title = {"title": criterion.title}
            if criterion.takes_points:
                self.fields[_POINTS + criterion.key] = PointsField(
                    label=_("Points for %(title)s") % title, help_text=_range_words(criterion), required=False
                )
            self.fields[_COMMENTS + criterion.key] = WordsField(label=_("Comment on %(title)s") % title, required=False)

    def clean(self) -> dict[str, Any]:
        """Say at each field what does not fit the rubric."""
        self.refuse(
            assessment_errors(self.rubric, points=self.points, comments=self.comments, feedback=self.feedback_text)
        )
        return self.cleaned_data

    def clean_decision(self) -> str:
        """Return the outcome that was decided on; nothing where the grader keeps a draft."""
        outcome = self.cleaned_data["decision"]
        return outcome if outcome in _OUTCOMES else ""

    def is_ready(self, outcome: str) -> bool:
        """Tell whether the form has what a release with this outcome needs, and say at each field what is missing.

        A learner who has to do another round needs words to work with, and the points of each criterion.
        """
        self.refuse(missing_errors(self.rubric, self.points))
        has_words = self.feedback_text.strip() or any(text.strip() for text in self.comments.values())
        if outcome == "revise" and not has_words:
            self.add_error("feedback", _("Write what to do in the next round."))
        return not self.errors

    def refuse(self, errors: Mapping[str, str]) -> None:
        """Put sentences of `review` beside their fields; what it says of the outcome stands above them all."""
        for name, sentence in errors.items():
            self.add_error("decision" if name == "outcome" else name, sentence)

    @property
    def points(self) -> dict[str, Decimal]:
        """Criterion key to points, as typed or as kept; what is no number is NaN, what is empty is left out."""
        fields = {criterion.key: self.points_field(criterion) for criterion in self.rubric.criteria}
        return {key: points for key, field in fields.items() if field and (points := field.value()) is not None}

    @property
    def comments(self) -> dict[str, str]:
        """Criterion key to comment, as typed or as kept."""
        return {criterion.key: self.comment_field(criterion).value() or "" for criterion in self.rubric.criteria}

    @property
    def feedback_text(self) -> str:
        """The feedback, as typed or as kept."""
        return self["feedback"].value() or ""

    @property
    def started_from(self) -> int | None:
        """The revision to write over; nonsense counts as none and ends as a conflict, never as an error."""
        revision = str(self["keep_mine"].value() or self["base_revision"].value() or "")
        return int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else None

    def points_field(self, criterion: Criterion) -> BoundField | None:
        """Return the field for points; None where a criterion takes words only."""
        return self[_POINTS + criterion.key] if criterion.takes_points else None

    def comment_field(self, criterion: Criterion) -> BoundField:
        """Return the field for the comment."""
        return self[_COMMENTS + criterion.key]


def _initial(proposal: AssessmentData) -> dict[str, Any]:
    """Return a proposal as the fields have it."""
    return {
        **{_POINTS + key: points for key, points in proposal.points.items()},
        **{_COMMENTS + key: text for key, text in proposal.comments.items()},
        "feedback": proposal.feedback,
        "base_revision": proposal.revision,
    }


def _range_words(criterion: Criterion) -> str:
    """Say beside a box for a number what may stand in it."""
    if criterion.kind is not CriterionKind.RANGE:
        return ""
    scale = criterion.range
    words = {"most": written(scale.most), "least": written(scale.pass_points)}
    return _("of %(most)s, passes with %(least)s") % words
