"""A problem as something to read: what it asks and offers, without a form; what is right stands apart."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from lxml import etree

from iciinsmes.lib.author_html import safe_html

from .files import parse
from .problem import without_hands

#: What a learner sees only after an answer, and what only capa reads.
_NOT_ASKED = (
    "answer",
    "choicehint",
    "compoundhint",
    "correcthint",
    "demandhint",
    "hintgroup",
    "optionhint",
    "script",
    "solution",
    "stringequalhint",
)
_CHOICES = ("booleanchoice", "checkboxgroup", "choicegroup", "checkboxtextgroup", "radiogroup", "radiotextgroup")
_TYPED = ("formulaequationinput", "textbox", "textline")
_LINE = "_" * 12


@dataclass(frozen=True)
class QuizQuestion:
    """What a problem asks, and what is right with the author's explanation; ``count`` inputs wait for an answer."""

    asked: SafeString
    answer: SafeString
    count: int


def question(problem: str) -> QuizQuestion:
    """Return a problem for reading.

    Args:
        problem: its XML as the author wrote it.

    Raises:
        UnreadableFile: if it is no XML.
    """
    root = parse(without_hands(problem).encode(), name="problem")
    solutions = [_inside(element) for element in root.iter("solution")]
    typed_right = [_typed_answers(element) for element in root.iter("numericalresponse", "stringresponse")]
    etree.strip_elements(root, *_NOT_ASKED, with_tail=False)
    inputs = list(root.iter(*_CHOICES, *_TYPED, "optioninput"))
    chosen_right = [_chosen_answers(element) for element in inputs if element.tag not in _TYPED]
    right = [answers for answers in (*chosen_right, *typed_right) if answers]
    for element in inputs:
        _write_out(element)
    for element in list(root.iter("label")):
        _emphasise(element)
    for element in root.iter("description"):
        element.tag = "p"
    return QuizQuestion(
        asked=safe_html(_inside(root)), answer=format_html("{}{}", _list(right), _joined(solutions)), count=len(inputs)
    )


def _typed_answers(response: etree._Element) -> list[str]:
    """Return what may be typed, with how far from it is near enough."""
    near = next((str(each.get("default") or "") for each in response.iter("responseparam")), "")
    more = [str(each.get("answer") or "") for each in response.iter("additional_answer")]
    answers = [answer for answer in (str(response.get("answer") or ""), *more) if answer]
    return [f"{answer} (± {near})" if near else answer for answer in answers]


def _chosen_answers(group: etree._Element) -> list[str]:
    if group.tag == "optioninput" and not len(group):
        return [str(group.get("correct"))] if group.get("correct") else []
    right = (each for each in group if str(each.get("correct")).lower() == "true")
    return [" ".join("".join(map(str, each.itertext())).split()) for each in right]


def _write_out(element: etree._Element) -> None:
    """Make an input the list of what it offers, or a line to write on."""
    tag, unit, options = element.tag, element.get("trailing_text"), element.get("options")
    element.attrib.clear()
    if tag in _TYPED:
        for child in list(element):
            element.remove(child)
        element.tag, element.text = "p", f"{_('Your answer:')} "
        line = etree.SubElement(element, "span", {"aria-hidden": "true"})
        line.text, line.tail = _LINE, f" {unit}" if unit else None
        return
    element.tag = "ul"
    for text in () if len(element) else _listed(options):
        etree.SubElement(element, "li").text = text
    for choice in element:
        choice.tag = "li"
        choice.attrib.clear()


def _listed(options: str | None) -> list[str]:
    """Return what stands in the old short form of a list: ``('one','two')``."""
    try:
        found = ast.literal_eval(options or "()")
    except (SyntaxError, ValueError):
        return []
    return [str(each) for each in found] if isinstance(found, tuple | list) else [str(found)]


def _emphasise(label: etree._Element) -> None:
    strong = etree.Element("strong")
    strong.text, label.text = label.text, None
    strong.extend(list(label))
    label.tag = "p"
    label.append(strong)


def _inside(element: etree._Element) -> str:
    """Return what stands inside of an element, as HTML."""
    children = (etree.tostring(child, encoding="unicode", method="html") for child in element)
    return conditional_escape(element.text or "") + "".join(children)


def _list(right: list[list[str]]) -> SafeString:
    if len(right) == 1 and len(right[0]) == 1:
        return format_html("<p>{}</p>", right[0][0])
    if len(right) == 1:
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((each,) for each in right[0])))
    lines = format_html_join("", "<li>{}</li>", ((" · ".join(answers),) for answers in right))
    return format_html("<ol>{}</ol>", lines) if right else lines


def _joined(solutions: Iterable[str]) -> SafeString:
    return format_html_join("", "{}", ((safe_html(each),) for each in solutions))
