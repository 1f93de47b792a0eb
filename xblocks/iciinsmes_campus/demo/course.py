"""The parts of SME course 1 that the demo's people have worked on, by the names its OLX gives them."""

from __future__ import annotations

from datetime import datetime, timedelta

from opaque_keys.edx.keys import CourseKey

from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.demo.data import Answer, DemoQuizAnswer, DemoReading

COURSE_KEY = "course-v1:ICIinSMEs+SME1+2026"
ASSIGNMENT = "w01"
SELF_CHECK = "first-self-check"
#: The blocks that show a part of the firm's project.
PROJECT_BLOCKS = ("project-charter", "project-customers", "project-kpis")
#: The day of the run on which the demo is loaded, whatever day that is: the fourth of week 5.
DAY = 4 * 7 + 4

START = (
    "why-firms-move-text",
    "hear-work-out-do-text",
    "start-who-helps-you-text",
    "start-phone-and-colleague-text",
    "start-learning-agreement-text",
    "example-nordlicht-text",
    "start-what-two-firms-did-text",
    "first-look-text",
    "from-trigger-to-goal-text",
    "start-three-goals-text",
    "start-talk-about-it-text",
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
    "may-i-ask-afterwards-text",
    "pseudonyms-and-delete-dates-text",
    "photos-and-reviews-text",
    "colleagues-have-rights-too-text",
    "quiz-channels-intro",
    "law-check-intro",
    "two-channel-lists-marked-text",
)

RIGHT: dict[str, tuple[Answer, ...]] = {
    "which-step-counts": ("choice_3",),
    "hear-work-out-or-do": ("Work out", "Hear", "Do"),
    "looking-ahead": (("choice_0", "choice_2", "choice_3"),),
    "hit-rate": ("25", "choice_1"),
    "start-which-trigger": ("choice_0",),
    "start-which-goal": ("choice_2",),
    "hidden-or-not": (("choice_0", "choice_2", "choice_4"),),
    "messages-nobody-reads": ("87",),
    "what-the-list-needs": ("choice_2",),
    "what-the-count-allows": ("choice_0",),
    "what-the-key-list-does": ("choice_2",),
    "what-to-do-with-it": (
        "Cover name, address and signature",
        "Ask first, and note the yes",
        "Take it as it is",
    ),
    "law-texts-for-a-tool": ("choice_3",),
    "law-answer-to-a-review": ("choice_1",),
    "law-ask-the-customer": (("choice_0", "choice_2", "choice_4"),),
}
QUIZ_1 = (
    "which-step-counts",
    "hear-work-out-or-do",
    "looking-ahead",
    "hit-rate",
    "start-which-trigger",
    "start-which-goal",
)
QUIZ_2 = ("hidden-or-not", "messages-nobody-reads", "what-the-list-needs", "what-the-count-allows")
LAW_CHECK = (
    "what-the-key-list-does",
    "what-to-do-with-it",
    "law-texts-for-a-tool",
    "law-answer-to-a-review",
    "law-ask-the-customer",
)


def place(course_key: CourseKey, *, today: datetime) -> None:
    """Start the demo's run so many days ago that today is its day `DAY`; from then on it ages as every run does.

    Args:
        course_key: the demo's course run.
        today: a moment of the day on which the demo was loaded.

    Raises:
        courseware.UnknownCourse: the demo's course is not among the courses.
        courseware.UnreadableRuns: if the file with the starts of runs cannot be read.
    """
    day = today.astimezone(courseware.run_zone(course_key)).date()
    courseware.begin_run(course_key, day=day - timedelta(days=DAY - 1))


def read(pages: tuple[str, ...], *, days: int) -> tuple[DemoReading, ...]:
    """Pages read on one day."""
    return tuple(DemoReading(page, days) for page in pages)


def answered(
    problems: tuple[str, ...], *, days: int, but: dict[str, tuple[Answer, ...]] | None = None
) -> tuple[DemoQuizAnswer, ...]:
    """Answers that are right, ``but`` for those given."""
    return tuple(DemoQuizAnswer(name, days, {**RIGHT, **(but or {})}[name]) for name in problems)
