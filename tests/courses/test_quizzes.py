"""Whether the real capa renders and grades every quiz question."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml.html import fragment_fromstring

from tests.courses.capa import grade, load, right_answers
from tests.courses.olx import COURSES, parse_xml

QUESTIONS = [path for course in COURSES for path in sorted(course.glob("problem/*.xml"))]

pytestmark = [
    pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem),
    pytest.mark.filterwarnings("ignore:'.*' deprecated"),
]


def test_it_renders_with_its_label(path: Path):
    label = next(parse_xml(path).iter("label")).text
    assert label is not None
    shown = fragment_fromstring(load(path).get_html(), create_parent="div").text_content()
    assert label in shown


def test_right_answers_earn_everything(path: Path):
    assert grade(path, right_answers(path)) == 1


def test_no_answer_earns_nothing(path: Path):
    blank = [() if isinstance(answer, tuple) else "" for answer in right_answers(path)]
    assert grade(path, blank) == 0
