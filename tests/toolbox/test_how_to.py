"""The guides' commands do what they show, and what they name is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from iciinsmes.toolbox.__main__ import main
from iciinsmes.toolbox.instruments import framework

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs/how-to/use-an-instrument.md"
COMMAND = "$ python -m iciinsmes.toolbox "


def test_every_command_says_what_the_guide_shows(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```console\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    said: list[str] = []
    commands = 0
    for line in "".join(blocks).splitlines():
        if line.startswith(COMMAND):
            assert main(shlex.split(line.removeprefix(COMMAND))) == 0, line
            said = capsys.readouterr().out.splitlines()
            commands += 1
        else:
            assert line in said
    assert commands == 6


def test_what_the_guide_for_a_new_instrument_names_is_there():
    text = (GUIDE.parent / "add-an-instrument.md").read_text(encoding="utf-8")
    toolbox = ROOT / "xblocks/iciinsmes/toolbox"
    tests = ROOT / "tests/toolbox"
    folders = (
        ROOT,
        toolbox,
        toolbox / "instruments",
        toolbox / "table_import/languages",
        tests / "claims",
        tests / "instruments",
    )
    named = set(re.findall(r"`([\w./]+(?:\.py|/))`", text))
    assert len(named) > 8
    assert [words for words in sorted(named) if not any((folder / words).exists() for folder in folders)] == []
    for words in re.findall(r"`fw\.(\w+)", text):
        assert hasattr(framework, words), words
