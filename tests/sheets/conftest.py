"""A course run with rounds that wait, and a grader's sheet as a spreadsheet program sees it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from iciinsmes.lib.untrusted import BYTE_ORDER_MARK
from iciinsmes.review import api as review
from iciinsmes.sheets.models import GradeImport
from tests.desk.conftest import (  # noqa: F401 - fixtures
    COURSE,
    anna,
    bo,
    colleague,
    desk,
    first,
    open_page,
    other_version,
    second,
    teacher,
    version,
)

Rows = list[dict[str, str]]


def sheets_url(name: str = "sheets", *arguments: object) -> str:
    return reverse(f"iciinsmes:{name}", args=[COURSE, *arguments])


def table(client: Any, **query: str) -> bytes:
    """Return a table as the file that the grader downloads."""
    response = client.get(sheets_url("sheets-table"), {"table": "results", "kind": "csv", **query})
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def rows_of(content: bytes, delimiter: str = ",") -> Rows:
    text = content.decode()
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK)), delimiter=delimiter))


def as_csv(rows: Sequence[dict[str, str]], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def send(client: Any, content: bytes, name: str = "results.csv") -> Any:
    return client.post(sheets_url("sheets-import-begin"), {"file": SimpleUploadedFile(name, content)})


def sent(client: Any, content: bytes, name: str = "results.csv") -> GradeImport:
    """Send a sheet and return what is kept of it; its lines are checked, because no worker runs in tests."""
    response = send(client, content, name)
    assert response.status_code == 302, response.content.decode()
    return GradeImport.objects.get(id=response["Location"].rstrip("/").rpartition("/")[2])


def do(client: Any, row: GradeImport, what: str) -> GradeImport:
    response = client.post(sheets_url("sheets-import", row.id), {"do": what})
    assert response.status_code == 302
    row.refresh_from_db()
    return row


def verdicts(row: GradeImport) -> list[str]:
    return list(row.lines.order_by("number").values_list("verdict", flat=True))


def problems(row: GradeImport) -> list[tuple[int, str, str]]:
    """Return line, column and sentence of everything that is wrong."""
    lines = row.lines.order_by("number").values_list("number", "problems")
    return [(number, column, text) for number, found in lines for column, text in found]


@pytest.fixture
def edited(desk) -> Callable[..., bytes]:  # noqa: F811 - the fixture
    """Return a function that takes the table of results out, changes cells of its lines, and returns it as CSV."""

    def edited(*changes: dict[str, str]) -> bytes:
        rows = rows_of(table(desk))
        for row, change in zip(rows, changes, strict=False):
            row.update(change)
        return as_csv(rows)

    return edited


@pytest.fixture(autouse=True)
def done_at_once(django_capture_on_commit_callbacks, monkeypatch):
    """Do deferred work when it is left behind, as the host does outside of tests after the commit."""
    from iciinsmes.jobs import run_job
    from iciinsmes_campus import host as campus

    monkeypatch.setattr(campus.CampusHost, "defer", lambda _self, name, *ids: run_job(name, *ids))


def proposal(subject: Any, assessor: Any) -> Any:
    return review.proposal(subject=subject, assessor_id=assessor.pk)


def in_german() -> Any:
    return translation.override("de")
