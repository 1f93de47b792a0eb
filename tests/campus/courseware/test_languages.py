"""One course in several languages: who reads what, and what stays when the language changes."""

from __future__ import annotations

import logging
import re
import tarfile
import threading
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from iciinsmes_campus.courseware import api, woven
from iciinsmes_campus.courseware.library import library
from iciinsmes_campus.editions import api as editions
from iciinsmes_campus.learning import api as learning
from iciinsmes_campus.learning.models import BlockState
from tests.campus.folders import CHOICE, COURSE, course_folder, key, unit
from tests.campus.translated import GERMAN, translate

Files = Mapping[str, str | bytes | None]
#: A question with one list to choose from.
LIST = """<problem url_name="p1" display_name="Pick one">
  <optionresponse><label>Which one is a fruit?</label><optioninput>
    <option correct="False">A hammer</option>
    <option correct="True">An apple <optionhint>Right</optionhint></option>
  </optioninput></optionresponse>
</problem>"""
UNIT = key("vertical", "u1")
PROBLEM = key("problem", "p1")


@pytest.fixture
def read(settings: Any, tmp_path: Path) -> Callable[..., api.CourseNode]:
    """Write the small course and its German catalogue, and return it as the campus reads it."""
    settings.COURSES_ROOT = tmp_path / "courses"
    settings.COURSE_CATALOGUES = tmp_path / "catalogues"
    settings.HOME = tmp_path / "home"
    settings.ROOT_URLCONF = "tests.campus.bare_pages"

    def write(files: Files | None = None, said: Any = GERMAN, **more: Any) -> api.CourseNode:
        course_folder(settings.COURSES_ROOT, files)
        translate(settings.COURSE_CATALOGUES, said, **more)
        api.forget()
        return api.course(COURSE)

    return write


@pytest.fixture
def weaves(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count what is woven."""
    done: list[str] = []
    weave = editions.weave_into

    def counted(source: Path, target: Path, **how: Any) -> object:
        done.append(how["language"])
        return weave(source, target, **how)

    monkeypatch.setattr(editions, "weave_into", counted)
    return done


def page(user: Any, language: str, usage_key: Any = UNIT) -> str:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client.get(f"/courses/{COURSE}/unit/{usage_key}/").content.decode()


def post(user: Any, language: str, name: str, data: Any) -> Any:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client.post(f"/courses/xblock/{PROBLEM}/learn/xmodule_handler/{name}", data)


class TestWhoReadsWhat:
    def test_titles_follow_the_reader(self, read: Any) -> None:
        assert read(unit(CHOICE)).title == "Small course"
        assert api.course(COURSE).languages == ("en", "de")
        with translation.override("de-at"):
            course = api.course(COURSE)
            titles = [node.display_name for node in course.root.walk()]
            assert api.courses()[0].title == "Kleiner Kurs"
            assert api.node(PROBLEM).display_name == "Eines wählen"
            assert [node.display_name for node in api.path_to(UNIT)] == titles[:4]
        assert course.language == "de"
        assert titles == ["Kleiner Kurs", "Abschnitt", "Unterabschnitt", "Einheit", "Eines wählen"]

    def test_a_language_that_the_course_has_not(self, read: Any, ann: Any) -> None:
        read()
        with translation.override("pl"):
            assert api.course(COURSE).title == "Small course"
        html = page(ann, "pl")
        assert "Hello <b>reader</b>" in html
        assert '<div class="courseware" lang="en"' in html

    def test_a_unit(self, read: Any, ann: Any, django_assert_num_queries: Any) -> None:
        read()
        english, german = page(ann, "en"), page(ann, "de")
        assert "Hello <b>reader</b>" in english
        assert "Hallo <b>Leser</b>" in german
        assert '<div class="courseware" data' in english
        assert '<div class="courseware" data' in german

    def test_a_file(self, read: Any, ann: Any) -> None:
        files = {
            "static/a.svg": '<svg xmlns="http://www.w3.org/2000/svg"><text>Hello</text></svg>',
            "static/t.csv": "Name;Points\nHello;3\n",
            "static/p.bin": b"\x00\x01",
        }
        read(files, {"static/a.svg": {"Hello": "Hallo"}, "static/t.csv": {"Name": "Wer"}})
        client = Client()
        client.force_login(ann)

        def get(name: str, language: str) -> Any:
            return client.get(f"/courses/{COURSE}/static/{name}", headers={"accept-language": language})

        assert b"Hello" in b"".join(get("a.svg", "en"))
        assert b"Hallo" in b"".join(get("a.svg", "de"))
        assert b"".join(get("t.csv", "de")).startswith(b"Wer;Points")
        assert b"".join(get("p.bin", "de")) == b"\x00\x01"
        assert {"Cookie", "Accept-Language"} <= set(get("a.svg", "de")["Vary"].split(", "))

    def test_what_is_no_word_is_the_sources(self, read: Any) -> None:
        graded = {
            "sequential/s1.xml": '<sequential display_name="Subsection" format="Quiz" graded="true" start="2026-01-02">'
            '<vertical url_name="u1"/></sequential>',
            "policies/2026/grading_policy.json": '{"GRADER": [{"type": "Quiz", "weight": 1.0}],'
            '"GRADE_CUTOFFS": {"Pass": 0.5}}',
            **unit(CHOICE),
        }
        source = read(graded, {**GERMAN, "grading_policy.json": {"Quiz": "Test"}})
        with translation.override("de"):
            german = api.course(COURSE)
        assert [entry.name for entry in german.grading.types] == ["Test"]
        assert german.grading.cutoffs == source.grading.cutoffs
        for own, other in zip(source.root.walk(), german.root.walk(), strict=True):
            assert other.format == ("Test" if own.format else "")
            for name in ("usage_key", "start", "due", "graded", "max_score", "weight", "staff_only", "completion"):
                assert getattr(own, name) == getattr(other, name)

    def test_a_block_without_a_name_is_the_same_block(self, read: Any) -> None:
        source = read(unit(CHOICE.replace(' url_name="p1"', "")))
        with translation.override("de"):
            assert [node.usage_key for node in api.course(COURSE).root.walk()] == [
                node.usage_key for node in source.root.walk()
            ]
            assert api.units(COURSE)[0].children[0].display_name == "Eines wählen"


class TestTheLearnersState:
    def test_an_answer_stays(self, read: Any, ann: Any) -> None:
        read(unit(CHOICE))
        answered = post(ann, "en", "problem_check", {"input_p1_2_1": "choice_1"})
        assert answered.json()["success"] == "correct"
        before = list(BlockState.objects.values_list("scope", "place", "values"))
        german = post(ann, "de", "problem_get", {}).json()["html"]
        assert "Ein Apfel" in german
        assert german.index("checked") > german.index("Ein Hammer")
        assert list(BlockState.objects.values_list("scope", "place", "values")) == before
        assert learning.completions(user_id=ann.pk, course_key=COURSE)[PROBLEM] == 1

    def test_an_answer_counts_in_both(self, read: Any, ann: Any) -> None:
        read(unit(CHOICE))
        assert post(ann, "de", "problem_check", {"input_p1_2_1": "choice_0"}).json()["success"] == "incorrect"
        assert post(ann, "en", "problem_check", {"input_p1_2_1": "choice_1"}).json()["success"] == "correct"
        assert '"attempts": 2' in BlockState.objects.get(scope="user_state").values

    def test_an_answer_from_a_list_stays_the_same_answer(self, read: Any, ann: Any) -> None:
        said = {"vertical/u1.xml": {"A hammer": "Ein Hammer", "An apple": "Ein Apfel", "Right": "Genau"}}
        read(unit(LIST), said)
        german = post(ann, "de", "problem_check", {"input_p1_2_1": "Ein Apfel"}).json()
        assert german["success"] == "correct"
        assert "Genau" in german["contents"]
        assert _chosen(ann, "de") == "Ein Apfel"
        assert _chosen(ann, "en") == "An apple"
        assert "An apple" in BlockState.objects.get(scope="user_state").values
        assert post(ann, "en", "problem_check", {"input_p1_2_1": "A hammer"}).json()["success"] == "incorrect"
        assert _chosen(ann, "de") == "Ein Hammer"

    def test_options_that_read_the_same_are_not_mixed_up(self, read: Any, ann: Any) -> None:
        read(unit(LIST), {"vertical/u1.xml": {"A hammer": "Ding", "An apple": "Ding"}})
        assert post(ann, "de", "problem_check", {"input_p1_2_1": "Ding"}).status_code == 200


def _chosen(user: Any, language: str) -> str:
    html = post(user, language, "problem_get", {}).json()["html"]
    return re.search(r'<option value="([^"]*)"[^>]*selected', html)[1]


class TestAuthors:
    def test_a_change_wins_in_every_language(self, read: Any, ann: Any) -> None:
        read()
        api.set_overlay(key("html", "h1"), {"data": "<p>Changed</p>"})
        assert "<p>Changed</p>" in page(ann, "en")
        assert "<p>Changed</p>" in page(ann, "de")
        with translation.override("de"):
            assert api.node(key("html", "h1")).display_name == "Ein Text"
        api.set_overlay(key("html", "h1"), {})
        assert "Hallo <b>Leser</b>" in page(ann, "de")

    def test_a_changed_title_wins_too(self, read: Any) -> None:
        read()
        api.set_overlay(COURSE.make_usage_key("course", "course"), {"display_name": "New"})
        with translation.override("de"):
            assert api.course(COURSE).title == "New"
            assert api.course(COURSE).language == "de"

    def test_an_author_edits_the_source(self, read: Any, tom: Any) -> None:
        read()
        with translation.override("de"):
            assert "reader" in api.plain_edit(key("html", "h1")).source
            api.save_plain_edit(usage_key=key("html", "h1"), edit=api.PlainEdit("Text", "<p>Hi</p>"), author_id=tom.pk)
        assert library().of(UNIT).blocks[key("html", "h1")].original["data"].startswith("<p>Hello")

    def test_an_export_is_the_source(self, read: Any) -> None:
        read()
        with translation.override("de"), tarfile.open(fileobj=api.export_course(COURSE)) as tar:
            content = tar.extractfile("small/html/h1.html").read()
        assert content == b"<p>Hello <b>reader</b></p>"


class TestTheStart:
    def test_it_is_woven_once(self, read: Any, weaves: list[str]) -> None:
        read()
        read()
        assert weaves == ["de"]

    def test_it_is_woven_anew_when_a_text_or_a_translation_changes(
        self, read: Any, weaves: list[str], ann: Any
    ) -> None:
        read()
        read(said={**GERMAN, "html/h1.html": {"Hello <b>reader</b>": "Guten Tag <b>Leser</b>"}})
        assert "Guten Tag" in page(ann, "de")
        read({"html/h1.html": "<p>Bye</p>"})
        assert "Bye" in page(ann, "de")
        assert weaves == ["de"] * 3

    def test_half_a_folder_is_made_again(self, read: Any, weaves: list[str], settings: Any) -> None:
        read()
        (settings.HOME / "editions/small/de.made-of").unlink()
        (settings.HOME / "editions/small/.weaving-1/de").mkdir(parents=True)
        read()
        assert weaves == ["de"] * 2
        assert sorted(path.name for path in (settings.HOME / "editions/small").iterdir()) == [
            "de",
            "de.made-of",
            "lock",
        ]

    def test_a_language_that_the_campus_has_not(self, read: Any, weaves: list[str]) -> None:
        assert read(language="fr").languages == ()
        assert weaves == []

    def test_a_broken_catalogue(self, read: Any, settings: Any, caplog: pytest.LogCaptureFixture, ann: Any) -> None:
        read()
        (settings.COURSE_CATALOGUES / "small/de/more.po").write_bytes(b'msgid "\xff"\nmsgstr "a"\n')
        translate(
            settings.COURSE_CATALOGUES, {"html/h1.html": {"Hello <b>reader</b>": "Halo <b>du</b>"}}, language="da"
        )
        api.forget()
        with caplog.at_level(logging.ERROR):
            course = api.course(COURSE)
        assert "cannot be read in the language de" in caplog.text
        assert any("language de" in error for error in course.errors)
        assert course.languages == ("en", "da")
        assert "Hello <b>reader</b>" in page(ann, "de")
        assert "Halo" in page(ann, "da")

    def test_a_copy_with_other_parts(self, read: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
        weave = editions.weave_into

        def wrong(source: Path, target: Path, **how: Any) -> None:
            weave(source, target, **how)
            (target / "vertical/u1.xml").write_text('<vertical display_name="Einheit"/>')

        monkeypatch.setattr(editions, "weave_into", wrong)
        assert read().languages == ("en",)
        assert "other parts" in caplog.text

    def test_a_block_that_cannot_be_read_is_the_sources(
        self, read: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any, ann: Any
    ) -> None:
        weave = editions.weave_into

        def wrong(source: Path, target: Path, **how: Any) -> None:
            weave(source, target, **how)
            (target / "html/h1.html").unlink()

        monkeypatch.setattr(editions, "weave_into", wrong)
        read()
        assert "Hello <b>reader</b>" in page(ann, "de")
        assert "reads as its author wrote it" in caplog.text
        with translation.override("de"):
            assert api.node(UNIT).display_name == "Einheit"

    def test_two_at_once_weave_once(self, read: Any, settings: Any) -> None:
        read()
        (settings.HOME / "editions/small/de.made-of").unlink()
        folder = settings.COURSES_ROOT / "small"
        both, done, found = threading.Barrier(2), [], []

        def weave(source: Path, target: Path, **how: Any) -> None:
            done.append(target)
            editions.weave_into(source, target, **how)

        def start() -> None:
            both.wait()
            with woven.woven_folder(folder, "de", weave=weave) as target:
                found.append((target / "html/h1.html").read_text())

        threads = [threading.Thread(target=start) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(done) == 1
        assert found == ["<p>Hallo <b>Leser</b></p>"] * 2

    def test_a_run_that_is_placed_keeps_its_languages(self, read: Any) -> None:
        read({"schedule.toml": '["vertical/u1"]\nstart = { week = 1, day = 2, time = "10:00" }\n'})
        api.set_overlay(key("html", "h1"), {"data": "<p>Changed</p>"})
        api.begin_run(COURSE, day=date(2026, 2, 2))
        source = api.node(UNIT)
        with translation.override("de"):
            german = api.node(UNIT)
            assert library().of(UNIT).others["de"].blocks[key("html", "h1")].fields["data"] == "<p>Changed</p>"
        assert german.start == source.start is not None
        assert german.display_name == "Einheit"

    def test_equal_words_are_kept_once(self, read: Any) -> None:
        read(said={"course/2026.xml": {"Small course": "Kleiner Kurs"}})
        loaded = library().of(UNIT)
        own, other = loaded.blocks[UNIT], loaded.others["de"].blocks[UNIT]
        assert own.fields["display_name"] is other.fields["display_name"]
