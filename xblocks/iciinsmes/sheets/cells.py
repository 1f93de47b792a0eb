"""What the cells of one line want of an assessment; pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from iciinsmes.lib.decimals import typed_number, written
from iciinsmes.review.api import assessment_errors
from iciinsmes.review.data import Criterion, CriterionKind, Rubric

from .data import CLEAR, Graded, LineProblem
from .headings import COMMENT, CRITERION, FEEDBACK, MOST_CRITERIA, POINTS, result_columns
from .reading import MAX_CELL

#: Signs that stand in numbers of some countries without saying anything: spaces of several kinds.
_SPACES = re.compile(r"[\s\u00a0\u202f]")
#: What begins the name of a field in `review.assessment_errors`.
_POINTS, _COMMENTS = "points.", "comments."


class LineErrors(Exception):
    """What is wrong with the cells of a line, each with the name of its column."""

    def __init__(self, problems: Sequence[LineProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.text for problem in self.problems))


def wanted(cells: Mapping[str, str], rubric: Rubric, base: Graded) -> Graded:
    """Return the assessment as a line wants it. An empty cell changes nothing, `CLEAR` clears.

    Args:
        cells: words by key of the column.
        rubric: by which the round is assessed.
        base: the assessment as it is.

    Raises:
        LineErrors: some cells do not fit.
    """
    points, comments = dict(base.points), dict(base.comments)
    problems: list[LineProblem] = []
    places = {criterion.key: number for number, criterion in enumerate(rubric.criteria, 1)}
    for criterion in rubric.criteria:
        number = places[criterion.key]
        given = cells.get(f"{POINTS}.{number}", "")
        comment = cells.get(f"{COMMENT}.{number}", "")
        title = cells.get(f"{CRITERION}.{number}", "")
        if (given or comment) and title and _plain(title) != _plain(criterion.title):
            text = _("This round is assessed by “%(title)s” here.") % {"title": criterion.title}
            problems.append(LineProblem(_name(f"{CRITERION}.{number}"), text))
            continue
        if given == CLEAR:
            points.pop(criterion.key, None)
        elif given:
            value = number_in(given)
            if value is None:
                problems.append(LineProblem(_name(f"{POINTS}.{number}"), _no_number(given)))
            else:
                points[criterion.key] = value
        if not _is_kept(comment, comments.get(criterion.key, "")):
            comments[criterion.key] = "" if comment == CLEAR else comment
    problems += _beyond(cells, len(rubric.criteria))
    feedback = cells.get(FEEDBACK, "")
    after = Graded(
        points,
        {key: text for key, text in comments.items() if text.strip()},
        base.feedback if _is_kept(feedback, base.feedback) else "" if feedback == CLEAR else feedback,
    )
    changed = {f"{COMMENT}.{place}": after.comments.get(key, "") for key, place in places.items()}
    changed[FEEDBACK] = after.feedback
    problems += [
        LineProblem(_name(column), _("This text is too long for a sheet: at most 5,000 characters."))
        for column, text in changed.items()
        if len(text) > MAX_CELL and cells.get(column) == text
    ]
    if not problems:
        errors = assessment_errors(rubric, points=after.points, comments=after.comments, feedback=after.feedback)
        problems = [
            LineProblem(_name(_column(field, places)), _told(text, field, rubric)) for field, text in errors.items()
        ]
    if problems:
        raise LineErrors(problems)
    return after


def number_in(text: str) -> Decimal | None:
    """Return the number that a cell means, with a comma or a point before the decimals; None if it means none."""
    return typed_number(_SPACES.sub("", text).replace(",", "."))


def _is_kept(cell: str, kept: str) -> bool:
    """Tell whether a cell says nothing new: it is empty, or the same but for spaces at its ends, or cut off."""
    if not cell or cell == kept.strip().replace("\r\n", "\n"):
        return True
    return len(cell) >= MAX_CELL and kept.replace("\r\n", "\n").startswith(cell)


def _beyond(cells: Mapping[str, str], count: int) -> list[LineProblem]:
    """Return what is wrong where a criterion is filled in that this round does not have."""
    found = []
    for key, text in cells.items():
        part, _point, number = key.partition(".")
        if part in (POINTS, COMMENT) and text and int(number) > count:
            found.append(LineProblem(_name(key), _("This round has only %(count)s criteria.") % {"count": count}))
    return found


def _name(key: str) -> str:
    """Return the name of a column by its key."""
    return dict(result_columns(MOST_CRITERIA))[key]


def _column(field: str, places: Mapping[str, int]) -> str:
    """Return the key of the column at fault, by the name of the field."""
    if field.startswith(_POINTS):
        return f"{POINTS}.{places[field.removeprefix(_POINTS)]}"
    if field.startswith(_COMMENTS):
        return f"{COMMENT}.{places[field.removeprefix(_COMMENTS)]}"
    return FEEDBACK


def _told(text: str, field: str, rubric: Rubric) -> str:
    """Say which levels there are where a cell has none of them."""
    key = field.removeprefix(_POINTS)
    levels = next((_levels(each) for each in rubric.criteria if field.startswith(_POINTS) and each.key == key), "")
    return f"{text} {levels}".strip()


def _levels(criterion: Criterion) -> str:
    if criterion.kind is not CriterionKind.LEVELS:
        return ""
    listed = " · ".join(written(level.points) for level in criterion.levels)
    return _("Its levels are worth %(points)s.") % {"points": listed}


def _no_number(text: str) -> str:
    return _("“%(text)s” is no number.") % {"text": text[:40]}


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())
