from __future__ import annotations

import io
import json
import re
import tarfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.urls import reverse

from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.courseware.library import library
from iciinsmes_campus.courseware.olx import LoadedCourse, read_course
from iciinsmes_campus.courseware.runs import run_starts
from tests.campus.authoring.conftest import HTML, PROBLEM, UNIT, W01, files_below
from tests.campus.authoring.test_editing import task_json
from tests.campus.folders import CHOICE, COURSE, course_folder, key, policy, unit
from tests.campus.folders import SMALL as _SMALL
from tests.people import SME1

URL = reverse("campus:export", args=[SME1])
FOLDER_URL = reverse("campus:export-folder", args=[SME1])


def unpack(content: bytes, target: Path) -> Path:
    """Unpack as a careful person does, which refuses every path that leads elsewhere."""
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        # An argument of `extractall` since Python 3.11.4; Debian 12 brings 3.11.2.
        tar.extraction_filter = getattr(tarfile, "data_filter", None)
        tar.extractall(target)
    (folder,) = target.iterdir()
    return folder


def exported(course_key, target: Path) -> Path:
    return unpack(courseware.export_course(course_key).read(), target)


def same(one: LoadedCourse, other: LoadedCourse) -> None:
    assert one.course == other.course
    assert one.blocks.keys() == other.blocks.keys()
    for place, block in one.blocks.items():
        assert as_studio_takes_it(other.blocks[place].fields) == as_studio_takes_it(block.fields), place


def as_studio_takes_it(fields: Mapping[str, object]) -> dict[str, object]:
    """Leave out the difference that an export for Studio makes: it knows no ``<time>``."""
    return {
        name: re.sub(r"<(/?)time\b", r"<\1span", value) if isinstance(value, str) else value
        for name, value in fields.items()
    }


def edited_task() -> dict[str, object]:
    """Return the fields of W01 with everything that is hard to write: umlauts, quotes, markup, CDATA's end."""
    task = task_json()
    task["instructions"] = '<p>Größe &amp; "Ziele" ]]> &lt;b&gt;</p>\n<ul><li>ü</li></ul>'
    questions = task["questions"]
    assert isinstance(questions, list)
    questions[0]["title"] = 'Which <"channels"> & "sources"?'
    return {"display_name": task.pop("title"), "task": {name: task[name] for name in task if name != "weight"}}


class TestTheRealCourse:
    def test_without_changes_it_is_the_folder(self, author, folder, tmp_path):
        response = author.get(FOLDER_URL)
        assert response["Content-Type"] == "application/gzip"
        assert response["Content-Disposition"] == 'attachment; filename="ICIinSMEs.SME1.2026.tar.gz"'
        assert files_below(unpack(response.getvalue(), tmp_path / "out")) == files_below(folder)

    def test_for_studio_the_dates_of_the_run_stand_in_the_olx(self, author, folder, tmp_path):
        before = library().course(SME1)
        out = unpack(author.get(URL).getvalue(), tmp_path / "out")
        same(before, read_course(out))
        old, new = files_below(folder), files_below(out)
        assert {name for name in old.keys() - new.keys() if not name.startswith("editions/")} == {
            "plan.toml",
            "schedule.toml",
        }
        assert b"<time" not in b"".join(new.values())
        old = {name: re.sub(rb"<(/?)time\b", rb"<\1span", content) for name, content in old.items()}
        assert {name for name in new if new[name] != old[name]} == {
            "course/2026.xml",
            *(name for name in old if name.startswith("sequential/") and b'graded="true"' in old[name]),
        }
        assert b'start="2026-10-05T06:00:00Z" end="2027-02-19T22:59:00Z"' in new["course/2026.xml"]
        assert b'due="2026-11-14T22:59:00Z"' in new["sequential/quiz-start.xml"]

    def test_a_course_without_a_start_is_exported_with_its_schedule(self, author, settings, folder, tmp_path):
        (settings.HOME / "runs.json").unlink()
        courseware.forget()
        assert files_below(unpack(author.get(URL).getvalue(), tmp_path / "out")) == files_below(folder)

    def test_an_own_date_wins_over_the_schedule_when_it_comes_back_into_the_folder(self, author, settings, tmp_path):
        quiz = SME1.make_usage_key("sequential", "quiz-start")
        courseware.set_overlay(quiz, {"due": "2027-01-01T11:00:00Z"})
        out = unpack(author.get(FOLDER_URL).getvalue(), tmp_path / "out")
        again = read_course(out, starts=run_starts())
        assert again.nodes[quiz].due == datetime(2027, 1, 1, 11, tzinfo=UTC)
        assert again.nodes[W01].due == datetime(2026, 11, 14, 22, 59, tzinfo=UTC)
        assert again.course.errors == (
            "sequential/quiz-start: due stands in the OLX and in schedule.toml; the date in the OLX is used.",
        )

    def test_changes_are_in_the_files_they_belong_to(self, author, folder, tmp_path):
        courseware.set_overlay(W01, edited_task())
        courseware.set_overlay(HTML, {"data": '<p class="x">Neu: Ähre & "Öl"</p>\n', "display_name": "35"})
        courseware.set_overlay(PROBLEM, {"display_name": "null", "max_attempts": 5})
        courseware.set_overlay(UNIT, {"display_name": '"Quoted" & <b>'})
        before = library().course(SME1)
        out = unpack(author.get(FOLDER_URL).getvalue(), tmp_path / "out")
        same(before, read_course(out, starts=run_starts()))
        old, new = files_below(folder), files_below(out)
        assert old.keys() == new.keys()
        assert {name for name in new if new[name] != old[name]} == {
            "html/why-firms-move-text.html",
            "html/why-firms-move-text.xml",
            "problem/hit-rate.xml",
            "vertical/w01-where-do-our-customers-speak.xml",
            "vertical/why-firms-move.xml",
        }

    def test_a_saved_problem_reads_back_as_it_was_saved(self, author, teacher, commit, tmp_path):
        question = "<stringresponse answer='ö'><label>Q &amp; A</label><textline/></stringresponse>"
        source = f"<problem><p>a</p>{question}</problem>"
        with commit():
            courseware.save_plain_edit(
                usage_key=PROBLEM, edit=courseware.PlainEdit("New", source, "xml"), author_id=teacher.pk
            )
        before = library().course(SME1)
        same(before, read_course(exported(SME1, tmp_path / "out")))

    @pytest.mark.parametrize("due", ["2026-12-20T08:30:00Z", None])
    def test_an_own_due_date_or_none_stands_in_its_file(self, author, tmp_path, due):
        courseware.set_overlay(W01, {"due": due})
        before = library().course(SME1)
        same(before, read_course(exported(SME1, tmp_path / "out")))

    def test_exporting_changes_nothing_here(self, author, folder):
        before = files_below(folder)
        courseware.set_overlay(HTML, {"data": "x"})
        author.get(URL)
        assert files_below(folder) == before


class TestSmallCourses:
    @pytest.fixture
    def make(self, settings, tmp_path):
        settings.COURSES_ROOT = tmp_path / "small"

        def write(files: Mapping[str, str | bytes | None] | None = None) -> Path:
            folder = course_folder(tmp_path / "small", files)
            courseware.forget()
            assert courseware.course(COURSE).errors == ()
            return folder

        return write

    @pytest.fixture
    def out(self, tmp_path):
        """Export the small course, check that it reads as before, and return its new folder."""

        def run() -> Path:
            before = library().course(COURSE)
            folder = exported(COURSE, tmp_path / "out")
            same(before, read_course(folder))
            return folder

        return run

    def test_an_inline_problem_stays_inline_and_its_neighbours_as_they_were(self, make, out):
        make(unit(f"<!-- first --><html url_name='h1'/>{CHOICE}<problem url_name='p2'><p>x</p></problem>"))
        courseware.set_overlay(key("problem", "p1"), {"max_attempts": 7, "display_name": "Else"})
        text = (out() / "vertical/u1.xml").read_text()
        assert "<!-- first -->" in text
        assert 'max_attempts="7"' in text

    def test_a_block_without_a_name_keeps_its_key(self, make, out):
        make(unit('<problem display_name="A"><p>x</p></problem><problem display_name="B"><p>x</p></problem>'))
        second = courseware.course(COURSE).root.children[0].children[0].children[0].children[1].usage_key
        courseware.set_overlay(second, {"display_name": "C"})
        assert second.block_id in (out() / "vertical/u1.xml").read_text()

    def test_a_text_inside_of_the_xml_gets_a_file(self, make, out):
        make(unit('<html url_name="h2" display_name="T"><p>inline</p></html>'))
        courseware.set_overlay(key("html", "h2"), {"data": "<p>new & not XML<br>"})
        assert (out() / "html/h2.html").read_text() == "<p>new & not XML<br>"

    def test_a_file_of_two_blocks_is_not_changed_for_both(self, make, out):
        make({**unit('<html url_name="h1"/><html url_name="h2"/>'), "html/h2.xml": '<html filename="h1"/>'})
        courseware.set_overlay(key("html", "h2"), {"data": "<p>mine</p>"})
        folder = out()
        assert (folder / "html/h1.html").read_text() == _SMALL["html/h1.html"]
        assert (folder / "html/h2.html").read_text() == "<p>mine</p>"

    def test_what_the_policy_says_is_changed_in_the_policy(self, make, out):
        make(policy(html__h1={"display_name": "From the policy"}, course__2026={"language": "de"}))
        courseware.set_overlay(key("html", "h1"), {"display_name": "New"})
        courseware.set_overlay(key("course", "course"), {"language": "da"})
        written = json.loads((out() / "policies/2026/policy.json").read_text())
        assert written == {"html/h1": {"display_name": "New"}, "course/2026": {"language": "da"}}

    def test_what_containers_hand_down_stays_where_it_is_said(self, make, out):
        make(
            {
                "sequential/s1.xml": '<sequential format="Quiz" graded="true"><vertical url_name="u1"/></sequential>',
                **unit(
                    '<workplace_assignment url_name="w1"><rubric><criterion key="a" title="A">'
                    '<level points="0">x</level><level points="2">y</level></criterion></rubric>'
                    '<question key="q" title="Q"/></workplace_assignment>'
                ),
            }
        )
        courseware.set_overlay(key("workplace_assignment", "w1"), {"display_name": "New"})
        text = (out() / "vertical/u1.xml").read_text()
        assert 'display_name="New"' in text
        assert "graded" not in text

    @pytest.mark.parametrize("name", ["../../evil", "/etc/evil", "..", "a/../../../evil"])
    def test_a_name_that_leads_out_of_the_folder_is_not_followed(self, make, tmp_path, name):
        folder = make(unit('<html url_name="h1" display_name="T"><p>x</p></html>'))
        # Since it was read, the file got a name that must not be written to.
        (folder / "vertical/u1.xml").write_text(f'<vertical><html url_name="h1" filename="{name}"/></vertical>')
        courseware.set_overlay(key("html", "h1"), {"data": "mine"})
        out = exported(COURSE, tmp_path / "out")
        written = [path for path in out.rglob("*.html") if path.read_text() == "mine"]
        assert len(written) == 1
        assert set(tmp_path.rglob("*evil*")) <= set(out.rglob("*"))

    def test_a_key_that_would_lead_out_is_refused(self, make):
        folder = make(unit('<html url_name="..:..:evil" display_name="T"><p>x</p></html>'))
        courseware.set_overlay(key("html", "..:..:evil"), {"data": "mine"})
        with pytest.raises(courseware.CannotExport, match="leads out"):
            courseware.export_course(COURSE)
        assert not list(folder.parent.rglob("evil*"))

    def test_links_out_of_the_folder_and_hidden_files_stay_here(self, make, tmp_path):
        folder = make()
        (tmp_path / "secret.txt").write_text("secret")
        (folder / "static").mkdir()
        (folder / "static" / "link.txt").symlink_to(tmp_path / "secret.txt")
        (folder / ".git").mkdir()
        (folder / ".git" / "config").write_text("x")
        assert files_below(exported(COURSE, tmp_path / "out")).keys() == _SMALL.keys()

    def test_a_folder_that_changed_meanwhile_is_refused(self, make):
        folder = make(unit(CHOICE))
        courseware.set_overlay(key("problem", "p1"), {"display_name": "New"})
        for text in ("<vertical/>", "<vertical>", None):
            (folder / "vertical/u1.xml").unlink()
            if text is not None:
                (folder / "vertical/u1.xml").write_text(text)
            with pytest.raises(courseware.CannotExport, match="has changed since"):
                courseware.export_course(COURSE)
            (folder / "vertical/u1.xml").touch()


def test_a_refused_export_is_explained_to_the_author(author, folder):
    courseware.set_overlay(PROBLEM, {"display_name": "New"})
    (folder / "problem" / "hit-rate.xml").unlink()
    page = author.get(URL, follow=True).content.decode()
    assert "cannot be exported" in page
