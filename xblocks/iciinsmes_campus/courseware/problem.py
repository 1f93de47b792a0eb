"""The platform's problem, made safe for the campus: no author's code on the server, no inline script in the page."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from .errors import RefusedProblem

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
        """The same block; only its page is cleaned."""

        def get_problem_html(self, *args: Any, **kwargs: Any) -> str:
            """Return the problem without what cannot work on the campus."""
            return _UNUSABLE.sub("", super().get_problem_html(*args, **kwargs))

    # The module must stay the base's: XBlock finds a block's files beside the module of its class.
    ProblemBlock.__module__ = base.__module__
    return ProblemBlock
