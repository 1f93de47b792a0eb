"""A text is what a person reads as one: found with its inline markup, replaced without a change to all else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes_campus.editions.documents import has_texts, rewrite, texts_of
from iciinsmes_campus.editions.errors import UnreadableSource
from iciinsmes_campus.editions.segments import unfit

PAGE = """\
<p class="purpose">In <strong>five minutes</strong> you know it.</p>
<ul>
  <li>One <a href="/jump_to_id/x" title="To X">link</a>, and more
    <ul><li>Inside</li></ul>
  after it</li>
</ul>
<img src="/static/a.svg" alt="A picture with words"/>
<table><tr><td>35</td><td>Two &amp; three</td></tr></table>
"""


def said(name: str, content: str) -> list[str]:
    return [text.text for text in texts_of(name, content.encode())]


def loud(text: str, _kind: str, _is_markup: bool) -> str:
    return text.replace("five", "FIVE").replace("Inside", "INSIDE").replace("more", "MORE").replace("after", "AFTER")


def test_texts_of_a_page():
    assert said("html/a.html", PAGE) == [
        "In <strong>five minutes</strong> you know it.",
        'One <a href="/jump_to_id/x" title="To X">link</a>, and more',
        "after it",
        "Inside",
        "A picture with words",
        "Two &amp; three",
    ]


def test_what_is_replaced_stands_where_it_stood():
    assert rewrite("html/a.html", PAGE.encode(), loud).decode() == (
        PAGE.replace("five", "FIVE")
        .replace("Inside", "INSIDE")
        .replace("more", "MORE")
        .replace("after", "AFTER")
        .replace('"/>', '">')
    )


def test_an_answer_and_its_hint_are_two_texts():
    problem = (
        "<problem><multiplechoiceresponse><label>Which?</label><choicegroup>"
        '<choice correct="true">This <choicehint>Because.</choicehint></choice>'
        "</choicegroup></multiplechoiceresponse></problem>"
    )
    assert said("problem/a.xml", problem) == ["Which?", "This", "Because."]
    assert said("problem/a.xml", rewrite("problem/a.xml", problem.encode(), lambda *_text: "x").decode()) == ["x"] * 3


def test_the_html_of_a_block_is_read_as_html_and_stays_in_its_section():
    unit = (
        '<vertical display_name="A unit"><reaction url_name="r" display_name="How?">'
        "<![CDATA[<p>Was it <em>good</em>?</p>]]></reaction></vertical>"
    )
    assert said("vertical/a.xml", unit) == ["A unit", "How?", "Was it <em>good</em>?"]
    changed = rewrite("vertical/a.xml", unit.encode(), lambda text, *_rest: text.replace("good", "gut")).decode()
    assert changed == unit.replace("good", "gut")


def test_drawings_tables_and_the_gradebook():
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg"><title>A way</title><text x="1">Two <tspan x="2">lines</tspan></text>'
        "</svg>"
    )
    assert said("static/a.svg", drawing) == ["A way", 'Two <tspan x="2">lines</tspan>']
    german = rewrite("static/a.svg", drawing.encode(), lambda text, *_rest: text.replace("lines", "Zeilen")).decode()
    assert german == drawing.replace("lines", "Zeilen")
    table = "\ufeffPlace;Per month\r\nCounter;77\r\n"
    assert said("static/a.csv", table) == ["Place", "Per month", "Counter"]
    assert rewrite("static/a.csv", table.encode(), lambda text, *_rest: text.upper()).decode() == (
        "\ufeffPLACE;PER MONTH\r\nCOUNTER;77\r\n"
    )
    policy = '{"GRADER": [{"type": "Quiz", "weight": 0.5}]}'
    assert '"type": "Test"' in rewrite("policies/1/grading_policy.json", policy.encode(), lambda *_t: "Test").decode()


def test_a_name_of_the_gradebook_is_the_same_word_at_its_subsection():
    found = texts_of("sequential/a.xml", b'<sequential display_name="Now" format="Quiz" graded="true"/>')
    assert [(text.text, text.kind) for text in found] == [
        ("Now", "sequential display_name"),
        ("Quiz", "grading_policy.json"),
    ]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("html/a.html", True),
        ("info/updates.items.json", True),
        ("static/a.png", False),
        ("static/a.svg", True),
        ("policies/1/policy.json", False),
        ("policies/1/grading_policy.json", True),
    ],
)
def test_files_with_texts(name, wanted):
    assert has_texts(name) is wanted


def test_what_is_no_file_of_its_kind_is_named():
    with pytest.raises(UnreadableSource, match=r"vertical/a\.xml"):
        texts_of("vertical/a.xml", b"<vertical>")


@pytest.mark.parametrize(
    ("translation", "problem"),
    [
        ('Ein <a href="/x">Wort</a> <em>hier</em>', ""),
        ('<em>Hier</em> ein <a href="/x">Wort</a>', ""),
        ('Ein <a href="/y">Wort</a> <em>hier</em>', "has other"),
        ("Ein Wort hier", "has other"),
        ('Ein <a href="/x">Wort</a> <em>hier', "is not well-formed"),
        ('Ein <a href="/x">Wort</a> <em>hier</em><script>x</script>', "has elements that do not belong"),
        ("  ", "is empty"),
    ],
)
def test_a_translation_has_the_markup_of_its_source(translation, problem):
    assert unfit('A <a href="/x">word</a> <em>here</em>', translation, is_markup=True).startswith(problem)
    assert bool(unfit('A <a href="/x">word</a> <em>here</em>', translation, is_markup=True)) == bool(problem)


WORDS = st.text(st.characters(categories=["L", "P", "Sm"], exclude_characters="\r"), min_size=1, max_size=12)


@given(st.lists(st.tuples(st.sampled_from(["p", "li", "h2", "td"]), WORDS), min_size=1, max_size=6))
def test_any_text_comes_back_as_it_was_given(parts):
    """What a translator writes is what a reader gets, whatever signs are in it."""
    from html import escape

    page = "".join(f"<{tag}>word {escape(words, quote=False)}</{tag}>" for tag, words in parts if tag != "td")
    given_words = [escape(f"wort {words}", quote=False) for tag, words in parts if tag != "td"]
    answers = iter(given_words)
    woven = rewrite("html/a.html", page.encode(), lambda *_text: next(answers))
    assert [text.text for text in texts_of("html/a.html", woven)] == [" ".join(text.split(" ")) for text in given_words]
