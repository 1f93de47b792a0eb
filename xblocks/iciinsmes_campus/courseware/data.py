"""What the campus' other rooms see of a course: frozen, without a database, without an XBlock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes_campus.editions.api import Minutes

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Node:
    """One block of a course, as its author wrote it.

    ``completion`` is the XBlock completion mode: ``completable``, ``aggregator`` (a container) or ``excluded``;
    ``seen_completes`` says that being seen is all a learner has to do here.
    ``max_score`` is what a learner can earn here, weight applied; 0 where nothing is earned.
    ``error`` is a sentence for people, empty when the block is fine.
    """

    usage_key: UsageKey
    block_type: str
    display_name: str
    children: tuple[Node, ...] = ()
    graded: bool = False
    format: str = ""
    start: datetime | None = None
    due: datetime | None = None
    has_score: bool = False
    weight: float | None = None
    max_score: float = 0.0
    completion: str = "completable"
    seen_completes: bool = False
    staff_only: bool = False
    error: StrOrPromise = ""

    def walk(self) -> Iterator[Node]:
        """Yield this node and everything below it, in the order of the course."""
        yield self
        for child in self.children:
            yield from child.walk()

    def leaves(self) -> Iterator[Node]:
        """Yield the blocks below this node (or itself) that are no containers."""
        return (node for node in self.walk() if node.completion != "aggregator")


@dataclass(frozen=True, slots=True)
class AssignmentType:
    """One line of a grading policy: what counts how much."""

    name: str
    short_label: str
    weight: float
    min_count: int = 1
    drop_count: int = 0


@dataclass(frozen=True, slots=True)
class GradingPolicy:
    """How results become one course grade.

    ``cutoffs`` maps a grade's name to the least fraction that earns it, best first.
    """

    types: tuple[AssignmentType, ...] = ()
    cutoffs: dict[str, float] = field(default_factory=dict)

    @property
    def pass_mark(self) -> float:
        """Return the least fraction (0 to 1) that passes the course."""
        return min(self.cutoffs.values(), default=0.5)


@dataclass(frozen=True, slots=True)
class CourseNode:
    """One course run: its tree (``root``, children are the sections) and what its author said about it.

    ``errors`` lists everything that could not be read, one sentence each, places included.
    ``needs_start`` says that its dates are counted from the first day of the run, and nobody has given that day yet.
    ``language`` is that of the texts at hand, ``languages`` are all that the course has, its author's first.
    ``teachers_by_company`` is what its policy says under *Other Course Settings*, as on the platform.
    """

    key: CourseKey
    title: str
    root: Node
    language: str = "en"
    languages: tuple[str, ...] = ()
    short_description: str = ""
    start: datetime | None = None
    end: datetime | None = None
    grading: GradingPolicy = GradingPolicy()
    errors: tuple[str, ...] = ()
    needs_start: bool = False
    teachers_by_company: bool = False

    @property
    def written_in(self) -> str:
        """Return the language of its author, where its texts at hand are in another one; else empty."""
        own = self.languages[0] if self.languages else self.language
        return "" if own == self.language else own


@dataclass(frozen=True, slots=True)
class BrokenCourse:
    """A folder that could not become a course, and why."""

    folder: str
    error: str


@dataclass(frozen=True, slots=True)
class RenderedUnit:
    """A unit (or one block's editor) ready for a page.

    ``head_html`` goes into ``<head>`` (styles), ``html`` into the page's body, ``foot_html`` before ``</body>``
    (scripts, with the request's CSP nonce where needed).
    """

    html: SafeString
    head_html: SafeString
    foot_html: SafeString


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """A block as a text to read: ``title`` is empty where readers see none.

    ``answer`` says what is right, for staff only; ``window`` what there is to do in the unit.
    """

    node: Node
    html: SafeString
    title: str = ""
    answer: SafeString | None = None
    window: str = ""
    minutes: Minutes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """A unit as texts to read, with the minutes of its blocks together."""

    node: Node
    blocks: tuple[ReadBlock, ...]
    minutes: Minutes


@dataclass(frozen=True, slots=True)
class WholeCourse:
    """Units as texts, and the addresses of the style sheets that they need."""

    units: tuple[ReadUnit, ...]
    styles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlainEdit:
    """What an author can change with a plain form; ``language`` is ``html``, ``xml``, or empty without a source."""

    title: str
    source: str = ""
    language: str = ""
