"""The platform's problem, made safe for the campus: no author's code on the server, no inline script in the page."""

from __future__ import annotations

import re
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _
from lxml import etree
from xblock.exceptions import NotFoundError, ProcessingError

from .errors import Refused, RefusedProblem

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
# Inline scripts, which the page's policy refuses, and the preview of formulas, which needs the platform's MathJax.
_UNUSABLE = re.compile(
    r"<script\b.*?</script\s*>"
    r'|<div id="input_[^"]*_preview" class="equation">.*?</div>'
    r'|<div class="script_placeholder" data-src="[^"]*formula_equation_preview[^"]*"\s*(?:/>|>\s*</div>)',
    re.IGNORECASE | re.DOTALL,
)


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


def problem_class(base: Any) -> Any:
    """Return the campus' version of xblocks-contrib's problem class ``base``."""

    class ProblemBlock(base):
        """The same block; its page is cleaned, and what it refuses is told in words."""

        def get_problem_html(self, *args: Any, **kwargs: Any) -> str:
            """Return the problem without what cannot work on the campus."""
            return _UNUSABLE.sub("", super().get_problem_html(*args, **kwargs))

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
            return answer

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
