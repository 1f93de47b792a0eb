"""What a teacher reads of a file in place, and what hostile or broken ones cost."""

from __future__ import annotations

import io

import pillow_heif
import pypdfium2
import pytest
from django.urls import reverse
from PIL import Image

from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.evidence.errors import CannotRead
from iciinsmes.evidence.reading import installed, parts
from iciinsmes.evidence.reading.drawing import page_picture, pages_of
from iciinsmes.evidence.reading.parts import Heading, Rows, Words
from iciinsmes.evidence.reading.reader import can_read, read

from . import makers
from .conftest import give

OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
O = " ".join(  # noqa: E741
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "presentation": "presentation",
    }.items()
)
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def read_docx(body: str, styles: str = "", **more: bytes) -> parts.Reading:
    names = {"word/document.xml": f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>".encode()}
    if styles:
        names["word/styles.xml"] = f"<w:styles {W}>{styles}</w:styles>".encode()
    return read(io.BytesIO(makers.archive({**names, **more})), f"{OOXML}.wordprocessingml.document")


def read_odf(body: str, kind: str = "text") -> parts.Reading:
    content = f"<office:document-content {O}><office:body>{body}</office:body></office:document-content>"
    return read(io.BytesIO(makers.archive({"content.xml": content.encode()})), f"{ODF}.{kind}")


def paragraph(text: str, inside: str = "") -> str:
    return f'<w:p>{inside}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def two_pages() -> bytes:
    """Return a PDF with a word on its first page and nothing on its second."""
    words = b"BT /F1 24 Tf 72 720 Td (Complaints in May) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]>>",
    ]
    written, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(written))
        written += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"xref\n0 7\n0000000000 65535 f \n%strailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return written + trailer % (table, len(written))


class TestWord:
    def test_headings_points_and_tables_stand_in_their_order(self):
        styles = (
            '<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
            '<w:style w:styleId="Aufzhlung"><w:name w:val="List Bullet"/></w:style>'
        )
        found = read_docx(
            paragraph("What we heard", '<w:pPr><w:pStyle w:val="berschrift2"/></w:pPr>')
            + paragraph("Too late", "<w:pPr><w:numPr/></w:pPr>")
            + paragraph("Too dear", '<w:pPr><w:pStyle w:val="Aufzhlung"/></w:pPr>')
            + f"<w:tbl><w:tr><w:tc>{paragraph('Week')}</w:tc><w:tc>{paragraph('Calls')}</w:tc></w:tr></w:tbl>"
            + "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>",
            styles,
        )
        assert list(found.parts) == [
            Heading("What we heard", 2),
            Words("Too late", is_point=True),
            Words("Too dear", is_point=True),
            Rows([["Week", "Calls"]]),
            Words("a\tb\nc"),
        ]
        assert not found.is_cut

    def test_a_box_of_text_is_read_once_and_what_was_deleted_not_at_all(self):
        box = f"<w:txbxContent>{paragraph('in the box')}</w:txbxContent>"
        both = (
            f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
        )
        deleted = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        found = read_docx(f"<w:p><w:r><w:t>around </w:t>{both}<w:t>it</w:t></w:r>{deleted}</w:p>")
        assert list(found.parts) == [Words("in the box"), Words("around it")]

    def test_no_more_is_read_than_is_shown(self):
        found = read_docx(paragraph("word " * 1000) * 200)
        assert found.is_cut
        assert sum(len(str(part)) for part in found.parts) < 2 * parts.MAX_CHARACTERS

    @pytest.mark.parametrize(
        "content",
        [
            b"no archive",
            makers.archive({"word/document.xml": b"<w:document"}),
            makers.archive({"other.xml": b"<a/>"}),
            makers.archive({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        ],
    )
    def test_what_is_damaged_or_declares_entities_is_refused_in_words(self, content):
        with pytest.raises(CannotRead, match="damaged"):
            read(io.BytesIO(content), f"{OOXML}.wordprocessingml.document")


class TestOpenDocument:
    def test_spaces_lists_tables_and_what_is_no_text(self):
        found = read_odf(
            "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
            '<text:h text:outline-level="3">Ideas</text:h>'
            '<text:p>two\n   lines,<text:s text:c="3"/>apart<text:line-break/>below</text:p>'
            "<text:list><text:list-item><text:p>first</text:p></text:list-item></text:list>"
            "<table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell>"
            '<table:table-cell table:number-columns-repeated="16000"/></table:table-row></table:table>'
        )
        assert list(found.parts) == [
            Heading("Ideas", 3),
            Words("two lines,   apart\nbelow"),
            Words("first", is_point=True),
            Rows([["A", *[""] * (parts.MAX_COLUMNS - 1)]]),
        ]

    def test_slides_begin_with_their_title_or_number(self):
        found = read_odf(
            '<draw:page><draw:frame presentation:class="title"><text:p>Goal</text:p></draw:frame></draw:page>'
            "<draw:page><draw:frame><text:p>Words</text:p></draw:frame>"
            "<presentation:notes><text:p>said aloud</text:p></presentation:notes></draw:page>",
            "presentation",
        )
        assert list(found.parts) == [Heading("Goal", 1), Heading("Slide 2", 1), Words("Words")]


def test_slides_stand_in_the_order_in_which_they_are_shown():
    def slide(text: str, place: str = "") -> bytes:
        kind = f'<p:nvSpPr><p:nvPr><p:ph type="{place}"/></p:nvPr></p:nvSpPr>'
        return f"<p:sld {A}><p:sp>{kind}<a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sp></p:sld>".encode()

    order = f'<p:presentation {A}><p:sldId r:id="r2"/><p:sldId r:id="r1"/></p:presentation>'
    relation = '<Relationship Id="{}" Target="slides/slide{}.xml"/>'
    found = read(
        io.BytesIO(
            makers.archive(
                {
                    "ppt/presentation.xml": order.encode(),
                    "ppt/_rels/presentation.xml.rels": (
                        f"<Relationships>{relation.format('r1', 1)}{relation.format('r2', 2)}</Relationships>"
                    ).encode(),
                    "ppt/slides/slide1.xml": slide("last"),
                    "ppt/slides/slide2.xml": slide("Opening", "ctrTitle"),
                }
            )
        ),
        f"{OOXML}.presentationml.presentation",
    )
    assert list(found.parts) == [Heading("Opening", 1), Heading("Slide 2", 1), Words("last")]


@pytest.mark.parametrize(
    ("content", "content_type", "expected"),
    [
        (
            "Größe;Zahl\n„neu“;5\n".encode("cp1252"),
            "text/csv",
            Rows([["Größe", "Zahl"], ["„neu“", "5"]], has_head=True),
        ),
        ("Grüße\r\nMüller".encode("cp1252"), "text/plain", Words("Grüße\nMüller")),
        (b"", "text/plain", Words("")),
    ],
)
def test_texts_and_tables_are_read_in_their_own_letters(content, content_type, expected):
    assert list(read(io.BytesIO(content), content_type).parts) == [expected]


def test_a_table_that_is_none_is_refused_in_words():
    with pytest.raises(CannotRead):
        read(io.BytesIO(b""), "text/csv")


class TestPdf:
    def test_pages_have_sizes_and_words(self):
        pages, count = pages_of(io.BytesIO(two_pages()))
        assert count == 2
        assert [page.words.strip() for page in pages] == ["Complaints in May", ""]
        assert (pages[0].width < pages[0].height, pages[1].width > pages[1].height) == (True, True)

    def test_a_page_is_drawn_as_large_as_it_was_announced(self):
        pages, _count = pages_of(io.BytesIO(two_pages()))
        picture = Image.open(io.BytesIO(page_picture(io.BytesIO(two_pages()), 1)))
        assert picture.size == (pages[0].width, pages[0].height)
        assert picture.convert("L").histogram()[0] > 0, "nothing stands on the page"

    @pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nnothing", makers.image()])
    def test_what_is_none_is_refused_in_words(self, content):
        with pytest.raises(CannotRead, match="damaged"):
            pages_of(io.BytesIO(content))

    def test_there_is_no_third_of_two(self):
        with pytest.raises(CannotRead):
            page_picture(io.BytesIO(two_pages()), 3)

    def test_one_that_takes_too_long_or_dies_costs_itself_only(self, monkeypatch, tmp_path):
        for script in ("while True: pass", "import os; os.abort()"):
            (tmp_path / "script.py").write_text(script)
            monkeypatch.setattr("iciinsmes.evidence.reading.drawing._SCRIPT", tmp_path / "script.py")
            monkeypatch.setattr("iciinsmes.evidence.reading.drawing._PATIENCE", 0.5)
            with pytest.raises(CannotRead, match="too much"):
                pages_of(io.BytesIO(two_pages()))


@pytest.mark.django_db
class TestPlaces:
    @pytest.fixture
    def report(self, anna):
        return give(anna, "report.pdf", two_pages())

    def test_readers_get_words_and_pictures_and_the_trail_one_line(self, client, anna, teacher, report):
        client.force_login(teacher)
        answer = client.get(reverse("iciinsmes:evidence-reading", args=[report.id]))
        html = answer.content.decode()
        assert "Page 1 of 2" in html
        assert "Complaints in May" in html
        assert "no-store" in answer["Cache-Control"]
        page = client.get(reverse("iciinsmes:evidence-page", args=[report.id, 2]))
        assert (page.status_code, page["Content-Type"]) == (200, "image/webp")
        assert AuditLogEntry.objects.filter(verb="file_opened", actor=teacher).count() == 1
        part = client.get(reverse("iciinsmes:evidence-reading", args=[report.id]), headers={"HX-Request": "true"})
        assert part.content.decode().lstrip().startswith("<details open>")

    def test_others_learn_nothing(self, client, bo, report):
        client.force_login(bo)
        for name, args in (("reading", [report.id]), ("page", [report.id, 1])):
            assert client.get(reverse(f"iciinsmes:evidence-{name}", args=args)).status_code == 404

    def test_a_picture_is_no_reading_matter_and_has_no_pages(self, client, anna):
        photo = give(anna, "photo.jpg", makers.image())
        client.force_login(anna)
        for name, args in (("reading", [photo.id]), ("page", [photo.id, 1])):
            assert client.get(reverse(f"iciinsmes:evidence-{name}", args=args)).status_code == 404

    def test_what_cannot_be_shown_says_so_at_its_place(self, client, anna):
        broken = give(anna, "report.pdf", makers.pdf())
        client.force_login(anna)
        answer = client.get(reverse("iciinsmes:evidence-reading", args=[broken.id]))
        assert answer.status_code == 200
        assert "Save it and open it on your device." in answer.content.decode()
        assert client.get(reverse("iciinsmes:evidence-page", args=[broken.id, 1])).status_code == 404

    def test_words_of_strangers_are_escaped(self, client, anna):
        note = give(anna, "note.txt", b"Price < 5 & <b>bold</b>")
        client.force_login(anna)
        html = client.get(reverse("iciinsmes:evidence-reading", args=[note.id])).content.decode()
        assert "Price &lt; 5 &amp; &lt;b&gt;bold&lt;/b&gt;" in html

    def test_a_photo_of_a_phone_is_shown_as_jpeg_and_saved_as_it_is(self, client, anna):
        made = io.BytesIO()
        pillow_heif.from_pillow(Image.new("RGB", (900, 600), "red")).save(made, quality=50)
        photo = give(anna, "IMG_1.heic", made.getvalue())
        assert photo.has_preview
        client.force_login(anna)
        address = reverse("iciinsmes:evidence-file", args=[photo.id, photo.name])
        for query, longest in (("?size=small", 320), ("?view=1", 900)):
            answer = client.get(address + query)
            assert answer["Content-Type"] == "image/jpeg"
            assert max(Image.open(io.BytesIO(b"".join(answer.streaming_content))).size) == longest
        assert client.get(address)["Content-Type"] == "image/heic"


def test_without_the_programs_files_are_saved_as_before(monkeypatch):
    monkeypatch.setattr(installed, "find_spec", lambda name: None)
    for asked in (installed.can_draw_pages, installed.can_draw_photos):
        asked.cache_clear()
    try:
        assert not can_read("application/pdf")
        assert not installed.can_draw_photos()
        assert can_read(f"{ODF}.text")
    finally:
        for asked in (installed.can_draw_pages, installed.can_draw_photos):
            asked.cache_clear()


def test_a_library_that_renames_what_is_used_is_noticed():
    assert len(pypdfium2.PdfDocument(two_pages())) == 2
