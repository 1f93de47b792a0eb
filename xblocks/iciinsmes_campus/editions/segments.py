"""The texts of a tree, one for each run of words that a person reads as one: found here, and replaced here.

A run is text with the inline elements in it, between two elements that begin something new. So a paragraph is one text
with its links and its emphasis, and an answer and the hint inside of it are two. As po4a and itstool do it.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

#: Elements inside of a text; all others begin a new one.
INLINE = frozenset(
    [
        *("a", "abbr", "b", "bdi", "br", "cite", "code", "data", "dfn", "em", "i", "kbd", "mark", "q", "s", "small"),
        *("span", "strong", "sub", "sup", "time", "tspan", "u", "var"),
    ]
)
#: Attributes that people read.
READ_ATTRIBUTES = ("display_name", "purpose", "title", "help", "alt", "aria-label", "label", "trailing_text", "summary")
#: What is inside of these is no text.
_NO_TEXT = frozenset(["script", "style", "model", "math", "code-block"])
_WORDS = re.compile(r"[^\W\d_]")
# A no-break space stands where it does on purpose.
_SPACE = re.compile(r"[ \t\r\n]+")
_VOID = frozenset(["br", "wbr"])

#: What a text is, for translators: the name of its element, or of its attribute.
Kind = str
#: Gives the translation of a text, or None where there is none: (text, kind, is_markup).
Translate = Callable[[str, Kind, bool], str | None]


@dataclass(frozen=True)
class Text:
    """One text as translators get it: ``text`` has inline markup where ``is_markup``."""

    text: str
    kind: Kind
    is_markup: bool


class UnfitTranslation(Exception):
    """A translation has other markup than its source."""


def replace_texts(tree: etree._Element, translate: Translate, *, mark: str = "") -> None:
    """Put translations in the place of texts.

    Args:
        tree: is changed.
        translate: is asked for each text in turn; where it returns None the text stays.
        mark: the language of texts that stay, written as ``lang`` at their element; empty to write none.
    """
    for element in list(_with_text(tree)):
        is_inline = element is not tree and _name(element) in INLINE
        # What an inline element says in an attribute is part of the text around it.
        for attribute in () if is_inline else READ_ATTRIBUTES:
            words = element.get(attribute, "")
            if _WORDS.search(words) and (told := translate(words, f"{_name(element)} {attribute}", False)) is not None:
                element.set(attribute, told)
        if not is_inline:
            _replace_runs(element, translate, mark)


def _with_text(element: etree._Element) -> Iterator[etree._Element]:
    """Return an element and those below it in the order of the page, without what holds no text."""
    if _name(element) in _NO_TEXT:
        return
    yield element
    for child in element.iterchildren(etree.Element):
        yield from _with_text(child)


def _replace_runs(element: etree._Element, translate: Translate, mark: str) -> None:
    stays = False
    for run in _runs(element):
        text = run.text()
        if not _WORDS.search(_without_tags(text)):
            continue
        told = translate(text, _name(element), True)
        if told is None:
            stays = True
        else:
            run.put(told)
    if stays and mark and not element.get("lang") and element.getparent() is not None:
        element.set("lang", mark)


@dataclass
class _Run:
    """Words and inline elements that stand together: ``before`` is what they follow, None for the parent's start."""

    parent: etree._Element
    before: etree._Element | None
    inline: list[etree._Element]

    def text(self) -> str:
        """Return the run as markup, with its spaces as a reader sees them."""
        start = self.parent.text if self.before is None else self.before.tail
        whole = _escaped(start) + "".join(_markup(element) + _escaped(element.tail) for element in self.inline)
        return _SPACE.sub(" ", whole).strip()

    def put(self, markup: str) -> None:
        """Replace the run, and keep the space around it."""
        start = (self.parent.text if self.before is None else self.before.tail) or ""
        end = (self.inline[-1].tail if self.inline else start) or ""
        lead = start[: len(start) - len(start.lstrip())]
        trail = end[len(end.rstrip()) :] if self.inline or end.strip() else ""
        fragment = parse_markup(markup, etree.QName(self.parent).namespace)
        for element in self.inline:
            self.parent.remove(element)
        position = 0 if self.before is None else self.parent.index(self.before) + 1
        children = list(fragment)
        for offset, child in enumerate(children):
            self.parent.insert(position + offset, child)
        text = lead + (fragment.text or "")
        if children:
            children[-1].tail = (children[-1].tail or "") + trail
        else:
            text += trail
        if self.before is None:
            self.parent.text = text
        else:
            self.before.tail = text


def _runs(element: etree._Element) -> list[_Run]:
    runs = [_Run(element, None, [])]
    for child in element:
        if isinstance(child.tag, str) and _name(child) in INLINE:
            runs[-1].inline.append(child)
        else:
            runs.append(_Run(element, child, []))
    return runs


def parse_markup(markup: str, namespace: str | None = None) -> etree._Element:
    """Return an element that holds a text with its inline elements.

    Args:
        markup: the text.
        namespace: that of its elements, for drawings.

    Raises:
        UnfitTranslation: if it is not well-formed or has elements that are not inline.
    """
    closed = re.sub(r"<(br|wbr)\s*/?>", r"<\1/>", markup)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    declared = f' xmlns="{namespace}"' if namespace else ""
    try:
        fragment = etree.fromstring(f"<text{declared}>{closed}</text>".encode(), parser)
    except etree.XMLSyntaxError as error:
        raise UnfitTranslation(f"is not well-formed: {error.msg}") from error
    strange = sorted({_name(child) for child in fragment.iterdescendants()} - INLINE)
    if strange:
        raise UnfitTranslation(f"has elements that do not belong into a text: {', '.join(strange)}")
    return fragment


def unfit(source: str, translation: str, *, is_markup: bool) -> str:
    """Return what is wrong with a translation beside its words; empty if it may be used.

    It has the same elements with the same attributes as its source, in whatever order the language wants: so no
    translation leads elsewhere, hides a word or loses a mark.
    """
    if not translation.strip():
        return "is empty"
    if not is_markup:
        return ""
    try:
        told, wanted = parse_markup(translation), parse_markup(source)
    except UnfitTranslation as error:
        return str(error)
    return "" if _elements(told) == _elements(wanted) else "has other elements, links or marks than its source"


def _elements(fragment: etree._Element) -> Counter[tuple[str, tuple[tuple[str, str], ...]]]:
    return Counter(
        (
            str(child.tag),
            tuple(sorted((str(k), str(v)) for k, v in child.attrib.items() if k not in (*READ_ATTRIBUTES, "lang"))),
        )
        for child in fragment.iterdescendants()
    )


def parse_html(content: str) -> HtmlElement:
    """Return a page's fragment inside of one ``div``; its own elements are the children of that."""
    return fragment_fromstring(content, create_parent="div")


def html_of(tree: HtmlElement) -> str:
    """Return what stands inside of the ``div`` of `parse_html`, as HTML."""
    return (html.escape(tree.text, quote=False) if tree.text else "") + "".join(
        etree.tostring(child, encoding="unicode", method="html") for child in tree
    )


def plain(text: Text) -> str:
    """Return a text without its markup, for counting words."""
    return html.unescape(_without_tags(text.text)) if text.is_markup else text.text


def _without_tags(markup: str) -> str:
    return re.sub(r"<[^>]*>", " ", markup)


def _markup(element: etree._Element) -> str:
    """Return an inline element as XML without namespaces and without its tail."""
    name = _name(element)
    said: Mapping[str, str] = {str(key): str(value) for key, value in element.attrib.items()}
    attributes = "".join(f' {key}="{html.escape(value)}"' for key, value in said.items())
    if name in _VOID:
        return f"<{name}{attributes}/>"
    inner = _escaped(element.text) + "".join(_markup(child) + _escaped(child.tail) for child in element)
    return f"<{name}{attributes}>{inner}</{name}>"


def _escaped(text: str | None) -> str:
    return html.escape(text or "", quote=False)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
