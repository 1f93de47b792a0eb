"""Reading the courses' sources for the checks: every file once, as trees and as the sentences people read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from iciinsmes_campus.editions.documents import AUTHOR_HTML
from iciinsmes_campus.editions.segments import INLINE, READ_ATTRIBUTES

COURSES_ROOT = Path(__file__).resolve().parents[2] / "courses"
COURSES = sorted(path.parent for path in COURSES_ROOT.glob("*/course.xml"))


def parse_xml(path: Path) -> etree._Element:
    """Read an XML file without looking at anything outside of it."""
    return etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()


def xml_files(course: Path) -> list[Path]:
    """Every OLX file of a course."""
    return sorted(path for path in course.rglob("*.xml") if "static" not in path.relative_to(course).parts)


def html_trees(course: Path) -> Iterator[tuple[str, HtmlElement]]:
    """Every piece of HTML a course shows: pages, the texts about it, and tasks inside of assignment blocks."""
    for path in sorted([*course.glob("html/*.html"), *course.glob("about/*.html")]):
        yield path.name, fragment_fromstring(path.read_text(encoding="utf-8"), create_parent="div")
    for path in xml_files(course):
        for task in parse_xml(path).iter(*AUTHOR_HTML):
            yield path.name, fragment_fromstring(task.text or "", create_parent="div")


def readable_trees(course: Path) -> Iterator[tuple[str, etree._Element]]:
    """Everything with words that learners or teachers read."""
    yield from html_trees(course)
    for path in xml_files(course):
        yield path.name, parse_xml(path)


def pieces(tree: etree._Element) -> Iterator[str]:
    """The texts of a tree, one for each paragraph, cell, heading, choice or readable attribute."""
    words: list[str] = []

    def finished() -> Iterator[str]:
        text = " ".join("".join(words).split())
        words.clear()
        if text:
            yield text

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            if element.tag not in INLINE:
                yield from finished()
            for name in READ_ATTRIBUTES:
                if element.get(name):
                    yield element.get(name, "")
            if element.tag not in AUTHOR_HTML:  # its HTML is read by html_trees
                words.append(element.text or "")
        else:
            if element.tag not in INLINE:
                yield from finished()
            words.append(element.tail or "")
    yield from finished()


def sentences(piece: str) -> list[str]:
    """Split a text at its full stops, colons and question marks."""
    return [sentence for sentence in re.split(r"(?<=[.:?!;])\s+", piece) if sentence]
