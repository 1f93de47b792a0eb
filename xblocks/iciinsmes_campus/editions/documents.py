"""The kinds of files of a course that hold texts, each read and written with all else as it was."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import PurePosixPath

from lxml import etree

from .errors import UnreadableSource
from .segments import Text, Translate, html_of, parse_html, replace_texts

#: Elements of the add-on whose text is HTML, in CDATA or as elements of their own.
AUTHOR_HTML = frozenset(
    [
        "task",
        "digital_tool",
        "development_project",
        "self_check",
        "early_warning",
        "reaction",
        "best_practice_cases",
        "support_directory",
    ]
)
#: Names that learners read in the gradebook; a subsection's ``format`` is a ``type`` of the policy.
GRADING = "grading_policy.json"
#: Changes the tree of a piece of HTML before its texts are read.
Change = Callable[[etree._Element], None]


def has_texts(name: str) -> bool:
    """Tell whether a file of a course is of a kind that holds texts; ``name`` is its path in the folder."""
    path = PurePosixPath(name)
    if path.parts[0] in {"html", "about", "info"}:
        return path.suffix in {".html", ".xml"} or path.name == "updates.items.json"
    if path.parts[0] == "static":
        return path.suffix in {".svg", ".csv"}
    return path.suffix == ".xml" or path.name == GRADING


def texts_of(name: str, content: bytes) -> list[Text]:
    """Return the texts of a file in the order in which they are read.

    Args:
        name: the file's path in the course folder.
        content: its bytes.

    Raises:
        UnreadableSource: if it is not what its name says.
    """
    found: list[Text] = []

    def note(text: str, kind: str, is_markup: bool) -> None:
        found.append(Text(text, kind, is_markup))

    rewrite(name, content, note)
    return found


def rewrite(
    name: str,
    content: bytes,
    translate: Translate,
    *,
    change: Change | None = None,
    finish: Change | None = None,
    mark: str = "",
    language: str = "",
) -> bytes:
    """Return a file with translations in the place of its texts.

    Args:
        name: the file's path in the course folder.
        content: its bytes.
        translate: is asked for each text in turn.
        change: is called with each tree before its texts are read.
        finish: is called with each tree when its texts are translated.
        mark: the language of texts that stay, written at their element in pages; empty to write none.
        language: what the course says its language is; empty to leave it.

    Raises:
        UnreadableSource: if it is not what its name says.
    """
    path = PurePosixPath(name)
    try:
        if path.suffix == ".html":
            return _html(content.decode(), translate, change, finish, mark).encode()
        if path.suffix == ".csv":
            return _table(content, translate)
        if path.name == GRADING:
            return _grading(content, translate)
        if path.suffix == ".json":
            return _updates(content, translate, change, finish, mark)
        return _xml(content, translate, change, finish, mark, language)
    except (etree.LxmlError, UnicodeDecodeError, ValueError) as error:
        raise UnreadableSource(f"{name}: {error}") from error


def _html(page: str, translate: Translate, change: Change | None, finish: Change | None, mark: str) -> str:
    if not page.strip():
        return page
    tree = parse_html(page)
    if change is not None:
        change(tree)
    replace_texts(tree, translate, mark=mark)
    if finish is not None:
        finish(tree)
    return html_of(tree)


def _xml(
    content: bytes, translate: Translate, change: Change | None, finish: Change | None, mark: str, language: str
) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False)
    root = etree.fromstring(content, parser)
    authored = [element for element in root.iter(*AUTHOR_HTML) if (element.text or "").strip()]
    pages = [(element, element.text or "") for element in authored]
    for element in authored:
        element.text = None
    if change is not None:
        change(root)
    replace_texts(root, translate)
    if finish is not None:
        finish(root)
    for element in root.iter(etree.Element):
        name = str(element.get("format") or "")
        if element.tag == "sequential" and name:
            element.set("format", translate(name, GRADING, False) or name)
    if root.tag == "course" and language and root.get("language"):
        root.set("language", language)
    for element, page in pages:
        element.text = etree.CDATA(_html(page, translate, change, finish, mark))
    ending = b"\n" if content.endswith(b"\n") else b""
    return etree.tostring(root, encoding="utf-8") + ending


def _table(content: bytes, translate: Translate) -> bytes:
    """Return a table for a spreadsheet with its words translated; its separator and its byte order mark stay."""
    text = content.decode("utf-8-sig")
    separator = max(";,\t", key=text.partition("\n")[0].count)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=separator, lineterminator="\r\n" if "\r\n" in text else "\n")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        writer.writerow([_cell(cell, translate) for cell in row])
    start = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    return start + written.getvalue().encode()


def _cell(cell: str, translate: Translate) -> str:
    if not any(letter.isalpha() for letter in cell):
        return cell
    return translate(cell, "table cell", False) or cell


def _grading(content: bytes, translate: Translate) -> bytes:
    policy = json.loads(content)
    for entry in policy.get("GRADER", []):
        for key in ("type", "short_label"):
            if entry.get(key):
                entry[key] = translate(entry[key], GRADING, False) or entry[key]
    return (json.dumps(policy, indent=4, ensure_ascii=False) + "\n").encode()


def _updates(content: bytes, translate: Translate, change: Change | None, finish: Change | None, mark: str) -> bytes:
    items = json.loads(content)
    for item in items:
        if item.get("content"):
            item["content"] = _html(item["content"], translate, change, finish, mark)
    return (json.dumps(items, indent=4, ensure_ascii=False) + "\n").encode()
