"""The shape of a firm's development project in the demo: who entered, asked, decided and agreed what, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from iciinsmes.mentors.data import TookPlace
from iciinsmes.projects.data import Decider, GateVerdict, Kind, Light

from .data import DemoPhoto

#: The user name of who coaches the firms.
COACH = "coach"


@dataclass(frozen=True)
class OnDay:
    """A day in what is entered, relative to today."""

    days: int


@dataclass(frozen=True)
class Of:
    """Another entry of the same project, by its key."""

    key: str


@dataclass(frozen=True)
class Who:
    """A person of the firm, by user name."""

    username: str


@dataclass(frozen=True)
class Entered:
    """Something that was entered; ``key`` is what later steps call it, ``photo`` is drawn when the demo is loaded.

    ``content`` is as `projects.kinds` declares it, with `OnDay`, `Of` and `Who` for what is known at loading only.
    """

    days: int
    by: str
    kind: Kind
    content: Mapping[str, Any]
    key: str = ""
    photo: DemoPhoto | None = None


@dataclass(frozen=True)
class Changed:
    """Fields of an entry that somebody has changed."""

    days: int
    by: str
    key: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class TakenEvidence:
    """An own result of an exercise or a passed round that became evidence under ``key``.

    ``kind`` is result or round; ``figure`` of a result becomes a value of the KPI ``kpi`` too.
    """

    days: int
    by: str
    kind: str
    key: str
    figure: str = ""
    kpi: str = ""


@dataclass(frozen=True)
class Asked:
    """The decision at the gate before which the project stands was asked for."""

    days: int
    by: str
    reason: str = ""


@dataclass(frozen=True)
class AskedByLink:
    """The firm's owner was sent a link about the open request, and opened it; without ``change`` that is all so far.

    ``opened`` and ``answered`` are days; ``change`` is the sentence with which it was confirmed.
    """

    days: int
    by: str
    name: str
    email: str
    language: str
    opened: int
    answered: int = 0
    change: str = ""
    took_place: TookPlace = TookPlace.YES


@dataclass(frozen=True)
class Decided:
    """The gate about which a request is open was decided on the page, by the coach."""

    days: int
    reason: str
    by: str = COACH
    decider: Decider = Decider.COACH
    verdict: GateVerdict = GateVerdict.GO


@dataclass(frozen=True)
class Talked:
    """A talk of the coach; agreements become measures under the keys beside them, an empty key is none.

    ``next_on`` is the day of the next talk, None if none was agreed on.
    """

    days: int
    about: str
    notes: str
    agreements: tuple[tuple[str, str], ...] = ()
    next_on: int | None = None
    by: str = COACH


@dataclass(frozen=True)
class Paused:
    """A pause was declared; ``first`` and ``last`` are days, both included."""

    days: int
    by: str
    first: int
    last: int
    reason: str


@dataclass(frozen=True)
class LightSet:
    """The coach has set the light; ``until`` is a day."""

    days: int
    light: Light
    reason: str
    until: int
    by: str = COACH


Step = Entered | Changed | TakenEvidence | Asked | AskedByLink | Decided | Talked | Paused | LightSet


@dataclass(frozen=True)
class DemoProject:
    """A firm's project.

    ``by`` began it on the day ``begins``; steps of one day are taken in their order. ``light`` is what the rules say
    today. ``reminded`` were told yesterday that it is not green, by user name: so nobody is told again while the demo
    is new.
    """

    company: str
    by: str
    begins: int
    light: Light
    steps: tuple[Step, ...]
    reminded: tuple[str, ...] = ()
