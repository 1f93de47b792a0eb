"""What a grader's form sends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _

from iciinsmes.lib.decimals import typed_number
from iciinsmes.review.api import missing_errors
from iciinsmes.review.data import AssessmentData, Criterion, Rubric

POINTS = "points."
COMMENTS = "comments."

#: Marks what is no number; `review` then says which points there are.
_NO_POINTS = Decimal("NaN")


@dataclass(frozen=True)
class GradingForm:
    """What stands in the form; ``base_revision`` is the proposal it started from, None for none."""

    points: Mapping[str, Decimal]
    comments: Mapping[str, str]
    feedback: str
    base_revision: int | None


def from_proposal(proposal: AssessmentData | None) -> GradingForm:
    """Return the form as it stands before anybody types."""
    if proposal is None:
        return GradingForm(points={}, comments={}, feedback="", base_revision=None)
    return GradingForm(
        points=proposal.points,
        comments=proposal.comments,
        feedback=proposal.feedback,
        base_revision=proposal.revision,
    )


def from_post(post: QueryDict, rubric: Rubric) -> GradingForm:
    """Read the form; fields that the rubric does not have are ignored.

    ``keep_mine`` is the button of the conflict notice: it carries the revision that the grader saw and writes over.
    """
    return GradingForm(
        points={
            criterion.key: _points(text) for criterion in rubric.criteria if (text := _posted_points(post, criterion))
        },
        comments={criterion.key: _text(post.get(COMMENTS + criterion.key, "")) for criterion in rubric.criteria},
        feedback=_text(post.get("feedback", "")),
        base_revision=_revision(post.get("keep_mine") or post.get("base_revision")),
    )


def decision_errors(form: GradingForm, rubric: Rubric, outcome: str) -> dict[str, str]:
    """Return what the desk asks for before a release, beyond the rules of the review room.

    A learner who has to do another round needs words to work with, and the points of each criterion.
    """
    errors = missing_errors(rubric, form.points)
    has_words = form.feedback.strip() or any(text.strip() for text in form.comments.values())
    if outcome == "revise" and not has_words:
        errors["feedback"] = _("Write what to do in the next round.")
    return errors


def _posted_points(post: QueryDict, criterion: Criterion) -> str:
    """Return what was sent as points; nothing for a criterion that takes words only."""
    return post.get(POINTS + criterion.key, "").strip() if criterion.takes_points else ""


def _points(text: str) -> Decimal:
    points = typed_number(text.replace(",", "."))
    return _NO_POINTS if points is None else points


def _text(text: str) -> str:
    """Return the text with the line ends that are stored, so that what comes back unchanged counts as unchanged."""
    return text.replace("\r\n", "\n").replace("\x00", "")


def _revision(text: str | None) -> int | None:
    """Read a counter the page sent back; nonsense counts as no revision and ends as a conflict, never as an error."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
