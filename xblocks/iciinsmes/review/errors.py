"""What can go wrong in the review room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from iciinsmes.authoring.problems import Problem

    from .data import AssessmentData


class ReviewError(Exception):
    """Base of everything this room raises on purpose."""


class InvalidRubric(ReviewError):
    """A rubric that nobody could assess with; ``problems`` are for its author."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.message for problem in self.problems))


class UnknownRubric(ReviewError):
    """No frozen rubric has this id."""


class InvalidAssessment(ReviewError):
    """Points or texts that do not fit; ``errors`` maps a field to one sentence for the assessor.

    Fields are ``points.<criterion key>``, ``comments.<criterion key>``, ``feedback`` and ``outcome``.
    """

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__(" ".join(self.errors.values()))


class NoProposal(ReviewError):
    """There is nothing to release: this person has proposed no assessment of the subject."""


class StaleAssessment(ReviewError):
    """Another tab or device of the same person saved in between; ``current`` is what is kept now."""

    def __init__(self, current: AssessmentData) -> None:
        self.current = current
        super().__init__(f"assessment {current.id} is at revision {current.revision}")


class AlreadyProposed(ReviewError):
    """Its author is done with it: who wants to change it takes it back first; ``current`` is the proposal."""

    def __init__(self, current: AssessmentData) -> None:
        self.current = current
        super().__init__(f"assessment {current.id} is proposed")


class AlreadyReleased(ReviewError):
    """The subject has a released assessment, which nobody changes any more; ``released`` is that one."""

    def __init__(self, released: AssessmentData) -> None:
        self.released = released
        super().__init__(f"subject {released.subject} was assessed and released")


class ManyRefused(ReviewError):
    """Some of many proposals cannot be saved, so none was; ``errors`` says which, by their subject."""

    def __init__(self, errors: Mapping[UUID, ReviewError]) -> None:
        self.errors = dict(errors)
        super().__init__(f"{len(self.errors)} proposals were refused")
