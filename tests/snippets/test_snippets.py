"""Whose snippets are whose, what goes into them, and what stays when somebody leaves."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import Role
from iciinsmes.snippets import api, data, retirement
from iciinsmes.snippets.errors import TooManySnippets, UnknownSnippet, WrongSnippet
from tests.people import person

HERE = CourseKey.from_string("course-v1:ICI+SNIP+2026")
ELSEWHERE = CourseKey.from_string("course-v1:ICI+SNIP+2027")


@pytest.fixture
def tea(db):
    return person("tea", Role.TEACHER, HERE)


@pytest.fixture
def ben(db):
    return person("ben", Role.TEACHER, HERE)


def keep(user, text, **more):
    return api.keep(user_id=user.pk, **{"course_key": HERE, "text": text, **more})


def texts(user, course_key=HERE):
    return [snippet.text for snippet in api.snippets_for(user_id=user.pk, course_key=course_key)]


class TestFilled:
    def test_each_placeholder_is_put_in_and_other_braces_stay(self):
        values = {"learner": "Anna", "company": "Nordlicht", "task": "W01", "round": "2"}
        text = "{learner} of {company}: {task}, round {round}. {sum} {} {learner"
        assert api.filled(text, values) == "Anna of Nordlicht: W01, round 2. {sum} {} {learner"

    def test_what_is_not_known_stays_as_it_stands(self):
        assert api.filled("{company}", {}) == "{company}"

    @given(st.text(), st.sampled_from(api.PLACEHOLDERS), st.text())
    def test_a_value_is_never_read_as_a_placeholder(self, value, name, around):
        around = around.replace("{", "").replace("}", "")
        assert api.filled(f"{around}{{{name}}}", {name: value}) == around + value


def test_own_ones_come_first_and_others_only_where_they_are_shared(tea, ben):
    keep(ben, "Ben's own")
    keep(ben, "Ben shares", is_shared=True)
    keep(tea, "first")
    keep(tea, "second")
    assert texts(tea) == ["second", "first", "Ben shares"]
    assert texts(tea, ELSEWHERE) == ["second", "first"]


def test_reading_them_is_one_query(tea, django_assert_num_queries):
    for number in range(5):
        keep(tea, f"Text {number}")
    with django_assert_num_queries(1):
        texts(tea)


def test_the_same_words_are_one_snippet(tea):
    assert keep(tea, "Well done.\r\n") == keep(tea, "Well done.")
    assert texts(tea) == ["Well done."]


def test_an_own_one_can_be_changed_shared_and_taken_back(tea, ben):
    kept = keep(tea, "Good.")
    assert keep(tea, "Very good.", snippet_id=kept.id, is_shared=True).is_shared
    assert texts(ben) == ["Very good."]
    keep(tea, "Very good.", snippet_id=kept.id)
    assert texts(ben) == []
    assert texts(tea) == ["Very good."]


@pytest.mark.parametrize("text", ["", " \n", "x" * (data.MAX_TEXT + 1)])
def test_what_is_empty_or_too_long_is_refused_in_words(tea, text):
    with pytest.raises(WrongSnippet) as refused:
        keep(tea, text)
    assert refused.value.message


def test_there_is_an_end(tea, ben, monkeypatch):
    monkeypatch.setattr("iciinsmes.snippets.api.MAX_SNIPPETS", 2)
    keep(tea, "one", is_shared=True)
    two = keep(tea, "two", is_shared=True)
    with pytest.raises(TooManySnippets):
        keep(tea, "three")
    with pytest.raises(TooManySnippets):
        keep(ben, "shared too", is_shared=True)
    keep(tea, "another two", snippet_id=two.id, is_shared=True)
    assert sorted(texts(tea)) == ["another two", "one"]


def test_nobody_changes_or_removes_what_others_wrote(tea, ben):
    kept = keep(tea, "Mine.", is_shared=True)
    with pytest.raises(UnknownSnippet):
        keep(ben, "Ours.", snippet_id=kept.id)
    with pytest.raises(UnknownSnippet):
        api.remove(user_id=ben.pk, course_key=HERE, snippet_id=kept.id)
    with pytest.raises(UnknownSnippet):
        api.remove(user_id=ben.pk, course_key=ELSEWHERE, snippet_id=kept.id, any_shared=True)
    api.remove(user_id=ben.pk, course_key=HERE, snippet_id=kept.id, any_shared=True)
    api.remove(user_id=tea.pk, course_key=HERE, snippet_id=kept.id)
    api.remove(user_id=tea.pk, course_key=HERE, snippet_id=uuid4())
    assert texts(tea) == []


def test_who_leaves_takes_the_own_ones_along_and_leaves_the_shared_ones(tea, ben):
    keep(tea, "private")
    keep(tea, "shared", is_shared=True)
    told = retirement.export_person(user_id=tea.pk)
    assert [line["text"] for line in told.tables["snippets"]] == ["private", "shared"]
    retirement.forget_person(user_id=tea.pk)
    assert texts(ben) == ["shared"]
    assert list(retirement.export_person(user_id=tea.pk).tables["snippets"]) == []
