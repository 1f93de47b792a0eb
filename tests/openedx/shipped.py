"""The course that comes with the product, as archives for hosts: what is imported, and what has to be found again."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from opaque_keys.edx.keys import CourseKey

#: Where ``iciinsmes_campus courses`` has put the archives; without it the tests of the course are skipped.
FOLDER = os.environ.get("COURSES", "")
KEY = CourseKey.from_string("course-v1:ICIinSMEs+SME1+2026")


def archive(language: str) -> Path:
    """Return the archive of a language."""
    (found,) = Path(FOLDER).glob(f"hearing-customers-{language}-[0-9]*.tar.gz")
    return found


def unpacked(language: str, into: Path) -> Path:
    """Return the folder with the course's ``course.xml``."""
    with tarfile.open(archive(language)) as packed:
        packed.extractall(into / language, filter="data")
    (found,) = (into / language).glob("*/course.xml")
    return found.parent


def titles(folder: Path) -> dict[tuple[str, str], str]:
    """Return what each element is called by kind and name, as the archive says it."""
    return {
        (element.tag, name): element.get("display_name")
        for name, element in _elements(folder)
        if element.get("display_name")
    }


def _elements(folder: Path) -> Iterator[tuple[str, etree._Element]]:
    for kind in ("chapter", "sequential", "vertical", "problem"):
        for path in sorted((folder / kind).glob("*.xml")):
            root = etree.parse(path).getroot()
            yield path.stem, root
            yield from ((child.get("url_name"), child) for child in root if child.get("url_name"))
