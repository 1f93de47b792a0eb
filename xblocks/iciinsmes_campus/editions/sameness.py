"""Whether two editions of a course differ in words only: same files, names, answers, points and links."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from .documents import has_texts, rewrite


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """Return the names of files in which an edition differs from its source in more than words; empty if it does not.

    Args:
        ours: the `skeletons` of the course folder, or of the same country's edition in the language of the source.
        theirs: those of the edition in another language.
    """
    return sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))


def skeletons(folder: Path) -> dict[str, str]:
    """Return a hash of each file of a folder with every text blanked out: of elements, attributes, answers and links.

    Raises:
        UnreadableSource: if a file cannot be read.
    """
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file():
            continue
        content = path.read_bytes()
        if "/" in name and has_texts(name):
            content = rewrite(name, content, lambda *_text: "x", change=_without_marks, language="x")
        found[name] = hashlib.sha256(content).hexdigest()
    return found


def _without_marks(tree: etree._Element) -> None:
    for element in tree.iter(etree.Element):
        if "lang" in element.attrib:
            del element.attrib["lang"]
