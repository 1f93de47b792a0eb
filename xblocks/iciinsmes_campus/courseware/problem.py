"""The platform's problem, made safe for the campus: no author's code on the server, no author's hands in the page.

Capa copies whatever HTML a problem holds into the page, between its own inputs and buttons. So the author's part is
cleaned where it is still apart, in the problem's XML; and what capa makes of it may hold nothing but what capa needs,
because some of capa's templates take an author's attribute or text for HTML.
"""

from __future__ import annotations

import json
import re
from typing import Any

import nh3
from django.db import DatabaseError
from django.utils.translation import gettext as _
from lxml import etree
from xblock.exceptions import NotFoundError, ProcessingError

from iciinsmes.lib.author_html import (
    ATTRIBUTES,
    NO_TEXT,
    PREFIX,
    SCHEMES,
    TAGS,
    is_course_file,
    safe_attribute,
    safe_style,
    words,
)

from .dropdowns import Words, with_words, words_of
from .errors import Refused, RefusedProblem
from .files import parse

# These carry code to run, ask a server that runs it, or read other files.
_REFUSED = frozenset(
    {
        "coderesponse",
        "customresponse",
        "externalresponse",
        "filesubmission",
        "include",
        "matlabinput",
        "schematicresponse",
        "symbolicresponse",
    }
)
# The preview of formulas, which needs the platform's MathJax.
_UNUSABLE = re.compile(r'<div id="input_[^"]*_preview" class="equation">.*?</div>', re.IGNORECASE | re.DOTALL)
_LOADER = "script_placeholder"
# Capa writes XML, in which every element may be closed at once; in HTML those would swallow what follows.
_CLOSED_AT_ONCE = re.compile(
    r"<(?!area|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)([a-z][^\s/>]*)([^<>]*?)\s*/>", re.IGNORECASE
)

# Nothing stands between the title of a problem and that of its unit.
_TITLE = re.compile(r'<h3( class="hd hd-3 problem-header".*?)</h3>', re.DOTALL)

# Elements of HTML that leave with all that is in them, and those of which the words stay. Capa has its own `math`,
# `option`, `text` and `title`.
_DROPPED = (NO_TEXT - {"math", "select", "textarea", "title"}) | {"base", "frame", "link", "meta", "param"}
_UNWRAPPED = words(
    "body button dialog fieldset form head html input keygen legend menu meter nav output portal progress select "
    "slot textarea"
)
# Attributes that act or look like something, on elements that only capa knows.
_ACTING = re.compile(
    r"(?:on|hx-|data-|aria-|popover|xlink|\{).*|form(?:action|enctype|method|novalidate|target)?"
    r"|autofocus|class|contenteditable|is|part|ping|slot|srcdoc|style",
    re.IGNORECASE,
)

_CONTROLS = words("button fieldset input label legend optgroup option select textarea")
_OUTPUT_TAGS = TAGS | _CONTROLS
_OUTPUT_NO_TEXT = NO_TEXT - _CONTROLS
_OUTPUT_ATTRIBUTES = {
    **ATTRIBUTES,
    "*": ATTRIBUTES["*"]
    | {
        "data-input-id",
        "data-should-enable-submit-button",
        "data-submitting",
        "data-tooltip",
        "data-tooltip-show-on-click",
        "data-value",
    },
    "button": {"disabled", "type"},
    "fieldset": {"disabled"},
    "input": {"checked", "disabled", "name", "size", "type", "value"},
    "label": {"for"},
    "option": {"selected", "value"},
    "select": {"disabled", "name"},
    "textarea": {"cols", "disabled", "name", "rows"},
}


#: What a block raises when its page, or somebody else, sends what it does not expect.
WRONG_DATA = (AttributeError, LookupError, TypeError, ValueError)


def refuse_scripts(problem: etree._Element) -> None:
    """Look through a problem before capa does.

    Raises:
        RefusedProblem: if showing or checking it would run code that its author wrote.
    """
    for element in problem.iter():
        tag = str(element.tag)
        kind = (element.get("type") or "").lower()
        if tag in _REFUSED or (tag in {"script", "answer"} and "python" in kind):
            raise RefusedProblem(tag)


def without_hands(problem: str) -> str:
    """Return the problem's XML with its author's HTML cleaned; what capa asks and judges is left as it is.

    Raises:
        UnreadableFile: if it is no XML.
    """
    root = parse(problem.encode(), name="problem")
    names = {value for element in root.iter() if (value := element.get("id"))}
    for element in list(root.iter()):
        tag = str(element.tag).lower()
        if element is root:
            _keep_quiet(element)
        elif tag.startswith("{") or ":" in tag or tag in _DROPPED:
            _take_out(element, with_text=True)
        elif tag in _UNWRAPPED:
            _take_out(element, with_text=False)
        elif tag in TAGS:
            _keep_author_attributes(element, tag, names)
        else:
            _keep_quiet(element)
    return etree.tostring(root, encoding="unicode")


def clean_page(html: str) -> str:
    """Return what capa made of a problem without anything that capa does not need."""
    return nh3.clean(
        _CLOSED_AT_ONCE.sub(r"<\1\2></\1>", _UNUSABLE.sub("", html)),
        tags=set(_OUTPUT_TAGS),
        clean_content_tags=set(_OUTPUT_NO_TEXT),
        attributes={tag: set(allowed) for tag, allowed in _OUTPUT_ATTRIBUTES.items()},
        attribute_filter=_output_attribute,
        url_schemes=set(SCHEMES),
    )


def problem_class(base: Any) -> Any:
    """Return the campus' version of xblocks-contrib's problem class ``base``."""

    class ProblemBlock(base):
        """The same block; what goes in from its author and what comes out of it is cleaned, and refusals have words."""

        def new_lcp(self, state: Any, text: str | None = None) -> Any:
            """Give capa the problem without hands."""
            return super().new_lcp(state, without_hands(self.data if text is None else text))

        def get_state_for_lcp(self) -> Any:
            """Give capa the answers in the words that the reader chooses from."""
            return with_words(super().get_state_for_lcp(), self._words())

        def set_state_from_lcp(self) -> None:
            """Keep the answers in the author's words, whatever language they were given in."""
            super().set_state_from_lcp()
            back = {read: own for own, read in self._words().items()}
            if back:
                self.student_answers = with_words(super().get_state_for_lcp(), back)["student_answers"]

        def _words(self) -> Words:
            own = self.runtime.own_fields(self).get("data", self.data)
            return words_of(own, self.data)

        def get_problem_html(self, *args: Any, **kwargs: Any) -> str:
            """Return the problem without what cannot work on the campus."""
            page = _TITLE.sub(r"<h2\1</h2>", str(super().get_problem_html(*args, **kwargs)))
            return clean_page(page)

        def handle_ajax(self, dispatch: str, data: Any) -> str:
            """Do what the problem's script asks for.

            Raises:
                Refused: if the problem does not do it; the message says why.
                DatabaseError: if the database broke it off, so that it can be tried again.
            """
            try:
                answer = str(super().handle_ajax(dispatch, data))
            except ProcessingError as error:
                if isinstance(error.__cause__, NotFoundError):
                    raise Refused(_why(self, dispatch)) from error
                if isinstance(error.__cause__, DatabaseError):
                    raise error.__cause__ from None
                if isinstance(error.__cause__, WRONG_DATA):
                    raise Refused(wrong_data(), status=400) from error
                raise
            if answer.startswith("Error: "):
                raise Refused(wrong_data(), status=404)
            # The script puts HTML from the answer into the page.
            return json.dumps(_cleaned(json.loads(answer)))

    # The module must stay the base's: XBlock finds a block's files beside the module of its class.
    ProblemBlock.__module__ = base.__module__
    return ProblemBlock


def wrong_data() -> str:
    """Say that a block cannot use what its page has sent."""
    return _("This could not be used. Load the page again, then repeat the step.")


def _why(problem: Any, dispatch: str) -> str:
    if dispatch == "problem_show":
        return _("The answer is not shown yet.")
    if problem.used_all_attempts():
        return _("You have used all your attempts here. What you typed was not handed in.")
    if problem.is_past_due():
        return _(
            "This question is closed: the time to answer it is over. What you typed was not handed in."
            " If you need more time, ask your teacher."
        )
    if problem.done:
        return _("You have answered this question. Choose “Reset” before you answer it again.")
    return _("This question has changed meanwhile. Load the page again, then repeat the step.")


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_page(value) if "<" in value else value
    if isinstance(value, dict):
        return {key: _cleaned(part) for key, part in value.items()}
    return [_cleaned(part) for part in value] if isinstance(value, list) else value


def _output_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "style":
        return safe_style(value)
    if name == "class" and _LOADER in value:  # capa's script would load a script for it, or wait for ever
        return None
    if name in ("src", "poster"):
        return value if is_course_file(value) else None
    return value


def _take_out(element: etree._Element, *, with_text: bool) -> None:
    """Remove an element, but not what follows it; its content goes into its place unless it goes too."""
    parent = element.getparent()
    if parent is None:  # it lay inside of an element that is already gone
        return
    if with_text:
        _append_text(element, element.tail)
    else:
        _append_text(element, element.text)
        for child in list(element):
            element.addprevious(child)
        _append_text(element, element.tail)
    element.tail = None
    parent.remove(element)


def _append_text(element: etree._Element, text: str | None) -> None:
    """Add text before an element."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + (text or "")
    elif parent is not None:
        parent.text = (parent.text or "") + (text or "")


def _keep_author_attributes(element: etree._Element, tag: str, names: set[str]) -> None:
    allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, frozenset())
    for name, value in ((str(name), str(value)) for name, value in element.items()):
        kept = safe_attribute(tag, name, value) if name in allowed else None
        if kept is None:
            del element.attrib[name]
        elif name == "href" and kept.startswith("#") and kept[1:] in names:
            element.set(name, f"#{PREFIX}{kept[1:]}")
        else:
            element.set(name, kept)


def _keep_quiet(element: etree._Element) -> None:
    for name in element.attrib:
        if _ACTING.fullmatch(str(name)):
            del element.attrib[name]
