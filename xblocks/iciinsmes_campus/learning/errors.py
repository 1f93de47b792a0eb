"""What can go wrong in the room of learning."""


class LearningError(Exception):
    """Base of this room's errors."""


class InvalidGrade(LearningError, ValueError):
    """Points that make no grade: nothing possible, or not a number."""
