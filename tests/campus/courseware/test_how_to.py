"""The block that is printed in the how-to works on the campus as it stands there."""

from __future__ import annotations

import re
import textwrap
from typing import Any

from tests.campus.courseware.test_rendering import render
from tests.campus.folders import unit
from tests.checks import ROOT


def printed() -> dict[str, Any]:
    text = (ROOT / "docs/how-to/add-a-block.md").read_text(encoding="utf-8")
    (source,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    module: dict[str, Any] = {"__name__": "iciinsmes.hints.block"}
    exec(compile(textwrap.dedent(source), "add-a-block.md", "exec"), module)
    return module


def test_the_printed_block_shows_what_an_author_wrote(make: Any, ann: Any, install: Any) -> None:
    install(hint=printed()["HintBlock"])
    make(unit('<hint url_name="first-hint" text="Ask on a &lt;Tuesday&gt;."/>'))
    html = render(ann).html
    assert '<p class="note">Ask on a &lt;Tuesday&gt;.</p>' in html
