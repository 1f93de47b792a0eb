"""Reads one OLX course folder into memory; a mistake in one file becomes a notice in its place."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey
from opaque_keys.edx.locator import CourseLocator
from xblock.fields import String

from . import notices
from .authored import Authored, SourcePlace, attribute_value, broken, describe, parse_fields
from .data import CourseNode, GradingPolicy, Node
from .errors import RefusedProblem, UnknownKind, UnreadableCourse, UnreadableFile
from .files import CourseFiles, parse
from .kinds import STRUCTURE, InheritedFields, load_kind
from .policy import Policy, block_policy, gives_companies, grading_policy
from .schedule import SCHEDULE, RunStart, Schedule, read_schedule

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

log = logging.getLogger(__name__)

# Settings that a container hands down to everything below it, as the platform's InheritanceMixin does.
INHERITED = frozenset(
    {
        "due",
        "format",
        "graceperiod",
        "graded",
        "max_attempts",
        "rerandomize",
        "self_paced",
        "show_correctness",
        "show_reset_button",
        "showanswer",
        "start",
        "visible_to_staff_only",
    }
)
# Elements below <course> that are settings of the platform, not blocks.
_NO_BLOCKS = frozenset({"wiki", "textbook", "pdf_textbook", "grading_policy", "tabs"})
_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class LoadedCourse:
    """A course run in memory: never changed, only replaced as a whole.

    ``others`` is the same course in its other languages; what it says besides words is the same.
    """

    course: CourseNode
    blocks: Mapping[UsageKey, Authored]
    files: CourseFiles
    schedule: Schedule = field(default_factory=Schedule)
    others: Mapping[str, LoadedCourse] = field(default_factory=dict)
    nodes: Mapping[UsageKey, Node] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "nodes", {node.usage_key: node for node in self.course.root.walk()})

    def way_to(self, usage_key: UsageKey) -> tuple[Node, ...]:
        """Return the way from the course's root down to one of its blocks, both included."""
        way: list[Node] = []
        key: UsageKey | None = usage_key
        while key is not None:
            way.append(self.nodes[key])
            key = self.blocks[key].parent
        return tuple(reversed(way))


def read_course(folder: Path, *, starts: Mapping[str, RunStart] | None = None) -> LoadedCourse:
    """Read the course run in ``folder``.

    Args:
        folder: the course's folder.
        starts: the first days of runs by course key; without the run's own, its schedule gives no dates.

    Raises:
        UnreadableCourse: if course.xml cannot be read or names no course run.
    """
    files = CourseFiles(folder)
    try:
        pointer = parse(files.read("course.xml"), name="course.xml")
    except UnreadableFile as error:
        raise UnreadableCourse(str(error)) from error
    if pointer.tag != "course":
        raise UnreadableCourse(f"course.xml must start with <course>, not <{pointer.tag}>.")
    key = _course_key(pointer)
    return _Reader(files, key, (starts or {}).get(str(key))).read(pointer)


def _course_key(pointer: etree._Element) -> CourseKey:
    parts = {name: (pointer.get(name) or "").strip() for name in ("org", "course", "url_name")}
    missing = [name for name, value in parts.items() if not value]
    if missing:
        raise UnreadableCourse(f"course.xml needs the attribute {' and '.join(missing)}.")
    try:
        return CourseLocator(parts["org"], parts["course"], parts["url_name"])
    except InvalidKeyError as error:
        raise UnreadableCourse(f"course.xml: {parts} make no course key.") from error


class _Reader:
    """Reads one course run; keeps what has been met on the way."""

    def __init__(self, files: CourseFiles, key: CourseKey, start: RunStart | None) -> None:
        self._files = files
        self._key = key
        self._start = start
        self._schedule = Schedule()
        self._blocks: dict[UsageKey, Authored] = {}
        self._errors: list[str] = []
        self._policy: Policy = {}
        self._roots: dict[str, etree._Element] = {}

    def read(self, pointer: etree._Element) -> LoadedCourse:
        """Read everything below course.xml."""
        run = str(self._key.run)
        grading = GradingPolicy()
        try:
            self._policy = block_policy(self._files, run=run)
        except UnreadableFile as error:
            self._errors.append(str(error))
        try:
            self._schedule = read_schedule(self._files)
        except UnreadableFile as error:
            self._errors.append(str(error))
        try:
            grading = grading_policy(self._files, run=run)
        except UnreadableFile as error:
            self._errors.append(str(error))
        root_key = self._key.make_usage_key("course", "course")
        root = self._container(self._follow_course(pointer), root_key, None, {}, name=run)
        fields = self._blocks[root_key].fields
        self._look_for_lost_dates()
        course = CourseNode(
            key=self._key,
            title=root.display_name or str(self._key),
            root=root,
            language=str(fields.get("language") or "en"),
            short_description=self._short_description(),
            start=root.start,
            end=self._date(fields.get("end")),
            grading=grading,
            errors=tuple(self._errors),
            needs_start=bool(self._schedule.moments) and self._start is None,
            teachers_by_company=gives_companies(self._policy, run=run),
        )
        return LoadedCourse(course=course, blocks=self._blocks, files=self._files, schedule=self._schedule)

    def _follow_course(self, pointer: etree._Element) -> etree._Element:
        if len(pointer):
            self._roots["course.xml"] = pointer
            return pointer
        name = f"course/{pointer.get('url_name')}.xml"
        try:
            root = parse(self._files.read(name), name=name)
        except UnreadableFile as error:
            raise UnreadableCourse(str(error)) from error
        if root.tag != "course":
            raise UnreadableCourse(f"{name} must start with <course>, not <{root.tag}>.")
        self._roots[name] = root
        return root

    def _block(self, element: etree._Element, parent: UsageKey, inherited: Mapping[str, Any]) -> Node:
        """Read one element as a block; whatever is wrong with it ends up in the node's ``error``."""
        name = (element.get("url_name") or "").strip()
        try:
            key = self._usage_key(element, parent, name)
        except InvalidKeyError:
            key = self._derived_key(element, parent, str(element.tag))
            return self._failed(key, parent, notices.unreadable(f"“{name}” is no url_name."))
        if key in self._blocks:
            return self._failed(self._derived_key(element, parent, str(element.tag)), parent, notices.duplicate(name))
        try:
            kind = load_kind(key.block_type)
        except UnknownKind:
            return self._failed(key, parent, notices.unknown_kind(key.block_type), title=element.get("display_name"))
        except Exception:  # an installed package may fail in any way; the course must still load
            log.exception("The XBlock for <%s> cannot be imported", key.block_type)
            return self._failed(key, parent, notices.failed(key.block_type), title=element.get("display_name"))
        try:
            definition = self._follow(element, kind, name)
        except UnreadableFile as error:
            return self._failed(key, parent, notices.unreadable(str(error)))
        if key.block_type in STRUCTURE:
            return self._container(definition, key, parent, inherited, name=name)
        return self._leaf(definition, key, parent, inherited, name=name)

    def _container(
        self,
        element: etree._Element,
        key: UsageKey,
        parent: UsageKey | None,
        inherited: Mapping[str, Any],
        *,
        name: str,
    ) -> Node:
        known = {**InheritedFields.fields, **load_kind(key.block_type).fields}
        raw = {str(attribute): str(value) for attribute, value in element.attrib.items()}
        settings: dict[str, Any] = {
            attribute: attribute_value(known.get(attribute), value)
            for attribute, value in raw.items()
            if attribute in known or attribute in INHERITED
        }
        settings.update(self._policy_of(key, name))
        scheduled = self._scheduled(key, settings)
        settings.update(scheduled)
        handed_down = {**inherited, **{name: value for name, value in settings.items() if name in INHERITED}}
        fields = {name: value for name, value in {**handed_down, **settings}.items() if name in known}
        self._blocks[key] = Authored(
            fields=fields,
            original=fields,
            parent=parent,
            place=self._place(element),
            scheduled=frozenset(scheduled) & known.keys(),
        )
        children = tuple(
            self._block(child, key, handed_down)
            for child in element
            if not (key.block_type == "course" and child.tag in _NO_BLOCKS)
        )
        self._blocks[key] = replace(self._blocks[key], children=tuple(child.usage_key for child in children))
        try:
            return describe(key, fields, files=self._files, children=children)
        except Exception as error:  # noqa: BLE001 - field types raise what they like about a bad value
            self._note(key, str(error))
            safe = {name: value for name, value in fields.items() if isinstance(known[name], String)}
            node = describe(key, safe, files=self._files, children=children)
            self._blocks[key] = replace(self._blocks[key], fields=safe, original=safe)
            return node

    def _leaf(
        self, element: etree._Element, key: UsageKey, parent: UsageKey, inherited: Mapping[str, Any], *, name: str
    ) -> Node:
        children: list[Node] = []

        def adopt(child: etree._Element) -> UsageKey:
            children.append(self._block(child, key, inherited))
            return children[-1].usage_key

        # Taken before the children are read, so that a block inside of itself is met as a duplicate.
        self._blocks[key] = Authored(fields={}, original={}, parent=parent)
        try:
            own = parse_fields(element, key, files=self._files, adopt=adopt)
            known = {**InheritedFields.fields, **load_kind(key.block_type).fields}
            own.update({field: value for field, value in self._policy_of(key, name).items() if field in known})
            scheduled = self._scheduled(key, own)
            own.update(scheduled)
            fields = {**{field: value for field, value in inherited.items() if field in known}, **own}
            node = describe(key, fields, files=self._files, children=tuple(children))
        except RefusedProblem:
            failed = self._failed(key, parent, notices.scripted(), title=element.get("display_name"))
            return self._as_closed_as(element, failed, name)
        except UnreadableFile as error:
            return self._as_closed_as(element, self._failed(key, parent, notices.unreadable(str(error))), name)
        except Exception as error:  # a block's class may fail in any way on what its author wrote
            log.warning("Block %s cannot be read", key, exc_info=True)
            failed = self._failed(key, parent, notices.unreadable(f"{type(error).__name__}: {error}"))
            return self._as_closed_as(element, failed, name)
        self._blocks[key] = Authored(
            fields=fields,
            original=fields,
            parent=parent,
            children=tuple(child.usage_key for child in children),
            place=self._place(element),
            scheduled=frozenset(scheduled),
        )
        return node

    def _as_closed_as(self, element: etree._Element, node: Node, name: str) -> Node:
        """Return the node of a block that cannot be read, hidden as its author wrote; a mistake must not open it."""
        written = {str(key): attribute_value(None, str(value)) for key, value in element.attrib.items()}
        said = {**written, **self._policy_of(node.usage_key, name)}
        try:
            start = InheritedFields.fields["start"].from_json(said.get("start"))
        except (TypeError, ValueError):
            start = None
        return replace(node, staff_only=bool(said.get("visible_to_staff_only")), start=start)

    def _failed(self, key: UsageKey, parent: UsageKey, error: StrOrPromise, *, title: str | None = None) -> Node:
        self._blocks[key] = Authored(fields={}, original={}, parent=parent)
        self._note(key, str(error))
        return broken(key, error, title=title or "")

    def _note(self, key: UsageKey, message: str) -> None:
        self._errors.append(f"{key.block_type}/{key.block_id}: {message}")

    def _follow(self, element: etree._Element, kind: Any, name: str) -> etree._Element:
        """Return the element's definition: from a file of its own if it is a pointer, else the element itself."""
        pointer = set(element.attrib) == {"url_name"} and not len(element) and not (element.text or "").strip()
        # As on the platform: a pure XBlock stands inline, the older kinds and the containers have files.
        if not pointer or not (element.tag in STRUCTURE or hasattr(kind, "load_definition_xml")):
            return element
        path = f"{element.tag}/{name.replace(':', '/')}.xml"
        root = parse(self._files.read(path), name=path)
        if root.tag != element.tag:
            raise UnreadableFile(f"{path} must start with <{element.tag}>, not <{root.tag}>.")
        self._roots[path] = root
        return root

    def _place(self, element: etree._Element) -> SourcePlace | None:
        """Return where the element is written; None inside of a copy that a block's class was given to read."""
        tree = element.getroottree()
        name = tree.docinfo.URL or ""
        return SourcePlace(name, tree.getpath(element)) if self._roots.get(name) is tree.getroot() else None

    def _usage_key(self, element: etree._Element, parent: UsageKey, name: str) -> UsageKey:
        if name:
            return self._key.make_usage_key(str(element.tag), name)
        return self._derived_key(element, parent, str(element.tag))

    def _derived_key(self, element: etree._Element, parent: UsageKey, tag: str) -> UsageKey:
        """Return a key for a block without a usable url_name.

        Made from its place and content: moving its neighbours keeps a learner's state with it, rewriting it does not.
        """
        content = etree.tostring(element, method="c14n")
        for number in range(len(self._blocks) + 1):
            seed = b"\n".join([str(parent).encode(), str(number).encode(), content])
            safe_tag = re.sub(r"[^\w\-~.:]", "_", tag) or "block"
            key = self._key.make_usage_key(safe_tag, hashlib.sha256(seed).hexdigest()[:24])
            if key not in self._blocks:
                return key
        raise AssertionError("There are more keys than blocks.")

    def _policy_of(self, key: UsageKey, name: str) -> Mapping[str, Any]:
        return self._policy.get(f"{key.block_type}/{name}", {})

    def _scheduled(self, key: UsageKey, own: Mapping[str, Any]) -> dict[str, str]:
        """Return the block's dates from the schedule; a date that the OLX gives itself stands."""
        if self._start is None:
            return {}
        try:
            dates = self._schedule.dates(_in_schedule(key), self._start)
        except OverflowError:
            self._note(key, f"{SCHEDULE} leads beyond the year 9999.")
            return {}
        for name in [name for name in dates if own.get(name)]:
            self._note(key, f"{name} stands in the OLX and in {SCHEDULE}; the date in the OLX is used.")
            del dates[name]
        return dates

    def _look_for_lost_dates(self) -> None:
        known = {_in_schedule(key) for key in self._blocks}
        for name in self._schedule.moments:
            if name not in known:
                self._errors.append(f"{SCHEDULE}: the course has no block {name}.")

    def _short_description(self) -> str:
        if not self._files.exists("about/short_description.html"):
            return ""
        try:
            return _TAGS.sub("", self._files.text("about/short_description.html")).strip()
        except UnreadableFile as error:
            self._errors.append(str(error))
            return ""

    def _date(self, value: Any) -> Any:
        try:
            return InheritedFields.fields["due"].from_json(value)
        except (TypeError, ValueError) as error:
            self._errors.append(f"course: {error}")
            return None


def _in_schedule(key: UsageKey) -> str:
    """Return the name of a block in the schedule: there is one course, whatever its run is called."""
    return "course" if key.block_type == "course" else f"{key.block_type}/{key.block_id}"
