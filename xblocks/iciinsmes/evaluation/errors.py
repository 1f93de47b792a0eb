"""What can go wrong with evaluations."""


class EvaluationError(Exception):
    """Base of all errors of this room."""


class UnknownReaction(EvaluationError):
    """The block was never published or opened."""


class CycleOver(EvaluationError):
    """The cycle is over: nothing is answered or changed any more."""


class UnknownQuestion(EvaluationError):
    """The link leads nowhere: this site has not made it, or it has expired."""


class NotEntered(EvaluationError):
    """The answer is kept, but its value could not be entered in the firm's project."""


class UnknownReport(EvaluationError):
    """There is no such report for this person."""


class NothingToReport(EvaluationError):
    """No course run was chosen that the person may report on."""
