"""The course that is printed in the how-to passes everything that our own courses have to pass."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from PIL import Image

from tests.checks import ROOT
from tests.courses import test_courses

PRINTED = re.compile(r"```\{code-block\} \w+\n:caption: courses/my-course/(\S+)\n(.*?)```", re.DOTALL)
CHECKS = [check for name, check in inspect.getmembers(test_courses, inspect.isfunction) if name.startswith("test_")]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "my-course"
    for name, text in PRINTED.findall((ROOT / "docs/how-to/add-a-course.md").read_text(encoding="utf-8")):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "static").mkdir()
    Image.new("RGB", (378, 225)).save(folder / "static/course-image.png")
    return folder


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_printed_course_passes(check, course, tmp_path):
    wanted = inspect.signature(check).parameters
    check(**{name: {"course": course, "tmp_path": tmp_path / "made"}[name] for name in wanted})
