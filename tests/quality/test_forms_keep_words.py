"""A form that takes words says what happens to them; one that does not is named here, with the reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.checks import ROOT

SOURCES = ROOT / "xblocks"
FOLDERS = [folder for folder in SOURCES.rglob("templates") if folder.is_dir()]
_INCLUDE = re.compile(r"""\{%\s*include\s+["']([^"']+)["'][^%]*%\}""")
_EXTENDS = re.compile(r"""\{%\s*extends\s+["']([^"']+)["']""")
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_FIELD = re.compile(r"<(textarea|input)\b([^>]*)>", re.DOTALL)
_NO_WORDS = {"hidden", "radio", "checkbox", "file", "submit", "button", "password"}

#: Forms whose words need not be kept on the device.
WITHOUT = {
    "iciinsmes_campus/accounts/login.html": "signing in is what a lost session asks for; passwords are kept nowhere",
    "iciinsmes/toolbox/try.html": "practice for everybody, and the page says that nothing is kept",
    "iciinsmes/evidence/item_forms.html": "items.js keeps it, with the kind of evidence",
    "iciinsmes/mentors/paste.html": "a link out of a mail; kept on the device it would open for the next person",
    "iciinsmes/notices/stop.html": "a link out of a mail; kept on the device it would open for the next person",
    "iciinsmes/desk/releases.html": "a day and a time, chosen together with what is ticked",
    "iciinsmes/sheets/index.html": "what a zip is narrowed to, as the address of the page says it",
    "iciinsmes/evidence/files.html": "a line that is saved when it is left; uploads.js sends it again",
}


def _path(name: str) -> Path | None:
    return next((folder / name for folder in FOLDERS if (folder / name).is_file()), None)


def _whole(text: str) -> str:
    """Return a template with what it includes."""

    def put(match: re.Match[str]) -> str:
        path = None if match.group(1) in WITHOUT else _path(match.group(1))
        return _whole(path.read_text(encoding="utf-8")) if path else ""

    return _INCLUDE.sub(put, text)


def _takes_words(html: str) -> bool:
    for tag, attributes in _FIELD.findall(html):
        kind = re.search(r"\btype=[\"']?([a-z]+)", attributes)
        if tag == "textarea" and "readonly" not in attributes:
            return True
        if tag == "input" and (kind.group(1) if kind else "text") not in _NO_WORDS and "readonly" not in attributes:
            return True
    return False


def _names() -> list[str]:
    return sorted({str(path.relative_to(folder)) for folder in FOLDERS for path in folder.rglob("*.html")})


@pytest.mark.parametrize("name", _names())
def test_a_form_that_takes_words_keeps_them(name: str):
    path = _path(name)
    assert path is not None
    html = _whole(path.read_text(encoding="utf-8"))
    if "data-ici-studio" in html:
        # The fields stand in the templates that extend it.
        assert "{% typed " in html
    lost = [
        attributes
        for attributes, content in _FORM.findall(html)
        if 'method="get"' not in attributes and _takes_words(content) and "{% typed " not in content
    ]
    # Fields that belong to a form elsewhere on the page.
    outside = [field for _tag, field in _FIELD.findall(html) if re.search(r"\sform=", field)]
    if outside and "<form" in html and "{% typed " not in html:
        lost.append("form=")
    if name in WITHOUT:
        assert lost, f"{name} need not be an exception any more"
        return
    assert lost == []
