"""Problems as texts to read."""

from __future__ import annotations

import re

import pytest

from iciinsmes_campus.courseware.errors import UnreadableFile
from iciinsmes_campus.courseware.questions import QuizQuestion, question
from tests.campus.folders import CHOICE

OPTIONS = """<problem><p>Choose.</p>
  <optionresponse><label>First</label><optioninput>
    <option correct="True">Now<optionhint>Yes</optionhint></option><option correct="False">Later</option>
  </optioninput></optionresponse>
  <optionresponse><label>Second</label><optioninput options="('one','two')" correct="two"/></optionresponse>
  <solution><p>Because.</p></solution><demandhint><hint>Think.</hint></demandhint>
</problem>"""
MANY = """<problem><choiceresponse><label>Which <em>two</em>?</label><description>Two are right.</description>
  <checkboxgroup><choice correct="true">A<choicehint selected="true">Good</choicehint></choice>
  <choice correct="false">B</choice><choice correct="true">C</choice></checkboxgroup></choiceresponse></problem>"""
NUMBER = """<problem><numericalresponse answer="35"><label>How much?</label>
  <responseparam type="tolerance" default="5%"/><additional_answer answer="36"/>
  <textline size="6" trailing_text="%"/></numericalresponse></problem>"""


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def read(problem: str) -> QuizQuestion:
    return question(problem)


def test_a_choice():
    found = read(CHOICE)
    assert "<p><strong>Which one is a fruit?</strong></p>" in found.asked
    assert re.findall(r"<li>([^<]*)</li>", found.asked) == ["A hammer", "An apple"]
    assert found.answer == "<p>An apple</p>"
    assert found.count == 1


def test_several_lists_and_the_old_form_of_one():
    found = read(OPTIONS)
    assert words(found.asked) == "Choose. First Now Later Second one two"
    assert found.answer == "<ol><li>Now</li><li>two</li></ol><p>Because.</p>"
    assert found.count == 2


def test_several_right_ones():
    found = read(MANY)
    assert words(found.asked) == "Which two ? Two are right. A B C"
    assert found.answer == "<ul><li>A</li><li>C</li></ul>"


def test_a_number():
    found = read(NUMBER)
    assert words(found.asked) == "How much? Your answer: ____________ %"
    assert words(found.answer) == "35 (± 5%) 36 (± 5%)"


def test_what_is_right_can_be_seen_in_no_attribute():
    for problem in (CHOICE, OPTIONS, MANY, NUMBER):
        assert "correct" not in read(problem).asked
        assert "answer=" not in read(problem).asked


def test_words_stay_words():
    text = "<problem><p>1 &lt; 2 &amp; 3</p>A &lt;b&gt; stays</problem>"
    assert "1 &lt; 2 &amp; 3" in read(text).asked
    assert "A &lt;b&gt; stays" in read(text).asked
    wrong = '<problem><stringresponse answer="&lt;script&gt;x()&lt;/script&gt;"><textline/></stringresponse></problem>'
    assert "<script" not in read(wrong).answer


def test_an_author_has_no_hands():
    text = '<problem><p onclick="x()">Hi</p><script>x()</script><solution><p onclick="x()">Ho</p></solution></problem>'
    found = read(text)
    assert "x()" not in found.asked + found.answer


@pytest.mark.parametrize("options", ["('one',", "open('x')", "3"])
def test_an_old_list_that_is_none(options: str):
    found = read(f'<problem><optionresponse><optioninput options="{options}"/></optionresponse></problem>')
    assert found.answer == ""


def test_no_xml():
    with pytest.raises(UnreadableFile):
        read("<problem>")
