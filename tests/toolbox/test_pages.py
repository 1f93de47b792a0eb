from __future__ import annotations

import importlib.util
import json
import re

import pytest

from iciinsmes.toolbox.__main__ import main
from iciinsmes.toolbox.instruments import INSTRUMENTS
from iciinsmes.toolbox.instruments.framework import FORMAT, Result, show
from tests.checks import ROOT

# The docs are no package of ours; a stranger's may have that name.
spec = importlib.util.spec_from_file_location("toolbox_pages", ROOT / "docs" / "toolbox_pages.py")
assert spec
assert spec.loader
toolbox_pages = importlib.util.module_from_spec(spec)
spec.loader.exec_module(toolbox_pages)


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.code)
def test_a_page_tells_everything(instrument):
    text = toolbox_pages.page(instrument)
    assert text.startswith(f"# {instrument.code} {show(instrument.title)}\n")
    assert all(f"| `{field.key}` |" in text for field in (*instrument.columns, *instrument.options))
    assert "<svg" in text


def test_pages_of_instruments_that_are_no_more_go(tmp_path):
    (tmp_path / "gone.md").write_text("x")
    toolbox_pages.write_pages(tmp_path)
    assert {path.stem for path in tmp_path.iterdir()} == {instrument.key for instrument in INSTRUMENTS}


def test_every_field_of_the_json_is_documented(capsys):
    text = (ROOT / "docs" / "reference" / "toolbox.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    main(["run", "T02", "demo", "--json"])
    assert sorted(documented) == sorted(json.loads(capsys.readouterr().out))
    assert {"format", *Result.__dataclass_fields__} <= set(documented)
    assert f"| `format` | {FORMAT} |" in text
