"""Whether two editions of a course differ in words only: same files, names, answers, points and links."""

from __future__ import annotations

import hashlib
from pathlib import Path

from lxml import etree

from .documents import has_texts, rewrite


def differences(source: Path, edition: Path) -> list[str]:
    """Return the names of files in which an edition differs from its source in more than words; empty if it does not.

    Both are compared with every text blanked out: what is left are elements, attributes, answers and links.

    Args:
        source: the course folder, or the edition of the same country in the language of the source.
        edition: the same in another language.

    Raises:
        UnreadableSource: if a file of one of them cannot be read.
    """
    ours, theirs = _skeletons(source), _skeletons(edition)
    return sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))


def _skeletons(folder: Path) -> dict[str, str]:
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
