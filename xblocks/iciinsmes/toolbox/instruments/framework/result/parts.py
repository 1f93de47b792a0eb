"""What an instrument hands out: figures, tables, charts, a verdict, and questions about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from ..estimation.intervals import Interval
from ..texts.message import Text, msg

_YES, _NO = msg("Yes"), msg("No")

#: One cell of a result table. Floats are shown with the decimals of their column.
Cell = str | int | float | bool | None | Text


class Unit(StrEnum):
    """What a number counts; decides how it is written."""

    NONE = ""
    PERCENT = "percent"  # 45.0 means 45 %
    POINTS = "points"
    DAYS = "days"
    MONEY = "money"  # in the currency of the learner's data


class Level(StrEnum):
    """How good the news is; never shown by colour alone."""

    GOOD = "good"
    NEUTRAL = "neutral"
    ATTENTION = "attention"
    TOO_LITTLE_DATA = "too_little_data"


@dataclass(frozen=True)
class Figure:
    """One number of the result.

    ``low`` and ``high`` are its 95 % interval and ``n`` how many it rests on, where that makes sense; ``value`` is None
    where the data do not allow it. A word is a Text, or a str if it comes from the learner's data.
    """

    key: str
    title: Text
    value: float | int | str | Text | None
    unit: Unit = Unit.NONE
    low: float | None = None
    high: float | None = None
    n: int | None = None
    decimals: int = 1


def interval_figure(
    key: str, title: Text, found: Interval, unit: Unit = Unit.NONE, n: int | None = None, *, decimals: int = 1
) -> Figure:
    """Return a value as a figure with its interval."""
    return Figure(key, title, found.value, unit, found.low, found.high, n, decimals)


@dataclass(frozen=True)
class Heading:
    """One column of a result table."""

    key: str
    title: Text
    unit: Unit = Unit.NONE
    decimals: int = 1


class NotInResult(LookupError):
    """A chart or a page asks for what the result does not have; the message names that, and what there is."""


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


def _place(parts: Sequence[_Keyed], key: str, what: str) -> int:
    keys = [part.key for part in parts]
    if key not in keys:
        raise NotInResult(f"there is no {what} “{key}”, only {', '.join(keys) or 'nothing'}")
    return keys.index(key)


@dataclass(frozen=True)
class ResultTable:
    """Numbers as a table; every chart is a view of one of these. ``rows`` follow ``headings``."""

    key: str
    title: Text
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def place(self, key: str) -> int:
        """Return which of the headings has a key, from 0.

        Raises:
            NotInResult: none has it.
        """
        return _place(self.headings, key, f"column of the table “{self.key}”")

    def column(self, key: str) -> list[Cell]:
        """Return the cells below one heading.

        Raises:
            NotInResult: there is no such heading.
        """
        place = self.place(key)
        return [row[place] for row in self.rows]


class ChartKind(StrEnum):
    """How a table is drawn."""

    BARS = "bars"  # a bar a row, with an interval if `low` and `high` are named
    RANGES = "ranges"  # a dot a row with its interval, on a scale that may go below zero
    PARETO = "pareto"  # values[0] as falling bars, values[1] as the cumulative line in percent
    LINES = "lines"  # a line a value column over the rows in their order
    CURVES = "curves"  # a line a value column over numeric `label`
    SCATTER = "scatter"  # values[0] to the right, values[1] up; marks cut the plane into quadrants
    HEAT = "heat"  # the numbers of the value columns, shaded
    RADAR = "radar"  # values[0] around a circle


@dataclass(frozen=True)
class Mark:
    """A line across a chart, with what it means: ``axis`` is ``x`` or ``y``.

    On a plane of points a line of axis ``y`` may rise: from ``value`` at 0 by ``slope`` for each 1 to the right.
    """

    axis: str
    value: float
    title: Text
    slope: float = 0.0


@dataclass(frozen=True)
class Chart:
    """A table as a picture: which columns are drawn, and how.

    ``table`` is the key of the table; ``label``, ``values``, ``low``, ``high`` and ``emphasis`` name its columns.
    Rows whose ``emphasis`` cell is true are marked, with a sign and not with colour alone.
    """

    kind: ChartKind
    title: Text
    table: str
    label: str
    values: tuple[str, ...]
    low: str = ""
    high: str = ""
    emphasis: str = ""
    marks: tuple[Mark, ...] = ()
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class Verdict:
    """What the numbers mean. ``key`` is stable, for reports over many learners."""

    key: str
    level: Level
    text: Text

    def saying(self, **parameters: str | int | float | Text) -> Verdict:
        """Return it with what its text leaves open: verdicts of a ladder are declared once and filled when chosen."""
        return Verdict(self.key, self.level, Text(self.text.message, parameters))


@dataclass(frozen=True)
class Condition:
    """Something the data must fulfil besides being complete and enough; ``text`` says what is wrong if they do not."""

    key: str
    met: bool
    text: Text


@dataclass(frozen=True)
class Slip:
    """A wrong answer that people often give, and what led to it."""

    value: float
    text: Text


@dataclass(frozen=True)
class Estimate:
    """A number the learner works out before the result is shown; right within ``tolerance`` of ``answer``."""

    key: str
    text: Text
    answer: float
    tolerance: float
    unit: Unit = Unit.NONE
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True)
class Answer:
    """One possible answer to a question; ``feedback`` is shown to whoever chose it."""

    text: Text | str
    right: bool
    feedback: Text | None = None


@dataclass(frozen=True)
class Question:
    """A question whose right answers follow from the learner's data.

    ``several`` says that any number of answers may be right, also none. ``before`` says that it is asked before the
    result is shown. A question with fewer than two answers is not asked.
    """

    key: str
    text: Text
    answers: tuple[Answer, ...]
    several: bool = False
    before: bool = False


@dataclass(frozen=True)
class Decision:
    """What the learner is to decide.

    ``ranking`` lists what may be chosen, best first; a choice below the first ``consistent`` needs a reason. Without a
    ranking the learner writes freely.
    """

    text: Text
    ranking: tuple[Text | str, ...] = ()
    consistent: int = 3


@dataclass(frozen=True)
class Result:
    """Everything that comes out of one run.

    ``n`` counts what the instrument's minimum is about, such as answers or customers. ``notes`` say what was left out
    and how often. ``figures`` and ``tables`` have unique keys that stay the same from version to version.
    """

    n: int
    verdict: Verdict
    figures: tuple[Figure, ...] = ()
    tables: tuple[ResultTable, ...] = ()
    charts: tuple[Chart, ...] = ()
    conditions: tuple[Condition, ...] = ()
    notes: tuple[Text, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    questions: tuple[Question, ...] = ()
    decision: Decision | None = None

    def figure(self, key: str) -> Figure:
        """Return one figure by its key.

        Raises:
            NotInResult: there is none.
        """
        return self.figures[_place(self.figures, key, "figure")]

    def table(self, key: str) -> ResultTable:
        """Return one table by its key.

        Raises:
            NotInResult: there is none.
        """
        return self.tables[_place(self.tables, key, "table")]


def choose_one(answers: Sequence[tuple[Text | str, bool]], because: Text | None = None) -> tuple[Answer, ...]:
    """Make answers of words and whether they are right; ``because`` is shown to whoever chose, right or wrong."""
    return tuple(Answer(text, right, because) for text, right in answers)


def yes_or_no(is_so: bool, *, no: Text = _NO) -> tuple[Answer, ...]:
    """Make the two answers to whether something is so; ``no`` where a plain no would say too much."""
    return choose_one([(_YES, is_so), (no, not is_so)])


def noted(*notes: Text | None) -> tuple[Text, ...]:
    """Return the notes that say something: one that counts none of what it is about is left out, as None is."""
    return tuple(note for note in notes if note is not None and 0 not in note.parameters.values())


Item = TypeVar("Item")
Item_contra = TypeVar("Item_contra", contravariant=True)


@dataclass(frozen=True)
class Shown(Generic[Item_contra]):
    """One column of a table: its heading, and what of each item stands below it; ``when`` it is not left out."""

    key: str
    title: Text
    value: Callable[[Item_contra], Cell]
    unit: Unit = Unit.NONE
    decimals: int = 1
    when: bool = True


@dataclass(frozen=True)
class Rows(Generic[Item]):
    """What a table is made of: a row an item."""

    key: str
    title: Text
    items: Iterable[Item]

    def shown(self, *columns: Shown[Item]) -> ResultTable:
        """Return the table with these columns."""
        there = [column for column in columns if column.when]
        headings = tuple(Heading(column.key, column.title, column.unit, column.decimals) for column in there)
        cells = tuple(tuple(column.value(item) for column in there) for item in self.items)
        return ResultTable(self.key, self.title, headings, cells)
