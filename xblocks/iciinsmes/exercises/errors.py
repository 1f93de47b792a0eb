"""What can go wrong in exercises; every error is the caller's to show, none is a defect."""

from __future__ import annotations


class ExerciseError(Exception):
    """Base of all errors of this room."""


class UnknownExercise(ExerciseError):
    """No learner has opened an exercise under this key yet."""


class UnknownAttempt(ExerciseError):
    """The person has no such attempt."""


class UnknownData(ExerciseError):
    """There is no such data set, or not for this person and instrument."""


class UnknownResult(ExerciseError):
    """There is no such result, or not for this person."""


class NoAttemptsLeft(ExerciseError):
    """The author allows no more attempts."""


class OtherStep(ExerciseError):
    """The attempt stands at another step: it was answered in another tab, or by the first half of a double click."""


class InUse(ExerciseError):
    """A result that belongs to an attempt cannot be removed alone."""


class TooMuchData(ExerciseError):
    """The person keeps as many data sets or versions as anybody may."""
