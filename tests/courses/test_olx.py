"""Whether the reader that the checks stand on sees what people see."""

from __future__ import annotations

from lxml import etree
from lxml.html import fragment_fromstring

from tests.courses.olx import COURSES, html_trees, pieces, sentences


def test_there_is_a_course():
    assert "hearing-customers" in [course.name for course in COURSES]


def test_texts_end_where_elements_end():
    tree = fragment_fromstring(
        "<p>One <b>two</b> three.</p><ul><li>Four</li><li>Five</li></ul> six", create_parent="div"
    )
    assert list(pieces(tree)) == ["One two three.", "Four", "Five", "six"]


def test_alternatives_and_hints_are_read_too():
    tree = etree.fromstring('<problem display_name="A"><choice>B <choicehint>C</choicehint></choice></problem>')
    assert list(pieces(tree)) == ["A", "B", "C"]
    assert "A bakery" in list(pieces(fragment_fromstring('<p><img alt="A bakery"/></p>')))


def test_the_html_of_a_task_is_read_as_html():
    trees = dict(html_trees(COURSES[0]))
    task = list(pieces(trees["w01-where-do-our-customers-speak.xml"]))
    assert "What to hand in" in task
    assert not any("<" in piece for piece in task)


def test_sentences_end_at_stops():
    assert sentences("One. Two? Three: four") == ["One.", "Two?", "Three:", "four"]
    assert sentences("At 9,000 euros and 0.35") == ["At 9,000 euros and 0.35"]
