"""The library: what fits, page by page, in the reader's language; and files of cases, read strictly."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.best_practices import api
from iciinsmes.best_practices.case_file import SHIPPED, read_file
from iciinsmes.best_practices.data import Case, CaseFilter, CaseLine, CasesBlockSettings, Content, Part
from iciinsmes.best_practices.errors import UnknownCase, WrongFile
from iciinsmes.best_practices.models import PracticeCase
from iciinsmes.best_practices.rules import column_of, fits, searched_text
from iciinsmes.companies import api as companies
from iciinsmes.projects.data import Trigger
from iciinsmes.toolbox import api as toolbox
from tests.best_practices.conftest import TITLE

TEXT = SHIPPED.read_text(encoding="utf-8")
SHIPPED_CASES = read_file(TEXT).cases
ALL = CaseFilter()


def _walk(narrowed: CaseFilter, limit: int) -> list[str]:
    keys: list[str] = []
    after = ""
    while True:
        page = api.library(narrowed=narrowed, after=after, limit=limit)
        assert len(page.cases) <= limit
        keys += [case.key for case in page.cases]
        after = page.next_after
        if not after:
            return keys


class TestShipped:
    def test_two_cases_for_each_of_thirteen_countries(self):
        countries = Counter(case.content.country for case in SHIPPED_CASES)
        wanted = ("DK", "DE", "PL", "HU", "EE", "LV", "LT", "FI", "SE", "NO", "BE", "NL", "AT")
        assert countries == dict.fromkeys(wanted, 2)
        assert all(companies.country_name(code) != code for code in countries)

    def test_every_trigger_phase_and_instrument_has_a_case(self):
        assert {case.content.trigger for case in SHIPPED_CASES} == set(Trigger)
        assert len({case.content.phase for case in SHIPPED_CASES}) == 3
        used = {code for case in SHIPPED_CASES for code in case.content.instruments}
        assert used == {each.code for each in toolbox.all_instruments()}

    def test_each_says_that_it_is_invented_and_what_failed_and_has_figures(self):
        for case in SHIPPED_CASES:
            parts = {line.part: line.text for line in case.content.lines}
            assert case.is_invented, case.key
            assert {Part.TRIGGER, Part.DID, Part.FIGURES, Part.FAILED, Part.STAYS} <= parts.keys(), case.key
            assert any(letter.isdigit() for letter in parts[Part.FIGURES]), case.key

    def test_sentences_can_be_read_in_one_go(self):
        for case in SHIPPED_CASES:
            for text in (case.content.monday, *(line.text for line in case.content.lines)):
                sentences = text.replace("?", ".").replace("!", ".").replace(": ", ". ").replace("; ", ". ").split(". ")
                assert max(len(sentence.split()) for sentence in sentences) <= 30, (case.key, text)


class TestFiles:
    @pytest.mark.parametrize(
        ("before", "after", "said"),
        [
            ("version = 1", 'version = "1"', "version"),
            ('language = "en"', "", "language"),
            ('code = "dk2"', 'code = "dk1"', "twice"),
            ('country = "DK"', 'country = "Denmark"', "case 1: country"),
            ('size = "2-9"', 'size = "9"', "case 1: size"),
            ('phase = "acquire"', 'phase = "look"', "case 1: phase"),
            ('trigger = "demand"', 'trigger = "money"', "case 1: trigger"),
            ('["T08", "T04"]', '["T08", "T31"]', "T31"),
            ('["T08", "T04"]', '["T08", 4]', "“4”"),
            ("invented = true", "invented = false", "source"),
            ("invented = true", "colour = 1", "colour"),
            ("[case.story]", "[case.stories]", "stories"),
            ("did = ", "does = ", "does"),
            ('title = "A heat', 'titel = "A heat', "titel"),
            ("[[case]]", "[[case]", "no TOML"),
            ("[[case]]", "[case]", ""),
        ],
    )
    def test_what_is_wrong_is_said_by_its_place(self, before, after, said):
        with pytest.raises(WrongFile) as wrong:
            read_file(TEXT.replace(before, after, 1))
        assert said in str(wrong.value)

    @given(st.text(max_size=60) | st.sampled_from(["case = 1", "[[case]]\ncode = []", "version = 1\ncase = [1]"]))
    def test_nonsense_is_refused_and_nothing_else_happens(self, text):
        with pytest.raises(WrongFile):
            read_file(text)

    @pytest.mark.django_db
    def test_a_translation_is_read_in_its_language_and_the_rest_stays(self, settings, tmp_path):
        own = tmp_path / "de.toml"
        text = TEXT.replace('language = "en"', 'language = "de"').replace("A heat-pump order", "Eine Wärmepumpe", 1)
        own.write_text(text.split("[[case]]\n")[0] + "[[case]]\n" + text.split("[[case]]\n")[1], encoding="utf-8")
        settings.ICIINSMES_BEST_PRACTICES = {"de": str(own)}
        with translation.override("de"):
            first, second = api.cases_to_read()[:2]
            assert first.content.title.startswith("Eine Wärmepumpe")
            assert (first.content.language, second.content.language) == ("de", "en")
        with translation.override("da"):
            assert api.case_of(key="dk1").content.title.startswith("A heat-pump order")

    @pytest.mark.django_db
    def test_a_file_that_cannot_be_read_leaves_the_library_with_a_line_in_the_log(self, settings, tmp_path, caplog):
        settings.ICIINSMES_BEST_PRACTICES = {"": str(tmp_path / "missing.toml")}
        assert api.library(narrowed=ALL).cases == ()
        assert "missing.toml" in caplog.text


@pytest.mark.django_db
class TestLibrary:
    def test_every_case_is_on_one_page_whatever_a_page_holds(self):
        for limit in (1, 5, 12, 26, 100):
            assert _walk(ALL, limit) == [case.key for case in SHIPPED_CASES]

    def test_cases_of_firms_come_first_and_newest_first(self, people):
        made = _many(people, 5)
        for limit in (1, 2, 5, 6):
            assert _walk(ALL, limit) == [*reversed(made), *(case.key for case in SHIPPED_CASES)]

    def test_any_page_costs_one_query(self, people, django_assert_num_queries):
        _many(people, 30)
        with django_assert_num_queries(1):
            page = api.library(narrowed=ALL)
        with django_assert_num_queries(1):
            api.library(narrowed=ALL, after=page.next_after)
        with django_assert_num_queries(0):
            api.library(narrowed=ALL, after="file:dk1")

    @pytest.mark.parametrize("after", ["nonsense", "file:gone", "2026-13-40_x", "\x00", "x" * 2000])
    def test_a_mark_that_is_none_begins_at_the_beginning(self, after):
        assert api.library(narrowed=ALL, after=after).cases[0].key == "dk1"

    def test_a_firms_case_is_found_as_those_of_files_are(self, people, finished, published):
        case = api.case_of(key=str(published.id))
        for narrowed in (
            ALL,
            CaseFilter(country="DE"),
            CaseFilter(trade="jOINER"),
            CaseFilter(size="10-49"),
            CaseFilter(phase="process"),
            CaseFilter(trigger="lost_customer"),
            CaseFilter(instrument="T05"),
            CaseFilter(text="EVENING price"),
            CaseFilter(country="DK"),
            CaseFilter(instrument="T0"),
            CaseFilter(text="100%"),
            CaseFilter(text="a_"),
            CaseFilter(text="Łódź"),
        ):
            found = case.key in _walk(narrowed, 50)
            assert found is fits(case, narrowed), narrowed
        assert "Joiner" in api.choices().trades

    @pytest.mark.parametrize("text", ["Łódź", "lodz", "LODZ reminders", "łódź."])
    def test_words_are_found_without_accents_and_capitals(self, text):
        assert _walk(CaseFilter(text=text), 50) == ["pl2"]

    def test_a_block_shows_what_its_author_has_named_in_this_order(self, people, published):
        settings = CasesBlockSettings("x", cases=("pl1", "gone", str(published.id), "dk1"))
        assert [case.key for case in api.cases_for(settings=settings)] == ["pl1", str(published.id), "dk1"]
        fitting = api.cases_for(settings=CasesBlockSettings("x", trigger="rule", count=2))
        assert [case.key for case in fitting] == ["dk2", "lt1"]

    @pytest.mark.parametrize("key", ["", "nothing", "DK1", "00000000-0000-0000-0000-000000000000"])
    def test_an_unknown_case_is_none(self, key):
        with pytest.raises(UnknownCase):
            api.case_of(key=key)


_WORDS = st.text("abcÄß %_'", max_size=8)


@given(_WORDS, _WORDS, st.lists(st.sampled_from(["T01", "T02", "T12"]), unique=True, max_size=3))
def test_what_a_search_finds_holds_every_word(title, text, instruments):
    content = replace(_CONTENT, title=title, lines=(CaseLine(Part.DID, text),), instruments=tuple(instruments))
    case = Case("x", content)
    assert fits(case, CaseFilter(text=f" {title.upper() if title.isascii() else title} "))
    assert fits(case, CaseFilter(text="zebra")) is False
    for code in ("T01", "T02", "T12"):
        assert fits(case, CaseFilter(instrument=code)) is (f" {code} " in column_of(instruments))
    assert _CONTENT.firm.casefold() not in searched_text(content)


_CONTENT = Content(
    title="", about="", country="DK", trade="Baker", size="1", phase="acquire", trigger="rule", monday="", lines=(),
    firm="Secret Ltd",
)  # fmt: skip


def _many(people, count: int) -> list[str]:
    now = timezone.now()
    rows = [
        PracticeCase(
            company_id=people.firm.id,
            course_key="course-v1:ICIinSMEs+SME1+2026",
            live=None,
            state="published",
            content={**asdict(_CONTENT), "title": f"{TITLE} {number}", "lines": [], "instruments": []},
            nonce="x",
            link_until=now,
            changed_at=now,
            published_at=now + timedelta(seconds=number // 2),
        )
        for number in range(count)
    ]
    PracticeCase.objects.bulk_create(rows)
    # Databases sort ids each in its own way.
    return [str(key) for key in PracticeCase.objects.order_by("published_at", "id").values_list("id", flat=True)]


def test_the_file_says_which_version_it_is():
    assert tomllib.loads(TEXT)["version"] == read_file(TEXT).version == 1
