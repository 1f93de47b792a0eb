"""The edition of a country: what it says differently, and what of other countries it leaves out.

``editions/<country>.toml`` in the course folder holds no copy of the course, only texts for places that the course
marks: an element with ``data-edition="key"`` gets the text of that key, and one with ``data-country="DE DK"`` stays in
the editions of these countries only. An edition for all countries changes nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from .errors import UnreadableCountry
from .segments import INLINE, Text, Translate, UnfitTranslation, parse_markup

FOLDER = "editions"
_NAME = re.compile(r"[A-Z]{2}")
_DAY = re.compile(r"(\d\d)-(\d\d)")


@dataclass(frozen=True)
class Country:
    """What a country's edition says: ``texts`` by the keys of the course, as HTML with inline elements.

    ``peaks`` are the times of the year in which firms have no time for a course, by what they are called: first and
    last day as month and day. ``languages`` are those in which the edition is built.
    """

    code: str
    languages: tuple[str, ...]
    texts: Mapping[str, str]
    peaks: Mapping[str, tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """Return the name of its file in the course folder."""
        return f"{FOLDER}/{self.code}.toml"

    def leave_out(self, tree: etree._Element) -> None:
        """Remove passages of other countries from a page whose texts are still those of the source.

        What is a part of a text stays until `finish`: a translator has seen the whole text.
        """
        for element in self._of_others(tree):
            if element.tag not in INLINE:
                _drop(element)

    def finish(self, tree: etree._Element, translate: Translate) -> None:
        """Make a page that of the country when its texts are translated.

        Args:
            tree: is changed.
            translate: is asked for each text of this country that the page has a place for.
        """
        for element in self._of_others(tree):
            _drop(element)
        for element in list(tree.iter(etree.Element)):
            key = element.get("data-edition", "")
            if key in self.texts:
                text = _text_of(key, self.texts[key])
                told = translate(text.text, text.kind, text.is_markup)
                _fill(element, text.text if told is None else told)

    def _of_others(self, tree: etree._Element) -> list[etree._Element]:
        return [
            element
            for element in tree.iter(etree.Element)
            if self.code not in element.get("data-country", self.code).split() and element.getparent() is not None
        ]


def countries_of(source: Path) -> tuple[str, ...]:
    """Return the codes of the countries that a course has an edition for."""
    return tuple(sorted(path.stem for path in (source / FOLDER).glob("*.toml")))


def read_country(source: Path, code: str) -> Country:
    """Return a country's edition.

    Args:
        source: the course folder.
        code: such as ``DE``.

    Raises:
        UnreadableCountry: if there is none, or its file says what is not understood.
    """
    name = f"{FOLDER}/{code}.toml"
    try:
        said = tomllib.loads((source / name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableCountry(f"{name}: {error}") from error
    strange = said.keys() - {"languages", "texts", "peaks"}
    if strange or not _NAME.fullmatch(code):
        raise UnreadableCountry(f"{name}: {', '.join(sorted(strange)) or code} is not known here.")
    texts = {str(key): str(text) for key, text in said.get("texts", {}).items()}
    for key, text in texts.items():
        try:
            parse_markup(text)
        except UnfitTranslation as error:
            raise UnreadableCountry(f"{name}: {key} {error}.") from error
    peaks = {str(what): (_day(name, first), _day(name, last)) for what, (first, last) in said.get("peaks", {}).items()}
    return Country(code, tuple(said.get("languages", ("en",))), texts, peaks)


def texts_of_country(country: Country) -> list[Text]:
    """Return what a country's edition says, for the catalogues."""
    return [_text_of(key, text) for key, text in country.texts.items()]


def marked_places(trees: Iterable[etree._Element]) -> set[str]:
    """Return the keys of all places that an edition may fill."""
    return {
        element.get("data-edition", "")
        for tree in trees
        for element in tree.iter(etree.Element)
        if element.get("data-edition")
    }


def _text_of(key: str, text: str) -> Text:
    return Text(text, f"edition {key}", True)


def _day(name: str, text: str) -> tuple[int, int]:
    found = _DAY.fullmatch(str(text))
    if found is None:
        raise UnreadableCountry(f"{name}: {text} is no day such as 12-24.")
    return int(found[1]), int(found[2])


def _drop(element: etree._Element) -> None:
    """Remove an element, not the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _fill(element: etree._Element, text: str) -> None:
    fragment = parse_markup(text)
    for child in list(element):
        element.remove(child)
    element.text = fragment.text
    element.extend(list(fragment))
