from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.serializers import task_to_json
from iciinsmes.platform import Role
from iciinsmes_campus.authoring.models import BlockOverlay
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.courseware.authored import ReadingRuntime
from iciinsmes_campus.courseware.library import library
from iciinsmes_campus.learning import api as learning
from tests.campus.authoring.conftest import HTML, PROBLEM, UNIT, W01
from tests.people import SME1, person


def edit_url(key) -> str:
    return reverse("campus:edit", args=[SME1, key])


def save_plain(client, key, **form: str):
    shown = courseware.plain_edit(key)
    return client.post(edit_url(key), {"title": shown.title, "source": shown.source, **form})


def submit_w01(client, **changed: object):
    """Send what the block's own editor sends."""
    task = {**task_json(), **changed}
    url = reverse("courseware:handler", args=[W01, "edit", "studio_submit"])
    return client.post(url, json.dumps(task), content_type="application/json")


def task_json() -> dict[str, object]:
    loaded = library().of(W01)
    fields = dict(loaded.blocks[W01].fields)
    block = ReadingRuntime(files=loaded.files, fields=fields, adopt=None).make(W01)
    return task_to_json(block.authored_task())


class TestOwnEditor:
    def test_it_opens_in_the_page_with_its_scripts(self, author):
        page = author.get(edit_url(W01)).content.decode()
        assert "data-ici-studio" in page
        assert "iciinsmes/authoring/editor.js" in page
        assert "iciinsmes_campus/authoring.js" in page
        assert f'data-after="{reverse("campus:block", args=[SME1, W01])}"' in page
        assert author.post(edit_url(W01)).status_code == 405

    def test_what_it_saves_is_kept_and_shown_at_once(self, author, teacher, commit):
        with commit():
            assert submit_w01(author, title="Where do they speak?").status_code == 200
        row = BlockOverlay.objects.get()
        assert (row.usage_key, row.course_key, row.author) == (W01, SME1, teacher)
        assert row.fields == {"display_name": "Where do they speak?"}
        assert courseware.node(W01).display_name == "Where do they speak?"

    def test_what_it_saves_is_the_task_before_any_learner_looks(self, author, commit):
        with commit():
            assert submit_w01(author, title="Where do they speak?").status_code == 200
        assert assignments.current_task(usage_key=W01).task.title == "Where do they speak?"

    def test_saving_what_the_folder_says_leaves_no_change(self, author, commit):
        before = task_json()
        with commit():
            submit_w01(author, title="Another title")
        with commit():
            submit_w01(author, **before)
        assert not BlockOverlay.objects.exists()
        assert courseware.overlay_of(W01) == {}

    def test_a_refused_save_changes_nothing(self, author, commit):
        with commit():
            assert submit_w01(author, title="").status_code == 400
        assert not BlockOverlay.objects.exists()

    @pytest.mark.parametrize("role", [None, Role.LEARNER])
    def test_learners_and_strangers_cannot_save(self, client, role):
        client.force_login(person("ann", role))
        assert submit_w01(client, title="Mine").status_code == 403
        assert not BlockOverlay.objects.exists()


class TestPlainForm:
    @pytest.mark.parametrize(("key", "label"), [(HTML, "Text, as HTML"), (PROBLEM, "Source, as XML")])
    def test_kinds_without_an_own_editor_show_title_and_source(self, author, key, label):
        page = author.get(edit_url(key)).content.decode()
        assert label in page
        assert courseware.plain_edit(key).title in page
        assert 'name="source"' in page

    def test_a_container_has_a_title_only(self, author, commit):
        assert 'name="source"' not in author.get(edit_url(UNIT)).content.decode()
        with commit():
            assert save_plain(author, UNIT, title="Why they move").status_code == 302
        assert courseware.node(UNIT).display_name == "Why they move"

    def test_a_text_is_saved_as_it_was_typed(self, author, commit):
        with commit():
            response = save_plain(author, HTML, source="<p>New</p>\r\n<p>Ähm & Öl</p>")
        assert response["Location"] == reverse("campus:block", args=[SME1, HTML])
        assert BlockOverlay.objects.get().fields == {"data": "<p>New</p>\n<p>Ähm & Öl</p>"}

    def test_nothing_changed_is_nothing_kept(self, author, commit):
        for key in (HTML, PROBLEM, UNIT):
            with commit():
                assert save_plain(author, key).status_code == 302
        assert not BlockOverlay.objects.exists()

    def test_a_problem_is_saved_without_its_settings(self, author, commit):
        source = '<problem weight="9"><stringresponse answer="x"><label>Q</label><textline/></stringresponse></problem>'
        with commit():
            assert save_plain(author, PROBLEM, source=source).status_code == 302
        assert "weight" not in BlockOverlay.objects.get().fields["data"]
        assert courseware.node(PROBLEM).weight == 1

    @pytest.mark.parametrize(
        ("source", "reason"),
        [
            ("<problem>", "not well-formed"),
            ("", "not well-formed"),
            ("<html/>", "must start with &lt;problem&gt;"),
            ("<problem><script type='loncapa/python'>x=1</script></problem>", "code of its author"),
            ("<problem><customresponse cfn='f'/></problem>", "code of its author"),
            ('<!DOCTYPE p [<!ENTITY e SYSTEM "file:///etc/passwd">]><problem>&e;</problem>', "must not"),
            ("<problem>" + "x" * 2_100_000 + "</problem>", "larger than 2 MB"),
        ],
    )
    def test_a_bad_source_is_explained_and_not_lost(self, author, commit, source, reason):
        with commit():
            response = save_plain(author, PROBLEM, source=source)
        assert response.status_code == 422
        assert reason in response.content.decode()
        assert response.context["form"].source == source
        assert not BlockOverlay.objects.exists()

    def test_a_title_has_an_end(self, author):
        response = save_plain(author, HTML, title="x" * 256)
        assert response.status_code == 422
        assert "longer than 255" in response.content.decode()

    def test_a_block_that_cannot_be_read_offers_no_form(self, author, folder):
        (folder / "problem" / "hit-rate.xml").write_text("<problem>")
        courseware.forget()
        response = author.get(edit_url(PROBLEM))
        assert response.status_code == 200
        assert "Mend its file" in response.content.decode()
        assert "<textarea" not in response.content.decode()
        assert author.post(edit_url(PROBLEM), {"title": "x"}).status_code == 200
        assert not BlockOverlay.objects.exists()


class TestChanges:
    def url(self) -> str:
        return reverse("campus:authoring", args=[SME1])

    def test_it_lists_what_changed_by_whom_in_the_order_of_the_course(
        self, author, commit, django_assert_max_num_queries
    ):
        with commit():
            save_plain(author, W01, title="Last") if not courseware.has_own_editor(W01) else submit_w01(
                author, title="Z"
            )
        with commit():
            save_plain(author, HTML, title="First")
        with django_assert_max_num_queries(6):
            page = author.get(self.url()).content.decode()
        assert "Tea Cher" in page
        changes = page.split("All blocks")[0]
        assert changes.index("First") < changes.index(">Z<")

    def test_an_empty_list_says_so(self, author):
        assert "Nothing is changed" in author.get(self.url()).content.decode()

    def test_a_change_is_discarded_once_or_twice(self, author, commit):
        with commit():
            save_plain(author, HTML, title="New title")
        before = courseware.node(HTML).display_name
        discard = reverse("campus:discard", args=[SME1, HTML])
        assert author.get(discard).status_code == 405
        for _ in range(2):
            with commit():
                assert author.post(discard)["Location"] == self.url()
        assert before == "New title"
        assert courseware.node(HTML).display_name != "New title"
        assert not BlockOverlay.objects.exists()

    def test_a_change_of_a_block_that_left_the_folder_can_be_discarded(self, author, teacher, commit):
        gone = SME1.make_usage_key("html", "gone")
        BlockOverlay.objects.create(usage_key=gone, course_key=SME1, fields={"data": "x"})
        page = author.get(self.url()).content.decode()
        assert "no longer in the folder" in page
        with commit():
            author.post(reverse("campus:discard", args=[SME1, gone]))
        assert not BlockOverlay.objects.exists()


class TestDueDate:
    """The block's own date in the assignment's editor; the course's folder has another one."""

    def test_it_is_set_in_utc_and_taken_away_again(self, author, commit):
        assert 'value="2026-11-14T22:59"' in author.get(edit_url(W01)).content.decode()
        with commit():
            assert submit_w01(author, due="2026-12-20T08:30").status_code == 200
        assert courseware.node(W01).due == datetime(2026, 12, 20, 8, 30, tzinfo=UTC)
        assert 'value="2026-12-20T08:30"' in author.get(edit_url(W01)).content.decode()
        with commit():
            assert submit_w01(author, due="").status_code == 200
        assert courseware.node(W01).due is None

    def test_a_date_as_it_was_or_not_sent_changes_nothing(self, author, commit):
        for sent in ({}, {"due": "2026-11-14T22:59"}):
            with commit():
                assert submit_w01(author, **sent).status_code == 200
        assert not BlockOverlay.objects.exists()

    def test_half_a_date_is_told_at_its_field(self, author, commit):
        with commit():
            answer = submit_w01(author, due="2026-12-")
        assert answer.status_code == 400
        assert [problem["place"] for problem in answer.json()["problems"]] == ["due"]

    def test_an_own_extension_is_not_taken_for_the_date_of_all(self, author, teacher, commit):
        learning.extend_due(user_id=teacher.id, usage_key=W01, until=datetime(2027, 1, 31, tzinfo=UTC))
        assert 'value="2026-11-14T22:59"' in author.get(edit_url(W01)).content.decode()
