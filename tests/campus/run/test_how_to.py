"""A campus without the demo, set up by the commands of the how-to, one after the other."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.campus.run.test_starting import call
from tests.checks import ROOT

GUIDE = ROOT / "docs/how-to/run-the-campus.md"


def test_every_command_does_what_the_guide_says(home: Path):
    lines = re.findall(r"^ *\$ \.venv/bin/iciinsmes-campus (.+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    *preparing, last = [shlex.split(line) for line in lines]
    assert last == ["run"]
    said = []
    for arguments in preparing:
        done = call(home, *arguments, CAMPUS_DEMO="0")
        assert done.returncode == 0, done.stderr
        said.append(done.stdout)
    assert "no start given" in said[0]
    assert "starts on 2027-02-01" in said[1]
    assert "as coordinator" in said[3]
    assert "/password/new/" in said[3]
