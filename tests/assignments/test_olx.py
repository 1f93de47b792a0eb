"""A task written as OLX and read back is the same task; mistakes are named."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from iciinsmes.assignments.data import CompleteOn, LateRule, MentorNeed, MentorRule, Task, TaskQuestion
from iciinsmes.assignments.olx import task_from_xml, task_to_xml
from iciinsmes.assignments.serializers import task_from_json, task_to_json
from iciinsmes.authoring.olx_values import OlxError
from iciinsmes.evidence.data import MEGABYTE, EvidenceRules
from iciinsmes.review.data import Criterion, CriterionKind, Marking, PointRange, Rubric, RubricLevel
from tests.examples import examples

# XML cannot carry control characters and normalises line ends; everything else must survive.
_characters = st.characters(exclude_categories=["Cs", "Cc", "Cn"])
_line = st.text(_characters, min_size=1, max_size=40).map(str.strip).filter(bool)
_html = st.text(_characters, max_size=80).map(str.strip)
_percent = st.decimals(0, 100, places=1)
_words = st.just({"kind": CriterionKind.FEEDBACK})
_keys = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True)


def _points(count):
    return st.lists(st.decimals(0, 50, places=1), min_size=count, max_size=count, unique=True).map(sorted)


@st.composite
def _levels(draw):
    points = draw(_points(draw(st.integers(2, 5))))
    points[-1] = points[-1] + 51
    return {"levels": tuple(RubricLevel(value, draw(_line)) for value in points)}


@st.composite
def _ranges(draw):
    step = draw(st.decimals("0.01", 3, places=2))
    most = step * draw(st.integers(1, 100))
    passes = draw(st.decimals(0, most, places=2))
    return {"kind": CriterionKind.RANGE, "range": PointRange(most, step, passes)}


@st.composite
def rubrics(draw):
    kinds = draw(
        st.permutations([_levels(), *draw(st.lists(st.sampled_from([_levels(), _ranges(), _words]), max_size=3))])
    )
    keys = draw(st.lists(_keys, min_size=len(kinds), max_size=len(kinds), unique=True))
    text = st.text(_characters, max_size=20).map(str.strip)
    criteria = [
        Criterion(key=key, title=draw(_line), text=draw(text), **draw(kind))
        for key, kind in zip(keys, kinds, strict=True)
    ]
    return Rubric(tuple(criteria), draw(st.decimals(0, 50, places=1)), draw(st.integers(0, 3)))


@st.composite
def tasks(draw):
    questions = []
    for key in draw(st.lists(_keys, min_size=1, max_size=4, unique=True)):
        least = draw(st.integers(0, 50))
        most = draw(st.sampled_from([0, least + 10]))
        asked = draw(st.integers(0, 1))
        questions.append(
            TaskQuestion(
                key, draw(_line), draw(st.text(_characters, max_size=20)), least, most, draw(st.booleans()), asked
            )
        )
    need = draw(st.sampled_from(MentorNeed))
    file_mb = draw(st.integers(1, 100))
    return Task(
        title=draw(_line),
        purpose=draw(st.text(_characters, max_size=40)),
        instructions=draw(_html),
        hours=draw(st.decimals(0, 100, places=1)),
        weight=draw(st.decimals(1, 100, places=1)),
        questions=tuple(questions),
        evidence=EvidenceRules(
            # Every question may ask for a piece.
            max_files=draw(st.integers(4, 20)),
            max_file_bytes=file_mb * MEGABYTE,
            max_total_bytes=(file_mb + draw(st.integers(0, 100))) * MEGABYTE,
            kinds=draw(st.sampled_from([("photo",), ("document", "table"), ("photo", "document", "table")])),
            required=draw(st.booleans()),
        ),
        rubric=draw(rubrics()),
        attempts=draw(st.integers(0, 50)),
        late=draw(st.builds(LateRule, st.integers(0, 720), st.booleans(), _percent, _percent)),
        mentor=MentorRule(need, tuple(draw(st.lists(_line, max_size=3)))),
        complete_on=draw(
            st.sampled_from(
                [choice for choice in CompleteOn if choice is not CompleteOn.SIGN_OFF or need is not MentorNeed.NONE]
            )
        ),
        team=draw(st.booleans()),
        marking=draw(st.sampled_from(Marking)),
    )


@settings(max_examples=examples(150), deadline=None)
@given(tasks())
def test_olx_round_trip_loses_nothing(task):
    node = etree.Element("workplace_assignment")
    task_to_xml(task, node)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    assert task_from_xml(etree.fromstring(etree.tostring(node), parser)) == task


@settings(max_examples=examples(100), deadline=None)
@given(tasks())
def test_json_round_trip_loses_nothing(task):
    assert task_from_json(task_to_json(task)) == task


GOOD = """<workplace_assignment display_name="T" weight="10">
  <task><p>Do <b>it</b>.</p></task>
  <question key="a" title="What?" min_words="5"/>
  <rubric><criterion key="c" title="C"><level points="0">no</level><level points="2">yes</level></criterion></rubric>
</workplace_assignment>"""


def test_child_elements_are_as_good_as_cdata():
    assert task_from_xml(etree.fromstring(GOOD)).instructions == "<p>Do <b>it</b>.</p>"
    assert task_from_xml(etree.fromstring(GOOD)).weight == Decimal(10)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("<rubric>", "<other>", "rubric"),
        ('title="What?"', "", "title"),
        ('key="a"', 'key="A b"', "small letters"),
        ('min_words="5"', 'min_words="x"', "min_words"),
        ('min_words="5"', 'min_words="1.5"', "whole number"),
        ('min_words="5"', 'min_words="5" max_words="3"', "smaller"),
        ('weight="10"', 'weight="0"', "weight"),
        ('weight="10"', 'weight="NaN"', "weight"),
        ('<level points="2">yes</level>', "", "at least two levels"),
        ('points="2"', 'points="0"', "do not rise"),
        ('points="2"', 'points="1"', "below the pass mark"),
        ("<rubric>", '<evidence kinds="photo virus"/><rubric>', "virus"),
        ("<rubric>", '<evidence max_files="999"/><rubric>', "50"),
        ('key="c"', 'key="c" kind="stars"', "levels, range, feedback"),
        ('key="c"', 'key="c" kind="range" max="10"', "pass"),
        ('key="c"', 'key="c" kind="range" pass="5"', "max"),
        ('key="c"', 'key="c" kind="range" max="10" pass="11"', "between 0 and the most"),
        ('key="c"', 'key="c" kind="range" max="10" step="3" pass="5"', "whole number of steps"),
        ('key="c"', 'key="c" kind="feedback"', "must give points"),
    ],
)
def test_mistakes_are_named(old, new, says):
    text = GOOD.replace(old, new)
    if old == "<rubric>" and new == "<other>":
        text = text.replace("</rubric>", "</other>")
    with pytest.raises(OlxError, match=says):
        task_from_xml(etree.fromstring(text))
