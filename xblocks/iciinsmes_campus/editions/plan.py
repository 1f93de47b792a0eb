"""What a course promises: hours and outcomes a section, and what a sheet about it as a micro-credential says.

The file ``plan.toml`` in the course folder is for its college and its builders; it goes into no archive.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import UnreadableSource
from .segments import Text

if TYPE_CHECKING:
    from .catalogues import Translations

PLAN = "plan.toml"
#: The least share of the planned hours that the sources of a course have to fill, in each kind.
LEAST = 0.85
#: The kinds of planned hours, and which counted minutes fill them.
HOURS: Mapping[str, tuple[str, ...]] = {
    "contact_online": ("online", "session"),
    "work": ("work",),
    "coaching": ("coaching",),
}


@dataclass(frozen=True)
class SectionPlan:
    """One section: planned hours by the keys of `HOURS`, and what a learner can do after it."""

    hours: Mapping[str, float]
    outcome: str


@dataclass(frozen=True)
class CoursePlan:
    """The plan of a course: sections by their ``url_name``, and the lines of its sheet by their names."""

    sections: Mapping[str, SectionPlan]
    credential: Mapping[str, str]

    def hours(self, kind: str) -> float:
        """Return the planned hours of a kind in all sections."""
        return sum(section.hours[kind] for section in self.sections.values())


def read_plan(source: Path) -> CoursePlan | None:
    """Return the plan of a course; None if it has none.

    Raises:
        UnreadableSource: if the file cannot be read or lacks something.
    """
    path = source / PLAN
    if not path.is_file():
        return None
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        sections = {
            name: SectionPlan({kind: float(entry[kind]) for kind in HOURS}, str(entry["outcome"]))
            for name, entry in said["sections"].items()
        }
        return CoursePlan(sections, {name: str(text) for name, text in said.get("credential", {}).items()})
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableSource(f"{PLAN}: {error}") from error


def in_language(plan: CoursePlan, translations: Translations | None) -> CoursePlan:
    """Return a plan with its texts in a language; what has no translation stays."""

    def told(text: str) -> str:
        return (translations.of(PLAN, text) if translations else None) or text

    sections = {name: replace(section, outcome=told(section.outcome)) for name, section in plan.sections.items()}
    return CoursePlan(sections, {name: told(text) for name, text in plan.credential.items()})


def texts_of_plan(plan: CoursePlan) -> list[Text]:
    """Return what a plan says to learners, for the catalogues."""
    outcomes = [Text(section.outcome, "outcome", False) for section in plan.sections.values()]
    return [*outcomes, *(Text(text, f"credential {name}", False) for name, text in plan.credential.items())]


def too_little(plan: CoursePlan, minutes: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return the sections whose sources fill less than `LEAST` of their planned hours, with both numbers."""
    found = []
    for name, section in plan.sections.items():
        for kind, planned in section.hours.items():
            counted = hours(minutes.get(name, {}), kind)
            if counted < LEAST * planned:
                found.append(f"{name} has {counted:.1f} of {planned:g} hours {kind}")
    return found


def hours(minutes: Mapping[str, float], kind: str) -> float:
    """Return counted minutes as hours of a kind of `HOURS`."""
    return sum(minutes.get(part, 0) for part in HOURS[kind]) / 60
