"""What a learner has done in the parts of a course, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.platform import Role, host
from iciinsmes_campus.courseware.api import Node
from iciinsmes_campus.learning import api as learning

from .permissions import Visit

#: The kind of block whose work the add-on keeps itself.
ASSIGNMENT = "workplace_assignment"
#: Sums of fractions end a hair below 1.
_WHOLE = 1 - 1e-9


@dataclass(frozen=True)
class Done:
    """What one person has done: how much of each block, and where the works of assignments stand."""

    completions: Mapping[UsageKey, float]
    works: Mapping[UsageKey, str]

    def state(self, unit: Node) -> str:
        """Return ``revise`` (a teacher asks for another round), ``done``, ``begun`` or ``open``."""
        if any(self.works.get(leaf.usage_key) == "revise" for leaf in unit.leaves()):
            return "revise"
        fraction = learning.fraction_done(unit, self.completions)
        if fraction >= _WHOLE:
            return "done"
        begun = fraction > 0 or any(leaf.usage_key in self.works for leaf in unit.leaves())
        return "begun" if begun else "open"


@dataclass(frozen=True)
class UnitPart:
    """A unit in a list; ``state`` is one of `Done.state`."""

    node: Node
    state: str


@dataclass(frozen=True)
class SubsectionPart:
    """A subsection with its units; ``due`` is the person's own date, ``opens`` is None when it is open."""

    node: Node
    units: tuple[UnitPart, ...]
    due: datetime | None
    opens: datetime | None

    @property
    def done(self) -> bool:
        """Tell whether nothing is left to do here."""
        return all(unit.state == "done" for unit in self.units)

    @property
    def late(self) -> bool:
        """Tell whether the date has passed and something is left to do."""
        return self.due is not None and self.due < timezone.now() and not self.done


@dataclass(frozen=True)
class SectionPart:
    """A section with its subsections."""

    node: Node
    subsections: tuple[SubsectionPart, ...]

    @property
    def total(self) -> int:
        """Return how many units the section has."""
        return sum(len(entry.units) for entry in self.subsections)

    @property
    def done(self) -> int:
        """Return how many of them are done."""
        return sum(unit.state == "done" for entry in self.subsections for unit in entry.units)


@dataclass(frozen=True)
class NextStep:
    """The unit to go on with, where it stands, and whether the person has begun the course."""

    unit: Node
    state: str
    subsection: SubsectionPart
    begun: bool


def done_by(visit: Visit) -> Done:
    """Return what the person has done in the course run, in two queries."""
    return Done(
        completions=learning.completions(user_id=visit.user_id, course_key=visit.key),
        works=assignments.states_of(user_id=visit.user_id, course_key=visit.key),
    )


def sections_of(visit: Visit, done: Done) -> tuple[SectionPart, ...]:
    """Return the course run as the person sees it, with what is done."""
    return tuple(
        SectionPart(
            node=section,
            subsections=tuple(subsection_part(visit, entry, done) for entry in visit.children(section)),
        )
        for section in visit.children(visit.course.root)
    )


def subsection_part(visit: Visit, node: Node, done: Done) -> SubsectionPart:
    """Return a subsection as the person sees it."""
    return SubsectionPart(
        node=node,
        units=tuple(UnitPart(unit, done.state(unit)) for unit in visit.children(node)),
        due=host().due_date(visit.user_id, node.usage_key),
        opens=visit.opens(node),
    )


def next_step(visit: Visit, sections: tuple[SectionPart, ...]) -> NextStep | None:
    """Return where the person goes on: what a teacher sent back, else the first unit that is not done.

    Units count in reading order, and only when they are open.
    """
    left = [
        (subsection, unit)
        for subsection, unit in _units(sections)
        if unit.state != "done" and not subsection.opens and not visit.opens(unit.node)
    ]
    if not left:
        return None
    subsection, unit = min(left, key=lambda entry: entry[1].state != "revise")
    begun = any(entry.state != "open" for _subsection, entry in _units(sections))
    return NextStep(unit=unit.node, state=unit.state, subsection=subsection, begun=begun)


def _units(sections: tuple[SectionPart, ...]) -> Iterator[tuple[SubsectionPart, UnitPart]]:
    return ((entry, unit) for section in sections for entry in section.subsections for unit in entry.units)


def role_name(role: Role, *, many: bool = False) -> str:
    """Return the role's name in the active language."""
    names = {
        Role.LEARNER: (_("Learner"), _("Learners")),
        Role.TEACHER: (_("Teacher"), _("Teachers")),
        Role.COORDINATOR: (_("Coordinator"), _("Coordinators")),
    }
    return names[role][many]
