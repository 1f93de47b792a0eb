"""What the demo's people have said after cycles, and two earlier runs of the course to compare with.

One earlier run has more than five learners and one has fewer, so that reports show figures and hide some.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.evaluation import api
from iciinsmes.evaluation.data import KeptAnswer, KeptData, Obstacle, ReactionData, ReactionSettings
from iciinsmes.platform import Role
from iciinsmes.self_check import api as self_check
from iciinsmes.self_check.data import CheckSettings, TypedItem
from iciinsmes_campus.learning import api as learning

from .past import kept_secrets, on_day
from .steps import DemoPart, Steps

#: The blocks of the course, after its first two chapters.
CYCLES = ("cycle-start", "cycle-channels")
_OBSTACLES = {
    "t": Obstacle.TIME,
    "d": Obstacle.DATA,
    "c": Obstacle.COLLEAGUES,
    "b": Obstacle.BOSS,
    "i": Obstacle.TECHNIQUE,
    "o": Obstacle.OTHER,
}
_SAID = {"y": KeptAnswer.YES, "p": KeptAnswer.PARTLY, "n": KeptAnswer.NO}


@dataclass(frozen=True)
class Answered:
    """One answer: a figure for each statement, letters of `_OBSTACLES`, and a text."""

    figures: str
    stopped: str = ""
    text: str = ""

    @property
    def reaction(self) -> ReactionData:
        """The answer as the page would send it."""
        useful, worth, next_step = map(int, self.figures)
        ratings = {"useful": useful, "worth": worth, "next_step": next_step}
        return ReactionData(ratings, tuple(_OBSTACLES[letter] for letter in self.stopped), self.text)


@dataclass(frozen=True)
class EarlierRun:
    """A run that is over; ``kept`` has a letter for each question and learner, ``checks`` two answers a learner."""

    key: str
    college: str
    country: str
    names: Sequence[str]
    said: Sequence[Answered]
    ended: int | None = None
    kept: Sequence[str] = ()
    checks: Sequence[tuple[int, int]] = ()


#: By block; of learners in the order of their accounts.
SAID: Mapping[str, Sequence[Answered]] = {
    "cycle-start": (
        Answered("544", "t", "The two directions helped me to explain it to the others."),
        Answered("434", "tc"),
        Answered("555", "", "Short enough for a Friday afternoon."),
        Answered("323", "tb", "The owner wants to see numbers first."),
        Answered("445", "d"),
        Answered("454", "", "More examples of very small firms, please."),
        Answered("334", "t"),
    ),
    "cycle-channels": (Answered("445", "t"), Answered("344", "d"), Answered("555", "c")),
}

EARLIER: Sequence[EarlierRun] = (
    EarlierRun(
        key="course-v1:EUCFyn+SME1+2025",
        college="EUC Fyn",
        country="DK",
        names=(
            "Lars Holm", "Ida Bak", "Nikolaj Friis", "Sofie Lund", "Emil Krogh", "Karen Vang", "Oscar Juhl",
            "Freja Buch", "Anton Riis", "Signe Toft", "Villads Bach", "Maja Brandt",
        ),
        said=tuple(
            Answered(figures, stopped, text)
            for figures, stopped, text in (
                ("444", "t", "Good to do it with our own complaints."),
                ("545", "", ""),
                ("334", "tb", "The boss had no time for the talk."),
                ("454", "d", "We had the data in three places."),
                ("555", "", ""),
                ("435", "tc", ""),
                ("223", "tb", ""),
                ("444", "", "The list of channels hangs in the office now."),
                ("545", "o", ""),
                ("434", "t", ""),
            )
        ),
        ended=-100,
        kept=("yyy", "yyp", "ypn", "yyy", "ynp", "yyy", "pnn"),
        checks=((1, 2), (2, 3), (1, 3), (2, 2), (1, 2), (2, 3)),
    ),
    EarlierRun(
        key="course-v1:ZDZ+SME1+2025",
        college="",
        country="PL",
        names=("Adam Wrona", "Ewa Sowa", "Kamil Gil", "Ola Zych"),
        said=(Answered("555"), Answered("444", "t"), Answered("343", "b")),
    ),
)  # fmt: skip


def earlier_usernames() -> frozenset[str]:
    """Return the user names of all who learned in an earlier run."""
    return frozenset(_username(name) for run in EARLIER for name in run.names)


def tell_evaluations(course_key: CourseKey, *, coordinator: User, steps: Steps) -> None:
    """Let learners answer after the cycles, and tell what became of earlier runs.

    Args:
        course_key: the demo's course run; its blocks are known.
        coordinator: who coordinates all runs.
        steps: takes each part alone.
    """
    with steps.step(DemoPart.EVALUATION, ""), on_day(-6):
        api.say_facts(course_key=course_key, actor_id=coordinator.pk, college="BTZ Hamburg", country="DE", ends_on=None)
        people = list(learning.learners(course_key).order_by("pk").values_list("pk", flat=True))
        for block, said in SAID.items():
            _react(course_key, block, people, said)
    for run in EARLIER:
        with steps.step(DemoPart.EVALUATION, run.college), on_day(-7):
            _tell_run(run, coordinator)


def _tell_run(run: EarlierRun, coordinator: User) -> None:
    key = CourseKey.from_string(run.key)
    learning.enrol(user_id=coordinator.pk, course_key=key, role=Role.COORDINATOR)
    people = [_learner(name, key) for name in run.names]
    _react(key, CYCLES[0], people, run.said)
    ended = None if run.ended is None else timezone.localdate() + timedelta(days=run.ended)
    api.say_facts(course_key=key, actor_id=coordinator.pk, college=run.college, country=run.country, ends_on=ended)
    _check(key, people, run.checks)
    if run.kept:
        api.ask_all()
        for secret, said in zip(kept_secrets(key), run.kept, strict=False):
            answers = zip(("still_used", "effect_seen", "others_use"), said, strict=True)
            api.say(secret=secret, kept=KeptData({question: _SAID[letter] for question, letter in answers}))


def _react(course_key: CourseKey, block: str, people: Sequence[int], said: Sequence[Answered]) -> None:
    usage_key = course_key.make_usage_key("reaction", block)
    title = "Looking back: start" if block == CYCLES[0] else "Looking back: channels"
    api.freeze_block(usage_key=usage_key, course_key=course_key, settings=ReactionSettings(title=title))
    for user_id, each in zip(people, said, strict=False):
        api.answer(user_id=user_id, usage_key=usage_key, reaction=each.reaction)


def _check(course_key: CourseKey, people: Sequence[int], checks: Sequence[tuple[int, int]]) -> None:
    """Let learners check their firms twice, with one answer to all statements."""
    usage_key = course_key.make_usage_key("self_check", "first-self-check")
    items = [item.code for item in self_check.shipped_model().items]
    if checks:
        self_check.freeze_block(usage_key=usage_key, course_key=course_key, settings=CheckSettings("Self-check"))
    for user_id, answers in zip(people, checks, strict=False):
        for number, value in enumerate(answers, start=1):
            if number > 1:
                self_check.begin_again(user_id=user_id, usage_key=usage_key)
            typed = {code: TypedItem(choice=str(value)) for code in items}
            self_check.send(user_id=user_id, usage_key=usage_key, number=number, typed=typed)


def _learner(name: str, course_key: CourseKey) -> int:
    """Create an account that nobody can enter: what there is to see of it are figures."""
    first, _space, last = name.partition(" ")
    username = _username(name)
    user = User.objects.create_user(
        username=username, first_name=first, last_name=last, email=f"{username}@example.org"
    )
    learning.enrol(user_id=user.pk, course_key=course_key)
    return user.pk


def _username(name: str) -> str:
    return name.lower().replace(" ", ".")
