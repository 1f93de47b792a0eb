"""What can go wrong in the room of courseware."""


class CoursewareError(Exception):
    """Base of this room's errors."""


class UnknownCourse(CoursewareError, LookupError):
    """No course folder holds this course run."""


class UnknownBlock(CoursewareError, LookupError):
    """The course run has no such block."""


class Closed(CoursewareError):
    """The block is not open yet for this person, or for staff only."""


class UnreadableCourse(CoursewareError):
    """A course folder that cannot become a course; the message says why, for its author."""


class UnreadableRuns(CoursewareError):
    """The file with the starts of course runs says something else; the message names it."""


class UnreadableFile(CoursewareError):
    """A file of a course that is missing, malformed or not allowed; the message names it."""


class UnknownKind(CoursewareError):
    """No installed XBlock answers to this tag."""


class RefusedProblem(CoursewareError):
    """A problem that would run its author's code on the server."""


class Refused(CoursewareError):
    """A block does not do what was asked; the message says why, for the person. ``status`` is that of the answer."""

    def __init__(self, message: str, *, status: int = 409) -> None:
        super().__init__(message)
        self.status = status


class InvalidEdit(CoursewareError):
    """What an author typed cannot be saved; the message says why, for the author."""


class CannotExport(CoursewareError):
    """An author's change has no place in the course folder; the message names the block."""
