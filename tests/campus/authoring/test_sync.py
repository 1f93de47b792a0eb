from __future__ import annotations

import pytest
from django.db import DatabaseError

from iciinsmes_campus.authoring import api, sync
from iciinsmes_campus.authoring.models import BlockOverlay
from iciinsmes_campus.courseware import api as courseware
from tests.campus.authoring.conftest import HTML, forget
from tests.people import SME1


def title() -> str:
    return courseware.node(HTML).display_name


def save_elsewhere(**fields: str) -> None:
    """Be another process that keeps a change."""
    BlockOverlay.objects.update_or_create(usage_key=HTML, defaults={"course_key": SME1, "fields": fields})
    sync.announce()


def test_a_new_process_shows_what_was_saved_before():
    save_elsewhere(display_name="Kept")
    forget()
    assert title() != "Kept"
    api.load()
    assert title() == "Kept"


def test_other_processes_follow_with_their_next_request(client):
    client.get("/healthz")
    save_elsewhere(display_name="One")
    client.get("/healthz")
    assert title() == "One"
    save_elsewhere(display_name="Two")
    client.get("/healthz")
    assert title() == "Two"


def test_a_discarded_change_goes_everywhere(client):
    before = title()
    save_elsewhere(display_name="One")
    client.get("/healthz")
    BlockOverlay.objects.all().delete()
    sync.announce()
    client.get("/healthz")
    assert title() == before


def test_looking_costs_no_query(client, django_assert_num_queries):
    save_elsewhere(display_name="One")
    sync.catch_up()
    with django_assert_num_queries(0):
        sync.catch_up()


def test_a_change_of_an_unknown_block_stops_nothing(client, caplog):
    gone = SME1.make_usage_key("html", "gone")
    BlockOverlay.objects.create(usage_key=gone, course_key=SME1, fields={"display_name": "x"})
    save_elsewhere(display_name="One")
    assert client.get("/healthz").status_code == 200
    assert title() == "One"
    assert "gone" in caplog.text


def test_a_database_that_does_not_answer_stops_no_request(client, monkeypatch, caplog):
    def fail(*_arguments):
        raise DatabaseError("no such table")

    save_elsewhere(display_name="One")
    with monkeypatch.context() as patch:
        patch.setattr(BlockOverlay.objects, "values_list", fail)
        assert client.get("/healthz").status_code == 200
    assert "cannot be read" in caplog.text
    assert title() != "One"
    client.get("/healthz")
    assert title() == "One"


@pytest.mark.usefixtures("teacher")
def test_a_rolled_back_save_is_shown_nowhere(django_capture_on_commit_callbacks, teacher):
    with django_capture_on_commit_callbacks():
        courseware.save_plain_edit(
            usage_key=HTML, edit=courseware.PlainEdit("New", "<p>x</p>", "html"), author_id=teacher.pk
        )
    assert title() != "New"
