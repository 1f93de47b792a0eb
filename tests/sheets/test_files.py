"""Files that come in: what other programs make of a table that was taken out, and what is made to do harm."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from iciinsmes.lib.spreadsheet_file import spreadsheet_file
from iciinsmes.review import api as review
from iciinsmes.sheets.data import Graded
from iciinsmes.sheets.models import GradeImport
from iciinsmes.toolbox import api as toolbox
from tests.sheets.conftest import proposal, send, sent, table, verdicts

pytestmark = pytest.mark.django_db
NASTY = ["=1+1", "+5", "-5,0", "@SUM(A1)", "'quoted'", "'=both", "-", "\uff1dwide", "007", "2.10", 'a\nb;c,d"e']


def judge(round_id, assessor, version, comment: str) -> Graded:
    kept = review.propose(
        subject=round_id,
        rubric_id=version.rubric_id,
        assessor_id=assessor.pk,
        points={"completeness": Decimal(2)},
        comments={"finding": comment},
        feedback=comment,
        base_revision=None,
    )
    return Graded(kept.points, kept.comments, kept.feedback)


def saved_by_libreoffice(content: bytes, kind: str, folder: Path, delimiter: str = ",") -> bytes:
    """Return the file as LibreOffice has opened and saved it, or None."""
    source = folder / f"in.{kind}"
    source.write_bytes(content)
    # Separator, quotation mark, UTF-8, from line 1; all columns as a double click opens them.
    options = f"{ord(delimiter)},34,76,1"
    kinds = {"csv": f"csv:Text - txt - csv (StarCalc):{options}", "xlsx": "xlsx"}
    subprocess.run(
        [
            str(shutil.which("soffice")),
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            *([f"--infilter=CSV:{options}"] if kind == "csv" else []),
            "--convert-to",
            kinds[kind],
            "--outdir",
            str(folder / "out"),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
        env={**os.environ, "HOME": str(folder)},
    )
    return (folder / "out" / f"in.{kind}").read_bytes()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice on this machine")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_three_times_through_a_spreadsheet_program_changes_nothing(
    desk, teacher, bo, anna, version, kind, tmp_path, django_user_model
):
    from iciinsmes.platform import Role
    from tests.desk.conftest import person, waiting

    before = {}
    # What looks like another number keeps its signs in Excel's files only, as the page says.
    texts = [text for text in NASTY if kind == "xlsx" or text not in ("007", "2.10")]
    for number, text in enumerate(texts):
        user = person(f"learner{number}", Role.LEARNER)
        round_id = waiting(user, version)
        before[round_id] = judge(round_id, teacher, version, text)
    content = table(desk, kind=kind)
    for number in range(3):
        folder = tmp_path / str(number)
        folder.mkdir()
        content = saved_by_libreoffice(content, kind, folder)
        row = sent(desk, content, f"results.{kind}")
        assert verdicts(row) == ["unchanged"] * len(texts), [
            (line.changes, line.problems) for line in row.lines.exclude(verdict="unchanged")
        ]
        # Taken out anew each time, as people do.
        content = table(desk, kind=kind)
    for round_id, graded in before.items():
        now = proposal(round_id, teacher)
        assert Graded(now.points, now.comments, now.feedback) == graded


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "de", "pl", "hu", "da"])
def test_a_table_comes_back_in_any_language(desk, teacher, first, version, kind, language):
    judge(first, teacher, version, "'=both")
    desk.cookies.load({"django_language": language})
    content = table(desk, kind=kind)
    desk.cookies.load({"django_language": "en"})
    row = sent(desk, content)
    assert (verdicts(row), row.ignored) == (["unchanged"], [])


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    return content.getvalue()


def changed(part: str, change) -> bytes:
    """Return a spreadsheet one part of which is another one."""
    source = zipfile.ZipFile(io.BytesIO(spreadsheet_file({"a": [["x", "y"], [1, 2]]})))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, change(source.read(name)) if name == part else source.read(name))
        if part not in source.namelist():
            archive.writestr(part, change(b""))
    return content.getvalue()


KEY, VERSION = "Key of the round (do not change)", "Version (do not change)"
SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"", "Choose a file|The file is empty|empty"),
        (lambda: b"   \n ", "The file is empty"),
        (bomb, "unpack to far too much"),
        (lambda: changed(SHEET, lambda old: old.replace(b"?>\n", b"?>\n" + ENTITIES)), "cannot be read"),
        (lambda: changed("xl/vbaProject.bin", lambda _old: b"\xd0\xcf"), "has macros"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"x" * 1000, "has a password"),
        (lambda: b"%PDF-1.7 x", "not a table"),
        (lambda: b"\xff\xd8\xff\xe0" + b"x" * 500, "not a table|no sheet"),
        (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "not a table"),
        (lambda: b"PK\x03\x04 broken", "cannot be read"),
        (lambda: b"a,b\n1,2\n", "no sheet of results from here"),
        (lambda: ("x," * 1_000_000).encode() + b"\n1,2", "no sheet|more than|not a table"),
        (lambda: b"x" * (10 * 1024 * 1024 + 1), "too large"),
        (
            lambda: spreadsheet_file({"a": [["Key of the round (do not change)", "Version (do not change)"]]}),
            "no lines",
        ),
        (
            lambda: b"Key of the round (do not change),Version (do not change),Feedback,Feedback\n1,2,3,4",
            "Two columns mean the same: Feedback",
        ),
        (
            lambda: b'Key of the round (do not change),Version (do not change)\n"1,2\n3,4\n',
            "quotation mark in line 2",
        ),
        (
            lambda: b"Key of the round (do not change),Version (do not change)\n" + b"1,2\n" * 10_001,
            "at most 10,000",
        ),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(desk, make, words):
    response = send(desk, make())
    assert response.status_code == 422
    page = response.content.decode()
    found = page[page.index('id="file-wrong"') :][:400]
    assert any(each in found for each in words.split("|")), found
    assert not GradeImport.objects.exists()


def test_nothing_sent_is_told(desk):
    from tests.sheets.conftest import sheets_url

    response = desk.post(sheets_url("sheets-import-begin"))
    assert response.status_code == 422
    assert "Choose a file." in response.content.decode()


def test_the_toolbox_reads_what_was_written(desk, first):
    assert toolbox.open_table(content=table(desk, kind="xlsx"), as_written=True).names[-1] == "Version (do not change)"
