"""What is said about evaluations, in the active language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .data import KeptAnswer, Obstacle

STATEMENT_WORDS: Mapping[str, Promise] = {
    "useful": gettext_lazy("I can use this in my firm within four weeks."),
    "worth": gettext_lazy("The effort was worth it."),
    "next_step": gettext_lazy("I know my next step."),
}
OBSTACLE_WORDS: Mapping[Obstacle, Promise] = {
    Obstacle.TIME: gettext_lazy("Time"),
    Obstacle.DATA: gettext_lazy("Data"),
    Obstacle.COLLEAGUES: gettext_lazy("Colleagues"),
    Obstacle.BOSS: gettext_lazy("Boss"),
    Obstacle.TECHNIQUE: gettext_lazy("Technique"),
    Obstacle.OTHER: gettext_lazy("Something else"),
}
KEPT_WORDS: Mapping[str, Promise] = {
    "still_used": gettext_lazy("Is what you changed still in use?"),
    "effect_seen": gettext_lazy("Do you see an effect?"),
    "others_use": gettext_lazy("Do others in the firm use it too?"),
}
SAID_WORDS: Mapping[KeptAnswer, Promise] = {
    KeptAnswer.YES: gettext_lazy("Yes"),
    KeptAnswer.PARTLY: gettext_lazy("Partly"),
    KeptAnswer.NO: gettext_lazy("No"),
}


class Form(StrEnum):
    """How a figure is read."""

    COUNT = "count"
    SHARE = "share"
    MEAN = "mean"
    PERCENT = "percent"


@dataclass(frozen=True)
class Measure:
    """A column of a report; ``full`` says what a short title means."""

    key: str
    title: Promise
    full: Promise
    form: Form = Form.SHARE


@dataclass(frozen=True)
class EvaluationLevel:
    """A table of a report; ``drawn`` is the key of the measure that is drawn beside it."""

    title: Promise
    measures: tuple[Measure, ...]
    drawn: str


_SHORT_KEPT = {
    ("still_used", 3): gettext_lazy("Used, 3 m."),
    ("effect_seen", 3): gettext_lazy("Effect, 3 m."),
    ("others_use", 3): gettext_lazy("Others, 3 m."),
    ("still_used", 6): gettext_lazy("Used, 6 m."),
    ("effect_seen", 6): gettext_lazy("Effect, 6 m."),
    ("others_use", 6): gettext_lazy("Others, 6 m."),
}
_FULL_KEPT = {
    ("still_used", 3): gettext_lazy("Still in use after 3 months, of those who answered"),
    ("effect_seen", 3): gettext_lazy("An effect is seen after 3 months, of those who answered"),
    ("others_use", 3): gettext_lazy("Others in the firm use it after 3 months, of those who answered"),
    ("still_used", 6): gettext_lazy("Still in use after 6 months, of those who answered"),
    ("effect_seen", 6): gettext_lazy("An effect is seen after 6 months, of those who answered"),
    ("others_use", 6): gettext_lazy("Others in the firm use it after 6 months, of those who answered"),
}

LEVELS: tuple[EvaluationLevel, ...] = (
    EvaluationLevel(
        gettext_lazy("The run"),
        (
            Measure("starters", gettext_lazy("Starters"), gettext_lazy("Learners who are enrolled"), Form.COUNT),
            Measure("completers", gettext_lazy("Completers"), gettext_lazy("All assignments passed or not needed")),
            Measure(
                "certificates",
                gettext_lazy("Certificates"),
                gettext_lazy("Completers who have all that the certificate asks for"),
            ),
            Measure(
                "feedback_days",
                gettext_lazy("Feedback"),
                gettext_lazy("Working days until an answer of the staff, mean"),
                Form.MEAN,
            ),
            Measure("light_green", gettext_lazy("Green"), gettext_lazy("Projects whose light is green")),
            Measure("light_amber", gettext_lazy("Amber"), gettext_lazy("Projects whose light is amber")),
            Measure("light_red", gettext_lazy("Red"), gettext_lazy("Projects whose light is red")),
            Measure("light_ended", gettext_lazy("Ended"), gettext_lazy("Projects that have ended")),
            Measure(
                "success_end",
                gettext_lazy("Success"),
                gettext_lazy("Projects that had reached their goal at the end of the run, of those with values"),
            ),
        ),
        "completers",
    ),
    EvaluationLevel(
        gettext_lazy("Reaction, after each cycle"),
        (
            *(
                Measure(f"reaction_{key}", title, STATEMENT_WORDS[key], Form.MEAN)
                for key, title in (
                    ("useful", gettext_lazy("Useful")),
                    ("worth", gettext_lazy("Worth it")),
                    ("next_step", gettext_lazy("Next step")),
                )
            ),
            *(Measure(f"stopped_{key.value}", words, words) for key, words in OBSTACLE_WORDS.items()),
        ),
        "reaction_useful",
    ),
    EvaluationLevel(
        gettext_lazy("Learning, before and after"),
        (
            Measure(
                "exercise_first",
                gettext_lazy("First try"),
                gettext_lazy("Result of first tries at exercises, percent of the points"),
                Form.PERCENT,
            ),
            Measure(
                "exercise_best",
                gettext_lazy("Best try"),
                gettext_lazy("Result of best tries at exercises, percent of the points"),
                Form.PERCENT,
            ),
            Measure(
                "responsive_before",
                gettext_lazy("Responding, before"),
                gettext_lazy("First self-check, from 0 to 100: responding to customers"),
                Form.MEAN,
            ),
            Measure(
                "responsive_after",
                gettext_lazy("Responding, after"),
                gettext_lazy("Last self-check, from 0 to 100: responding to customers"),
                Form.MEAN,
            ),
            Measure(
                "proactive_before",
                gettext_lazy("Looking ahead, before"),
                gettext_lazy("First self-check, from 0 to 100: looking ahead"),
                Form.MEAN,
            ),
            Measure(
                "proactive_after",
                gettext_lazy("Looking ahead, after"),
                gettext_lazy("Last self-check, from 0 to 100: looking ahead"),
                Form.MEAN,
            ),
        ),
        "exercise_best",
    ),
    EvaluationLevel(
        gettext_lazy("Transfer to the firm"),
        (
            Measure(
                "confirmed",
                gettext_lazy("Confirmed"),
                gettext_lazy("Learners of whose work a mentor has said that it took place"),
            ),
            *(
                Measure(f"{key}_{months}", title, _FULL_KEPT[key, months])
                for (key, months), title in _SHORT_KEPT.items()
            ),
        ),
        "confirmed",
    ),
    EvaluationLevel(
        gettext_lazy("Results of the projects"),
        (
            Measure(
                "way_end",
                gettext_lazy("Way, end"),
                gettext_lazy("How far KPIs had come from the value at the start to the goal, at the end of the run"),
                Form.PERCENT,
            ),
            Measure("way_3", gettext_lazy("Way, 3 m."), gettext_lazy("The same after 3 months"), Form.PERCENT),
            Measure("way_6", gettext_lazy("Way, 6 m."), gettext_lazy("The same after 6 months"), Form.PERCENT),
            Measure(
                "success_3",
                gettext_lazy("Success, 3 m."),
                gettext_lazy("Projects that had reached their goal after 3 months, of those with values"),
            ),
            Measure(
                "success_6",
                gettext_lazy("Success, 6 m."),
                gettext_lazy("Projects that had reached their goal after 6 months, of those with values"),
            ),
        ),
        "way_end",
    ),
)


def college_words(college: str) -> str:
    """Return the college, or that nobody has said it."""
    return college or _("College not stated")


def not_entered() -> str:
    """Say why a value did not get into the project."""
    return _(
        "Your answers are kept. The value could not be entered in the project: it has ended, or you left the firm."
    )
