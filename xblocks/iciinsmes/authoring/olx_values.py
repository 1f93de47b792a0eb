"""Values of a course's XML, read with a message for authors that names the place, and written back."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from lxml import etree

from iciinsmes.lib.decimals import typed_number

Choice = TypeVar("Choice", bound=Enum)

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class OlxError(ValueError):
    """The XML does not describe the block; the message says where and why."""


def choice(node: etree._Element, name: str, standard: Choice) -> Choice:
    """Return the member of an enumeration whose value the attribute has; raises `OlxError` for another word."""
    text = node.get(name)
    if text is None:
        return standard
    try:
        return type(standard)(text)
    except ValueError as error:
        known = ", ".join(str(each.value) for each in type(standard))
        raise OlxError(f'<{node.tag}>: {name}="{text}" must be one of {known}') from error


def needed(node: etree._Element, name: str) -> str:
    """Return an attribute that must be there; raises `OlxError` if it is not."""
    value = node.get(name)
    if not value:
        raise OlxError(f'<{node.tag}> needs the attribute "{name}"')
    return value


def number(node: etree._Element, name: str, standard: Decimal | None) -> Decimal:
    """Return a number from 0 to 100000, ``standard`` if left out; raises `OlxError` for anything else."""
    text = node.get(name)
    if text is None and standard is not None:
        return standard
    value = typed_number(text or "")
    if value is None or not 0 <= value <= 100_000:
        raise OlxError(f'<{node.tag}>: {name}="{text}" must be a number from 0 to 100000')
    return value


def count(node: etree._Element, name: str, standard: int = 0) -> int:
    """Return a whole number from 0 to 100000; raises `OlxError` for anything else."""
    value = number(node, name, Decimal(standard))
    if value != int(value):
        raise OlxError(f'<{node.tag}>: {name}="{node.get(name)}" must be a whole number')
    return int(value)


def flag(node: etree._Element, name: str, standard: bool) -> bool:
    """Return whether the attribute is ``true`` or ``false``; ``standard`` if it is neither."""
    return {"true": True, "false": False}.get((node.get(name) or "").lower(), standard)


def flag_text(value: bool) -> str:
    """Return what `flag` reads."""
    return "true" if value else "false"


def inner_html(node: etree._Element | None) -> str:
    """Return what stands inside an element, as CDATA or as child elements."""
    if node is None:
        return ""
    inside = [etree.tostring(child, encoding="unicode", method="html") for child in node]
    return ((node.text or "") + "".join(inside)).strip()


def writable(text: str) -> str:
    """Return a text without what no XML file can hold; pasted from elsewhere it would make the course unexportable."""
    return _UNWRITABLE.sub("", text)


def cdata(html: str) -> str | etree.CDATA:
    """Wrap HTML for readable exports where that is safe.

    CDATA can hold neither its own end mark, nor the old end of a line, nor, when a host writes ASCII, any other letter:
    those are escaped instead.
    """
    return etree.CDATA(html) if html and html.isascii() and "]]>" not in html and "\r" not in html else html
