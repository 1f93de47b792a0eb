"""Units as texts, for the page that shows a whole course: what authors wrote, without a form and without a learner."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from opaque_keys.edx.keys import CourseKey
from web_fragments.fragment import FragmentResource

from iciinsmes.lib.author_html import PREFIX, safe_html
from iciinsmes_campus.editions import api as editions

from .addresses import course_addresses
from .authored import ReadingRuntime
from .data import Node, ReadBlock, ReadUnit, WholeCourse
from .errors import Closed
from .kinds import STRUCTURE
from .languages import as_read
from .library import library
from .notices import failed, notice_html
from .olx import LoadedCourse
from .permissions import is_open
from .questions import question
from .windows import window_line

log = logging.getLogger(__name__)

#: Titles of units are headings of the fourth level, so what stands in them begins below.
_FIRST_LEVEL, _LAST_LEVEL = 5, 6
_HEADING = re.compile(r"(</?h)([1-6])(?=[\s>])")
_NAMED = re.compile(r'(\s(?:aria-describedby|aria-labelledby|headers|id)=")([^"]*)(?=")')
_LINK = re.compile(rf'(\shref="#){PREFIX}')
_PERSON, _RUN = "%%USER_ID%%", "%%COURSE_ID%%"


def read_units(*, course_key: CourseKey, units: Iterable[Node], for_staff: bool) -> WholeCourse:
    """Return units of a course run as texts; it asks the database nothing.

    Args:
        course_key: the course run.
        units: those that are wanted, in their order.
        for_staff: whether it is for the course run's staff, who see what is hidden and what is right.

    Raises:
        UnknownCourse: if no folder holds it.
        Closed: if a unit is not open to learners, and it is for them.
    """
    reader = _Reader(as_read(library().course(course_key)), for_staff=for_staff)
    read = tuple(reader.unit(unit) for unit in units)
    return WholeCourse(units=read, styles=tuple(dict.fromkeys(reader.styles)))


class _Reader:
    """Reads units one after the other; gathers the style sheets that they need."""

    def __init__(self, loaded: LoadedCourse, *, for_staff: bool) -> None:
        self._loaded = loaded
        self._for_staff = for_staff
        self._addresses = course_addresses(loaded)
        self._number = 0
        self.styles: list[str] = []

    def unit(self, unit: Node) -> ReadUnit:
        """Return a unit with what the person may read of it."""
        way = self._loaded.way_to(unit.usage_key)
        if not self._for_staff and not all(is_open(node) for node in way):
            raise Closed(str(unit.usage_key))
        blocks = tuple(self._block(node) for node in self._leaves(unit))
        # A page for trainers takes learners no time.
        minutes = {} if any(node.staff_only for node in way) else editions.added(block.minutes for block in blocks)
        return ReadUnit(node=unit, blocks=blocks, minutes=minutes)

    def _leaves(self, node: Node) -> Iterator[Node]:
        if node.block_type not in STRUCTURE:
            yield node
            return
        for child in node.children:
            if self._for_staff or is_open(child):
                yield from self._leaves(child)

    def _block(self, node: Node) -> ReadBlock:
        if node.error:
            return ReadBlock(node=node, html=notice_html(kind=node.block_type, text=node.error))
        fields = self._loaded.blocks[node.usage_key].fields
        read = _READERS.get(node.block_type, _Reader._window)
        try:
            return read(self, node, fields)
        except Exception:  # a block may fail in any way on what its author wrote; the rest of the course must be shown
            log.exception("Block %s cannot be read as text", node.usage_key)
            return ReadBlock(node=node, html=notice_html(kind=node.block_type, text=failed(node.block_type)))

    def _text(self, node: Node, fields: Mapping[str, Any]) -> ReadBlock:
        written = str(fields.get("data") or "").replace(_PERSON, "").replace(_RUN, str(node.usage_key.course_key))
        html = self._shown(safe_html(written))
        return ReadBlock(node=node, html=html, minutes=editions.html_minutes(html, written=written))

    def _question(self, node: Node, fields: Mapping[str, Any]) -> ReadBlock:
        found = question(str(fields.get("data") or ""))
        html = self._shown(found.asked)
        minutes = editions.html_minutes(html, questions=found.count)
        answer = self._shown(found.answer) if self._for_staff and found.answer else None
        return ReadBlock(node=node, title=node.display_name, html=html, answer=answer, minutes=minutes)

    def _assignment(self, node: Node, fields: Mapping[str, Any]) -> ReadBlock:
        """Return a task as its authors see it in Studio: it is there whole, and nothing of a learner is."""
        runtime = ReadingRuntime(files=self._loaded.files, fields=dict(fields), adopt=None)
        fragment = runtime.make(node.usage_key).author_view()
        self._gather(fragment.resources)
        html = self._shown(fragment.body_html())
        task = fields.get("task") or {}
        written, hours = str(task.get("instructions") or ""), float(task.get("hours") or 0)
        return ReadBlock(
            node=node,
            html=html,
            window=window_line(node.block_type, fields),
            minutes=editions.html_minutes(html, written=written, hours=hours),
        )

    def _window(self, node: Node, fields: Mapping[str, Any]) -> ReadBlock:
        """Return what the author of a block says first, and what there is to do in its unit."""
        written = str(fields.get("instructions") or "")
        html = self._shown(safe_html(written))
        return ReadBlock(
            node=node,
            title=node.display_name,
            html=html,
            window=window_line(node.block_type, fields),
            minutes=editions.html_minutes(html, written=written, reactions=node.block_type == "reaction"),
        )

    def _shown(self, html: str) -> SafeString:
        """Return clean HTML with addresses of the campus, headings below the unit's, and names that nobody else has."""
        self._number += 1
        text = self._addresses.replace_urls(_below(html))
        if PREFIX in text:
            own = f"part-{self._number}-{PREFIX}"
            text = _NAMED.sub(lambda found: found[1] + found[2].replace(PREFIX, own), _LINK.sub(rf"\1{own}", text))
        return mark_safe(text)

    def _gather(self, resources: Iterable[FragmentResource]) -> None:
        self.styles += [each.data for each in resources if each.kind == "url" and each.mimetype == "text/css"]


_READERS: Mapping[str, Callable[[_Reader, Node, Mapping[str, Any]], ReadBlock]] = {
    "html": _Reader._text,
    "problem": _Reader._question,
    "workplace_assignment": _Reader._assignment,
}


def _below(html: str) -> str:
    """Return HTML whose headings begin on the first level below a unit's title, and leave none out."""
    levels = sorted({found[2] for found in _HEADING.finditer(html)})
    wanted = {level: min(_FIRST_LEVEL + place, _LAST_LEVEL) for place, level in enumerate(levels)}
    return _HEADING.sub(lambda found: f"{found[1]}{wanted[found[2]]}", html)
