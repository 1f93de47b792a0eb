"""The final report as PDF, where the extra ``pdf`` is installed, and what there is without it."""

from __future__ import annotations

import contextlib
import re
import zlib

import pytest

from iciinsmes.projects import pdf
from iciinsmes.projects.data import Kind
from tests.projects.conftest import enter
from tests.projects.test_pages import signed_in, url

needs_weasyprint = pytest.mark.skipif(
    not pdf.can_make_pdf(), reason="needs the extra pdf: WeasyPrint, and Pango on the system"
)


@needs_weasyprint
def test_the_report_is_a_pdf_with_title_headings_and_charts_that_loads_nothing(people, full, monkeypatch):
    opened = []
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda *given, **_more: opened.append(given))
    enter(
        full, people.anna, Kind.DIARY, on="2026-10-03", text="<img src='file:///etc/passwd'> <link href='//x.example'>"
    )
    answer = signed_in(people.anna).get(url(full, "project-report-pdf"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    inside = unpacked(answer.content)
    titles = [
        readable(each) for each in re.findall(rb"/Title ?(\((?:\\.|[^\\)])*\)|<[0-9a-fA-F]+>)", inside, re.DOTALL)
    ]
    assert titles[0].startswith("Final report") or titles[-1].startswith("Final report"), titles
    assert len(titles) > 8
    assert len(re.findall(rb"/Type ?/Page\b", inside)) >= 2
    assert opened == []
    assert signed_in(people.peer).get(url(full, "project-report-pdf")).status_code == 404


def test_without_the_extra_nothing_offers_a_pdf(people, project, monkeypatch):
    monkeypatch.setattr(pdf, "_weasyprint", lambda: None)
    client = signed_in(people.anna)
    assert url(project, "project-report-pdf") not in client.get(url(project, "project-report")).content.decode()
    assert client.get(url(project, "project-report-pdf")).status_code == 404
    with pytest.raises(LookupError):
        pdf.pdf_of("<p>Text</p>", ())


def unpacked(content: bytes) -> bytes:
    """Return a PDF with all that lies compressed in it behind it."""
    found = [content]
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(packed))
    return b"\n".join(found)


def readable(raw: bytes) -> str:
    """Return a text of a PDF as people read it."""
    plain = (
        bytes.fromhex(raw[1:-1].decode()) if raw[:1] == b"<" else re.sub(rb"\\(.)", rb"\1", raw[1:-1], flags=re.DOTALL)
    )
    return plain.decode("utf-16") if plain.startswith((b"\xfe\xff", b"\xff\xfe")) else plain.decode("latin-1")
