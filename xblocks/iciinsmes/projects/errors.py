"""What can go wrong with projects; every error is the caller's to show, none is a defect."""

from __future__ import annotations

from collections.abc import Mapping

from .data import EntryData, TalkData


class ProjectError(Exception):
    """Base of all errors of this room."""


class UnknownProject(ProjectError):
    """There is no such project, or not for this person."""


class UnknownProjectEntry(ProjectError):
    """There is no such entry in the project."""


class NotAllowedInProject(ProjectError):
    """The person may read the project, but not do this."""


class HasEnded(ProjectError):
    """The project has ended; nothing in it changes any more."""


class WrongContent(ProjectError):
    """What was entered does not fit: ``errors`` says why, by field key."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = errors
        super().__init__(", ".join(errors))


class StaleEntry(ProjectError):
    """Somebody was faster: ``entry`` is what stands there now."""

    def __init__(self, entry: EntryData) -> None:
        self.entry = entry
        super().__init__(str(entry.id))


class StaleTalk(ProjectError):
    """The talk was changed in another tab: ``talk`` is what stands there now."""

    def __init__(self, talk: TalkData) -> None:
        self.talk = talk
        super().__init__(str(talk.id))


class TooManyEntries(ProjectError):
    """There are as many entries of the kind as there may be."""


class StillThere(ProjectError):
    """Something in the project still waits to be taken over."""


class WrongPause(ProjectError):
    """A pause that may not be: ``problem`` is a key of `labels`."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


class WrongGate(ProjectError):
    """Nothing can be asked or decided at this gate now: ``problem`` is a key of `labels`."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)
