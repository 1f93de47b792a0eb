"""Reading course folders, good ones and ugly ones."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from xblock.core import XBlock

from iciinsmes_campus.courseware import api
from tests.campus.folders import CHOICE, COURSE, course_folder, key, policy, unit

Make = Callable[..., api.CourseNode]

BOMB = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
LEAK = '<!DOCTYPE vertical [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'


def leaves(course: api.CourseNode) -> list[api.Node]:
    return list(course.root.leaves())


class BrokenBlock(XBlock):
    """Fails while it is read."""

    @classmethod
    def parse_xml(cls, node: Any, runtime: Any, keys: Any) -> Any:
        raise RuntimeError("no such luck")


class CellarBlock(XBlock):
    """Fails when it is asked for its score."""

    has_score = True

    def max_score(self) -> float:
        raise ZeroDivisionError


def test_a_course_is_read(make: Make) -> None:
    course = make({"about/short_description.html": "<p>Short &amp; good</p>"})
    assert course.title == "Small course"
    assert course.short_description == "Short &amp; good"
    assert course.errors == ()
    assert [node.block_type for node in course.root.walk()] == ["course", "chapter", "sequential", "vertical", "html"]
    text = leaves(course)[0]
    assert (text.usage_key, text.display_name, text.completion) == (key("html", "h1"), "Text", "completable")
    assert text.seen_completes


def test_keys_are_the_same_after_every_start(make: Make) -> None:
    files = unit('<html>one</html><html>one</html><html url_name="h1"/>')
    first = [node.usage_key for node in make(files).root.walk()]
    second = [node.usage_key for node in make(files).root.walk()]
    assert first == second
    assert len(set(first)) == len(first)


def test_a_block_without_a_name_keeps_its_key_when_neighbours_move(make: Make) -> None:
    one = {node.usage_key for node in leaves(make(unit("<html>mine</html>")))}
    two = {node.usage_key for node in leaves(make(unit('<html url_name="h1"/><html>mine</html>')))}
    assert one < two


def test_settings_are_inherited_and_overruled(make: Make) -> None:
    course = make(
        {
            "sequential/s1.xml": '<sequential display_name="S" graded="true" format="Quiz" due="2026-12-01T10:00:00Z">'
            '<vertical url_name="u1"/></sequential>',
            **unit('<html url_name="h1"/>' + CHOICE.replace("<problem", '<problem due="2026-12-24T00:00:00+01:00"')),
            **policy(sequential__s1={"display_name": "Named by policy"}, problem__p1={"weight": 5}),
        }
    )
    text, problem = leaves(course)
    assert (text.graded, text.format, text.due) == (True, "Quiz", datetime(2026, 12, 1, 10, tzinfo=UTC))
    assert problem.due == datetime(2026, 12, 23, 23, tzinfo=UTC)
    assert (problem.weight, problem.max_score) == (5, 5)
    assert api.node(key("sequential", "s1")).display_name == "Named by policy"


def test_a_course_may_give_teachers_their_own_firms(make: Make) -> None:
    assert not make({}).teachers_by_company
    ours = {"course/2026": {"other_course_settings": {"iciinsmes": {"teachers_by_company": True}}}}
    assert make({"policies/2026/policy.json": json.dumps(ours)}).teachers_by_company
    nothing = '{"course/2026": {"other_course_settings": []}}'
    assert not make({"policies/2026/policy.json": nothing}).teachers_by_company


def test_the_grading_policy(make: Make) -> None:
    grader = [{"type": "Quiz", "short_label": "Q", "weight": 0.4, "min_count": 2, "drop_count": 1}]
    content = json.dumps({"GRADER": grader, "GRADE_CUTOFFS": {"Pass": 0.5, "Distinction": 0.9}})
    grading = make({"policies/2026/grading_policy.json": content}).grading
    assert grading.types == (api.AssignmentType("Quiz", "Q", 0.4, 2, 1),)
    assert list(grading.cutoffs) == ["Distinction", "Pass"]
    assert grading.pass_mark == 0.5


@pytest.mark.parametrize(
    ("files", "error"),
    [
        ({"vertical/u1.xml": "<vertical><html></vertical>"}, "well-formed"),
        ({"vertical/u1.xml": BOMB + "<vertical>&b;</vertical>"}, "DTD"),
        ({"vertical/u1.xml": LEAK + "<vertical>&secret;</vertical>"}, "DTD"),
        ({"vertical/u1.xml": "<vertical>&nbsp;</vertical>"}, "well-formed"),
        ({"vertical/u1.xml": '<html display_name="wrong"/>'}, "must start with"),
        ({"vertical/u1.xml": None}, "missing"),
        ({"html/h1.html": None}, "missing"),
        ({"html/h1.xml": None}, "missing"),
        ({"html/h1.html": b"\xff\xfe\x00"}, "UTF-8"),
        ({"html/h1.xml": '<html filename="../../../../../../etc/hostname"/>'}, "missing"),
        (unit('<html url_name="h1"/><html url_name="h1"/>'), "already has"),
        (unit('<vertical url_name="u1"/>'), "already has"),
        (unit('<teleport url_name="t1"/>'), "teleport"),
        (unit('<video url_name="v1" display_name="Film"/>'), "video"),
        (unit('<html url_name="a b"/>'), "no url_name"),
        (unit('<ghost url_name="g1" display_name="x"/>'), "no such luck"),
        (unit('<cellar url_name="g1" display_name="x"/>'), "ZeroDivisionError"),
        (unit('<problem url_name="p1"><script type="loncapa/python">import os</script></problem>'), "program code"),
        (unit('<problem url_name="p1"><customresponse cfn="f"><textline/></customresponse></problem>'), "program code"),
        (unit('<problem url_name="p1"><include file="static/x.xml"/></problem>'), "program code"),
    ],
)
def test_a_mistake_is_a_notice_in_its_place(make: Make, install: Any, files: dict[str, Any], error: str) -> None:
    install(ghost=BrokenBlock, cellar=CellarBlock)
    course = make(files)
    broken = [node for node in course.root.walk() if node.error]
    assert len(broken) == 1
    assert error in str(broken[0].error)
    assert broken[0].completion == "excluded"
    assert len(course.errors) == 1
    assert "/etc/" not in course.errors[0] or "missing" in course.errors[0]


def test_the_rest_of_a_unit_with_a_mistake_stays(make: Make) -> None:
    course = make(unit('<teleport url_name="t1" display_name="Beam"/><html url_name="h1"/>'))
    beam, text = leaves(course)
    assert (beam.display_name, bool(beam.error)) == ("Beam", True)
    assert not text.error


@pytest.mark.parametrize(
    ("files", "error"),
    [
        ({"policies/2026/policy.json": "{"}, "no JSON"),
        ({"policies/2026/policy.json": "[]"}, "must map"),
        ({"policies/2026/grading_policy.json": '{"GRADER": [{"weight": 1}]}'}, "no grading policy"),
        ({"policies/2026/grading_policy.json": '{"GRADE_CUTOFFS": {"Pass": 7}}'}, "between 0 and 1"),
        ({"policies/2026/grading_policy.json": '{"GRADER": [{"type": "Q", "weight": -1}]}'}, "below zero"),
        ({"sequential/s1.xml": '<sequential due="soon"><vertical url_name="u1"/></sequential>'}, "sequential/s1"),
    ],
)
def test_a_mistake_in_the_settings_leaves_the_course_readable(make: Make, files: dict[str, Any], error: str) -> None:
    course = make(files)
    assert error in " ".join(course.errors)
    assert api.node(key("vertical", "u1")).display_name == "Unit"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("<course", "well-formed"),
        (BOMB + '<course url_name="2026" org="T&b;" course="C"/>', "DTD"),
        ('<course url_name="2026" course="C"/>', "needs the attribute org"),
        ('<course url_name="2026" org="a b" course="C"/>', "no course key"),
        ('<library url_name="2026" org="T" course="C"/>', "must start with <course>"),
        ('<course url_name="2099" org="T" course="C"/>', "2099.xml is missing"),
        (None, "course.xml is missing"),
    ],
)
def test_a_broken_course_does_not_stop_the_others(
    make: Make, tmp_path: Path, content: str | None, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    course_folder(tmp_path, {"course.xml": content}, name="broken")
    make()
    assert [course.key for course in api.courses()] == [COURSE]
    (broken,) = api.broken_courses()
    assert broken.folder == "broken"
    assert error in broken.error
    assert "broken" in caplog.text


def test_the_same_course_twice(make: Make, tmp_path: Path) -> None:
    course_folder(tmp_path, name="twin")
    make()
    assert len(api.courses()) == 1
    assert "already holds" in api.broken_courses()[0].error


def test_a_folder_without_courses(settings: Any, tmp_path: Path) -> None:
    settings.COURSES_ROOT = tmp_path / "nothing"
    assert api.courses() == []
    with pytest.raises(api.UnknownCourse):
        api.course(COURSE)
    with pytest.raises(api.UnknownBlock):
        api.node(key("html", "h1"))


def test_a_link_out_of_the_folder_is_not_followed(make: Make, tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("secret")
    (tmp_path / "small" / "html").mkdir(parents=True)
    (tmp_path / "small" / "html" / "h2.html").symlink_to(secret)
    course = make({"html/h1.xml": '<html filename="h2"/>'})
    assert "missing" in str(leaves(course)[0].error)


def test_names_in_every_script(make: Make) -> None:
    course = make(
        {
            **unit('<html url_name="größe-ж"/>'),
            "html/größe-ж.xml": '<html filename="größe-ж" display_name="Größe ж 大"/>',
            "html/größe-ж.html": "<p>日本</p>",
        }
    )
    text = leaves(course)[0]
    assert (text.usage_key.block_id, text.display_name, text.error) == ("größe-ж", "Größe ж 大", "")


def test_a_whole_course_in_one_file(make: Make) -> None:
    course = make(
        {
            "course.xml": '<course url_name="2026" org="Test" course="OLX1" display_name="One file"><wiki slug="x"/>'
            '<chapter url_name="c"><sequential url_name="s"><vertical url_name="v">'
            '<html url_name="t">Hi <b>you</b></html></vertical></sequential></chapter></course>'
        }
    )
    assert course.title == "One file"
    assert [node.usage_key.block_id for node in leaves(course)] == ["t"]


def test_the_way_to_a_block_and_its_neighbours(make: Make) -> None:
    make(
        {
            "sequential/s1.xml": '<sequential><vertical url_name="u1"/><vertical url_name="u2"/></sequential>',
            "vertical/u2.xml": "<vertical><html>two</html></vertical>",
        }
    )
    way = api.path_to(key("html", "h1"))
    assert [node.block_type for node in way] == ["course", "chapter", "sequential", "vertical", "html"]
    assert api.unit_of(key("html", "h1")).usage_key == key("vertical", "u1")
    assert api.unit_of(key("chapter", "c1")).usage_key == key("vertical", "u1")
    before, after = api.neighbours(key("html", "h1"))
    assert before is None
    assert after is not None
    assert after.usage_key == key("vertical", "u2")
    assert api.neighbours(key("vertical", "u2")) == (api.node(key("vertical", "u1")), None)


def test_an_author_lies_over_the_folder(make: Make) -> None:
    make()
    api.set_overlay(key("html", "h1"), {"display_name": "Changed", "data": "<p>New</p>", "no_such_field": 1})
    assert api.node(key("html", "h1")).display_name == "Changed"
    assert [node.display_name for node in api.course(COURSE).root.leaves()] == ["Changed"]
    assert api.overlay_of(key("html", "h1")) == {"display_name": "Changed", "data": "<p>New</p>"}
    api.set_overlay(key("html", "h1"), {})
    assert api.node(key("html", "h1")).display_name == "Text"
    assert api.overlay_of(key("html", "h1")) == {}
    with pytest.raises(api.UnknownBlock):
        api.set_overlay(key("html", "h9"), {})


def test_mistakes_are_logged(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        make({"html/h1.html": None})
    assert "html/h1" in caplog.text
