"""An edition differs from its source in words only, and says where it still speaks English."""

from __future__ import annotations

from iciinsmes_campus.courseware.olx import read_course
from iciinsmes_campus.editions.api import differences, read_country, skeletons, weave_into
from tests.campus.editions.conftest import write_catalogues


def everything(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_language_of_the_source_changes_no_byte(source, german, tmp_path):
    weave_into(source, tmp_path / "en", catalogues=german, language="en")
    assert everything(tmp_path / "en") == everything(source)


def test_a_language_puts_its_words_everywhere_and_nothing_else(source, german, tmp_path):
    woven = weave_into(source, tmp_path / "de", catalogues=german, language="de")
    page = (tmp_path / "de/html/welcome.html").read_text(encoding="utf-8")
    assert "Sie finden <strong>zwei</strong> Stellen." in page
    assert '<p data-minutes="15" lang="en">Ask a customer' in page
    assert "<text>Theke</text>" in (tmp_path / "de/static/way.svg").read_text(encoding="utf-8")
    assert ("problem/which.xml", "The website") in woven.missing
    assert ("problem/which.xml", "The van") not in woven.missing
    assert differences(skeletons(source), skeletons(tmp_path / "de")) == []


def test_the_campus_reads_it_as_the_same_course(source, german, tmp_path):
    weave_into(source, tmp_path / "de", catalogues=german, language="de")
    english, german_course = read_course(source), read_course(tmp_path / "de")
    assert english.course.key == german_course.course.key
    assert list(english.blocks) == list(german_course.blocks)
    assert german_course.course.title == "Kleiner Kurs"
    assert german_course.course.language == "de"
    assert [kind.name for kind in german_course.course.grading.types] == ["Test"]
    quiz = next(node for node in german_course.course.root.walk() if node.usage_key.block_id == "a-start")
    assert quiz.format == "Test"


def test_a_folder_is_replaced_as_a_whole(source, german, tmp_path):
    target = tmp_path / "de"
    weave_into(source, target, catalogues=german, language="de")
    (target / "old.html").write_text("old", encoding="utf-8")
    weave_into(source, target, catalogues=german, language="de")
    assert not (target / "old.html").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".weaving")] == []


def test_other_answers_links_and_files_are_differences(source, german, tmp_path):
    target = tmp_path / "de"
    for name, before, after in (
        ("problem/which.xml", 'correct="true"', 'correct="false"'),
        ("html/welcome.html", "/static/way.svg", "/static/else.svg"),
        ("policies/2026/grading_policy.json", '"weight": 1.0', '"weight": 0.5'),
    ):
        weave_into(source, target, catalogues=german, language="de")
        path = target / name
        path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
        assert differences(skeletons(source), skeletons(target)) == [name]
    weave_into(source, target, catalogues=german, language="de")
    (target / "static/way.svg").unlink()
    assert differences(skeletons(source), skeletons(target)) == ["static/way.svg"]


def test_a_country_says_what_is_its_own(source, german, tmp_path):
    (source / "editions").mkdir()
    (source / "editions/DE.toml").write_text(
        'languages = ["en", "de"]\n[texts]\nfee = "<em>30</em> euros"\n'
        '[peaks]\n"before Christmas" = ["12-01", "12-24"]\n',
        encoding="utf-8",
    )
    country = read_country(source, "DE")
    assert country.peaks == {"before Christmas": ((12, 1), (12, 24))}
    weave_into(source, tmp_path / "DE", catalogues=german, language="en", country=country)
    page = (tmp_path / "DE/html/welcome.html").read_text(encoding="utf-8")
    assert 'It costs <span data-edition="fee"><em>30</em> euros</span>.' in page
    assert "In Germany you ask first." in page
    assert "Denmark" not in page
    assert not (tmp_path / "DE/editions").exists()
    weave_into(source, tmp_path / "all", catalogues=german, language="en")
    assert "Denmark" in (tmp_path / "all/html/welcome.html").read_text(encoding="utf-8")


def test_a_country_says_what_is_its_own_in_a_translation(source, catalogues, tmp_path):
    where = 'Ask <b data-country="DE">Ute</b><b data-country=""> or </b><b data-country="DK">Bo</b>.'
    page = source / "html/welcome.html"
    page.write_text(
        page.read_text(encoding="utf-8") + f"<p>{where}</p>\n",
        encoding="utf-8",
    )
    (source / "editions").mkdir()
    (source / "editions/DE.toml").write_text(
        'languages = ["en", "de"]\n[texts]\nfee = "<em>30</em> euros"\n', encoding="utf-8"
    )
    write_catalogues(
        source,
        catalogues,
        "de",
        {
            'It costs <span data-edition="fee">20 euros</span>.': (
                r"Es kostet <span data-edition=\"fee\">20 Euro</span>."
            ),
            where: (
                r"Fragen Sie <b data-country=\"DE\">Ute</b><b data-country=\"\"> oder </b>"
                r"<b data-country=\"DK\">Bo</b>."
            ),
            "<em>30</em> euros": "<em>30</em> Euro",
        },
    )
    country = read_country(source, "DE")
    woven = weave_into(source, tmp_path / "DE", catalogues=catalogues, language="de", country=country)
    told = (tmp_path / "DE/html/welcome.html").read_text(encoding="utf-8")
    assert '<p>Es kostet <span data-edition="fee"><em>30</em> Euro</span>.</p>' in told
    assert '<p>Fragen Sie <b data-country="DE">Ute</b>.</p>' in told
    assert not [text for _file, text in woven.missing if "Denmark" in text]
    weave_into(source, tmp_path / "EN", catalogues=catalogues, language="en", country=country)
    assert differences(skeletons(tmp_path / "EN"), skeletons(tmp_path / "DE")) == []
