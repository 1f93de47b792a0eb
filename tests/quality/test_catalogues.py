"""The script for message catalogues notices what a translator or an author forgot."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.checks import ROOT

pytestmark = pytest.mark.skipif(not shutil.which("msgfmt"), reason="GNU gettext is not installed")

spec = importlib.util.spec_from_file_location("catalogues", ROOT / "translations" / "catalogues.py")
assert spec is not None
assert spec.loader is not None
catalogues = importlib.util.module_from_spec(spec)
sys.modules["catalogues"] = catalogues
spec.loader.exec_module(catalogues)


@pytest.fixture
def folders(tmp_path: Path, monkeypatch):
    """A package with one sentence, translated completely into one language."""
    monkeypatch.setattr(catalogues, "SHIPPED", ("de",))
    made = catalogues.Folders(tmp_path / "code", tmp_path / "interface", tmp_path / "locale")
    made.code.mkdir()
    (made.code / "views.py").write_text('from x import gettext as _\n_("Hand in")\n', encoding="utf-8")
    catalogues.extract(made)
    translate(made, "Abgeben")
    catalogues.compile_all(made)
    return made


def translate(folders, text: str) -> None:
    path = folders.interface / "de" / "LC_MESSAGES" / "django.po"
    before = path.read_text(encoding="utf-8")
    head, _, _tail = before.rpartition('msgid "Hand in"')
    path.write_text(f'{head}msgid "Hand in"\nmsgstr "{text}"\n', encoding="utf-8")


def test_every_alias_of_a_gettext_function_is_known():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "xblocks").rglob("*.py"))
    assert set(re.findall(r"\b\w*gettext\w* as (\w+)", code)) <= {"_", *catalogues.ALIASES}


def test_nothing_to_do(folders):
    assert catalogues.problems(folders) == []


def test_extracting_again_changes_nothing(folders):
    path = folders.interface / "de" / "LC_MESSAGES" / "django.po"
    before = path.read_text(encoding="utf-8")
    catalogues.extract(folders)
    assert path.read_text(encoding="utf-8") == before


def test_a_moved_sentence_is_no_change(folders):
    code = folders.code / "views.py"
    code.write_text("\n\n\n" + code.read_text(encoding="utf-8"), encoding="utf-8")
    assert catalogues.problems(folders) == []


def test_a_new_sentence_is_noticed(folders):
    (folders.code / "page.html").write_text("{% load i18n %}{% translate 'Release' %}", encoding="utf-8")
    assert [line[:2] for line in catalogues.problems(folders)] == ["de", "en"]


def test_a_gap_is_noticed(folders):
    translate(folders, "")
    assert "de: 1 untranslated messages" in catalogues.problems(folders)


def test_a_correction_that_was_not_compiled_is_noticed(folders):
    translate(folders, "Einreichen")
    assert catalogues.problems(folders) == ["de: the compiled catalogue is not what compile would write"]


def test_a_language_that_is_not_shipped_is_noticed(folders):
    shutil.copytree(folders.compiled / "de", folders.compiled / "fr")
    assert catalogues.problems(folders) == ["fr: compiled, but not a shipped language"]


def test_a_sentence_marked_with_an_alias_is_noticed(folders):
    code = folders.code / "views.py"
    code.write_text(code.read_text(encoding="utf-8") + '_lazy("Release")\n', encoding="utf-8")
    assert [line[:2] for line in catalogues.problems(folders)] == ["de", "en"]
