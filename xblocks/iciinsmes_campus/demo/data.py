"""The shape of the demo's history: who did what, and how many days ago."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from iciinsmes.mentors.data import MentorRole, TookPlace

# What a form sends for one input: the name of a choice, several for boxes to tick, the text of an option, a number.
Answer = str | tuple[str, ...]


@dataclass(frozen=True)
class DemoCompany:
    """An invented firm; ``key`` is the second half of its people's user names."""

    key: str
    name: str
    country: str
    region: str
    trade: str
    size_class: str


@dataclass(frozen=True)
class DemoTable:
    """A small file of text, as a spreadsheet program would save it."""

    name: str
    description: str
    text: str


@dataclass(frozen=True)
class DemoPhoto:
    """A picture of a board, drawn when the demo is loaded: ``lines`` stand below ``title``."""

    name: str
    description: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class DemoMessage:
    """What the learner, or the teacher, has written about the work."""

    days: int
    text: str
    by_teacher: bool = False


@dataclass(frozen=True)
class DemoExtension:
    """So many days more for an assignment that a teacher has granted to the learner, and why."""

    days: int
    more: int
    reason: str


@dataclass(frozen=True)
class DemoAssessment:
    """A teacher's released judgement; ``points`` and ``comments`` by criterion.

    ``said`` are comments at places: the key of a question, a passage of its answer, and the words. ``talk`` are the
    messages that follow.
    """

    days: int
    outcome: str
    points: Mapping[str, Decimal]
    comments: Mapping[str, str]
    feedback: str
    said: tuple[tuple[str, str, str], ...] = ()
    talk: tuple[DemoMessage, ...] = ()


@dataclass(frozen=True)
class DemoWord:
    """A mentor's confirmation; ``role`` as typed, ``change`` is one sentence."""

    days: int
    took_place: TookPlace
    change: str
    role: str


@dataclass(frozen=True)
class DemoMentor:
    """Somebody of the firm who was asked about a round and has opened the link; without ``answer`` that is all so far.

    ``asked`` and ``opened`` are days.
    """

    name: str
    email: str
    language: str
    role: MentorRole
    asked: int
    opened: int
    answer: DemoWord | None = None


@dataclass(frozen=True)
class DemoWork:
    """What somebody has written and added: a draft, or a round once it is handed in; ``answers`` by question.

    ``in_gallery`` says that the learner shows it to the others once it has passed.
    """

    days: int
    answers: Mapping[str, str]
    hours: Decimal | None
    files: tuple[DemoTable | DemoPhoto, ...]
    assessment: DemoAssessment | None = None
    mentor: DemoMentor | None = None
    in_gallery: bool = False


@dataclass(frozen=True)
class DemoReading:
    """A page (url_name of its html block) that somebody has read."""

    page: str
    days: int


@dataclass(frozen=True)
class DemoQuizAnswer:
    """One answered quiz question; ``answers`` in the order of its inputs."""

    problem: str
    days: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class DemoExercise:
    """One attempt at an exercise with an instrument, as far as it has come.

    ``block`` is its url_name. ``table`` is CSV with ``title`` as the learner calls it; without one it is practice with
    demo data. ``estimates`` by key, ``chosen`` the indexes of ticked answers by question. An attempt without ``words``
    and ``choice`` stands before the decision.
    """

    block: str
    days: int
    title: str = ""
    table: str = ""
    estimates: Mapping[str, float] = field(default_factory=dict)
    chosen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    words: str = ""
    choice: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class DemoLearner:
    """A person and what she or he has done so far; all ``days`` are relative to today, so 0 or less."""

    username: str
    first_name: str
    last_name: str
    company: str
    readings: tuple[DemoReading, ...] = ()
    quiz: tuple[DemoQuizAnswer, ...] = ()
    rounds: tuple[DemoWork, ...] = ()
    draft: DemoWork | None = None
    exercises: tuple[DemoExercise, ...] = ()
    extension: DemoExtension | None = None

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def begins(self) -> int:
        """The day on which she or he began."""
        return min(reading.days for reading in self.readings)
