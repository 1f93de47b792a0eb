"""The parts of SME course 1 that the demo's people have worked on, by the names its OLX gives them."""

from __future__ import annotations

from iciinsmes_campus.demo.data import Answer, DemoQuizAnswer, DemoReading

COURSE_KEY = "course-v1:ICIinSMEs+SME1+2026"
ASSIGNMENT = "w01"

START = (
    "why-firms-move-text",
    "new-or-clearly-better-text",
    "hear-work-out-do-text",
    "two-directions-text",
    "first-look-text",
    "example-nordlicht-text",
    "from-trigger-to-goal-text",
    "quiz-start-intro",
)
CHANNELS = (
    "places-you-know-text",
    "hidden-sources-text",
    "channel-list-text",
    "example-pod-debem-text",
)
LAW = (
    "data-law-in-plain-words-text",
    "a-ground-for-your-data-text",
    "pseudonyms-and-delete-dates-text",
    "photos-and-reviews-text",
    "quiz-channels-intro",
)

RIGHT: dict[str, tuple[Answer, ...]] = {
    "which-step-counts": ("choice_1",),
    "hear-work-out-or-do": ("Work out", "Hear", "Do"),
    "looking-ahead": (("choice_0", "choice_2"),),
    "hit-rate": ("35",),
    "hidden-or-not": (("choice_0", "choice_2", "choice_3"),),
    "messages-nobody-reads": ("85",),
    "what-the-key-list-does": ("choice_1",),
    "what-to-do-with-it": (
        "Cover the address, then take the photo",
        "Ask for consent in writing first",
        "Take the photo as it is",
    ),
}
QUIZ_1 = ("which-step-counts", "hear-work-out-or-do", "looking-ahead", "hit-rate")
QUIZ_2 = ("hidden-or-not", "messages-nobody-reads", "what-the-key-list-does", "what-to-do-with-it")


def read(pages: tuple[str, ...], *, days: int) -> tuple[DemoReading, ...]:
    """Pages read on one day."""
    return tuple(DemoReading(page, days) for page in pages)


def answered(
    problems: tuple[str, ...], *, days: int, but: dict[str, tuple[Answer, ...]] | None = None
) -> tuple[DemoQuizAnswer, ...]:
    """Answers that are right, ``but`` for those given."""
    return tuple(DemoQuizAnswer(name, days, {**RIGHT, **(but or {})}[name]) for name in problems)
