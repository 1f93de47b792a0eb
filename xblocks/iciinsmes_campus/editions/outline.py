"""Which file of a course folder belongs to which section and unit, read from the OLX alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from .documents import has_texts
from .errors import UnreadableSource

#: The catalogue of what belongs to no single section: the course's name, its pages, pictures of several sections.
WHOLE = "course"
_CONTAINERS = frozenset(["course", "chapter", "sequential", "vertical"])
_STATIC = re.compile(r"/static/([\w.-]+)")


@dataclass(frozen=True)
class CourseUnit:
    """One unit of the course: ``files`` are those that hold its texts, ``blocks`` its blocks as they are written."""

    name: str
    title: str
    section: str
    subsection: str
    is_for_staff: bool
    files: tuple[str, ...]
    blocks: tuple[etree._Element, ...]


@dataclass(frozen=True)
class Outline:
    """The units in their order, and the section of each file that belongs to one alone."""

    title: str
    sections: tuple[tuple[str, str], ...]
    units: tuple[CourseUnit, ...]
    section_of: dict[str, str]


def read_outline(source: Path) -> Outline:
    """Return the outline of a course folder.

    Raises:
        UnreadableSource: if a file that is pointed to is missing or is no XML.
    """
    return _Reader(source).read()


def text_files(source: Path) -> list[str]:
    """Return the names of all files of a course folder that hold texts, in the order of the alphabet."""
    names = (path.relative_to(source).as_posix() for path in sorted(source.rglob("*")) if path.is_file())
    return [name for name in names if "/" in name and has_texts(name)]


class _Reader:
    """Walks down from ``course.xml``."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self._sections: dict[str, set[str]] = {}
        self._units: list[CourseUnit] = []

    def read(self) -> Outline:
        root, _files = self._follow(self._parsed("course.xml"))
        chapters = []
        for child in root.iterchildren("chapter"):
            chapter, files = self._follow(child)
            name = str(child.get("url_name") or chapter.get("url_name"))
            chapters.append((name, chapter.get("display_name", "")))
            self._note(files, name)
            for element in chapter.iterchildren("sequential"):
                self._subsection(element, name, is_staff=_for_staff(child) or _for_staff(chapter))
        alone = {file: next(iter(names)) for file, names in self._sections.items() if len(names) == 1}
        return Outline(root.get("display_name", ""), tuple(chapters), tuple(self._units), alone)

    def _subsection(self, pointer: etree._Element, section: str, *, is_staff: bool) -> None:
        element, files = self._follow(pointer)
        self._note(files, section)
        hidden = is_staff or _for_staff(pointer) or _for_staff(element)
        for child in element.iterchildren("vertical"):
            unit, unit_files = self._follow(child)
            blocks, names = [], list(unit_files)
            for part in unit.iterchildren(etree.Element):
                block, block_files = self._follow(part)
                blocks.append(block)
                names += block_files
            self._note(names, section)
            self._units.append(
                CourseUnit(
                    name=str(child.get("url_name") or unit.get("url_name")),
                    title=unit.get("display_name", ""),
                    section=section,
                    subsection=str(pointer.get("url_name") or element.get("url_name")),
                    is_for_staff=hidden or _for_staff(child) or _for_staff(unit),
                    files=tuple(dict.fromkeys(names)),
                    blocks=tuple(blocks),
                )
            )

    def _follow(self, element: etree._Element) -> tuple[etree._Element, list[str]]:
        """Return where an element is written, and the files that it lies in."""
        kind, name = str(element.tag), element.get("url_name", "")
        path = f"{kind}/{name}.xml"
        is_pointer = bool(name) and not len(element) and not (element.text or "").strip()
        if not is_pointer or not (self._source / path).is_file() or not (kind in _CONTAINERS or _is_alone(element)):
            return element, []
        found = self._parsed(path)
        page = f"{kind}/{found.get('filename')}.html" if found.get("filename") else ""
        return found, [path, page] if page else [path]

    def _note(self, files: list[str], section: str) -> None:
        for file in files:
            self._sections.setdefault(file, set()).add(section)
            for asset in _STATIC.findall((self._source / file).read_text(encoding="utf-8")):
                self._sections.setdefault(f"static/{asset}", set()).add(section)

    def _parsed(self, name: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            return etree.fromstring((self._source / name).read_bytes(), parser)
        except (OSError, etree.XMLSyntaxError) as error:
            raise UnreadableSource(f"{name}: {error}") from error


def _is_alone(element: etree._Element) -> bool:
    return set(element.attrib) <= {"url_name", "display_name"}


def _for_staff(element: etree._Element) -> bool:
    return element.get("visible_to_staff_only", "").lower() == "true"
