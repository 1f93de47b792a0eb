"""What can go wrong with self-checks."""


class SelfCheckError(Exception):
    """Base of all errors of this room."""


class UnknownCheck(SelfCheckError):
    """There is no such self-check, or it is not for this person."""


class AlreadySent(SelfCheckError):
    """What should be changed or sent was sent before."""


class TooManyOpen(SelfCheckError):
    """Too many questions are open: ``left`` says how many more have to be answered or put aside."""

    def __init__(self, left: int) -> None:
        super().__init__(str(left))
        self.left = left


class WrongModel(SelfCheckError):
    """A college's file is no model; ``problems`` are sentences for its author that name the place."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
