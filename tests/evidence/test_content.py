"""What is accepted as what, and every way in which bytes pretend to be something else."""

from __future__ import annotations

import struct
import tempfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iciinsmes.evidence import content
from iciinsmes.evidence.data import EvidenceRules
from iciinsmes.evidence.errors import ContentRefused
from tests.examples import examples

from . import makers
from .conftest import ALL_KINDS


def examine(name: str, data: bytes, rules: EvidenceRules = ALL_KINDS) -> tuple[str, str, bytes]:
    with tempfile.TemporaryFile() as raw:
        raw.write(data)
        raw.flush()
        with content.examine(raw, name=name, rules=rules) as found:
            found.file.seek(0)
            return found.content_type, found.name, found.file.read()


def refusal(name: str, data: bytes, rules: EvidenceRules = ALL_KINDS) -> str:
    with pytest.raises(ContentRefused) as refused:
        examine(name, data, rules)
    return refused.value.message


GOOD = {
    "jpg": makers.image(),
    "png": makers.image("PNG"),
    "webp": makers.image("WEBP"),
    "heic": makers.heic(),
    "pdf": makers.pdf(),
    "docx": makers.docx(),
    "pptx": makers.archive({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"}),
    "xlsx": makers.xlsx(),
    "odt": makers.opendocument("text"),
    "odp": makers.opendocument("presentation"),
    "ods": makers.opendocument("spreadsheet"),
    "txt": "Two customers said: für später\r\n".encode(),
    "csv": b"date;customer\n2026-11-22;1\n",
    "mp3": makers.mp3(),
    "m4a": makers.m4a(),
    "aac": b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(9) + b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(9),
    "ogg": b"OggS\0\x02" + bytes(20) + b"\x01\x13OpusHead" + bytes(40),
    "wav": makers.wav(),
    "weba": b"\x1a\x45\xdf\xa3" + bytes(30) + b"webm" + bytes(20) + b"A_OPUS" + bytes(20),
}


@pytest.mark.parametrize("extension", makers.TYPES)
def test_every_type_is_known_by_its_content(extension):
    content_type, name, _kept = examine(f"file.{extension}", GOOD[extension])
    assert content_type == makers.TYPES[extension]
    assert name == f"file.{extension}"


@pytest.mark.parametrize(
    ("name", "data", "really"),
    [
        ("list.pdf", b"MZ" + bytes(200), "a program"),
        ("list.csv", b"\x7fELF" + bytes(200), "a program"),
        ("run.txt", b"#!/bin/sh\nrm -rf\x00 /\n", "a program"),
        ("photo.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "a drawing (SVG)"),
        ("photo.png", b"<!DOCTYPE html><html><script>alert(1)</script></html>", "text or a web page"),
        ("notes.txt", b"  <!doctype html><script>alert(1)</script>", "text or a web page"),
        ("notes.txt", b"\xef\xbb\xbf<html><script>alert(1)</script>", "text or a web page"),
        ("photo.jpg", b"GIF89a" + bytes(100), "a picture in another format"),
        ("photo.heic", makers.box(b"ftyp", b"avif\0\0\0\0mif1avif") + bytes(60), "a picture in another format"),
        ("talk.m4a", makers.m4a(b"vide"), "a film"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old office file, or one with a password"),
        ("files.docx", makers.archive({"a.txt": b"hello"}), "a packed archive"),
        ("list.xlsx", makers.docx(), "a DOCX file"),
        ("list.docx", makers.pdf(), "a PDF file"),
        ("report.pdf", makers.image(), "a JPG file"),
        ("notes.txt", bytes(range(256)), "something else"),
        ("rows.csv", b"a;b\n\x001;2\n", "something else"),
        ("rows.docx", b"plain words", "something else"),
        ("half.docx", makers.archive({"word/document.xml": b"<w/>"}), "a packed archive"),
    ],
)
def test_a_wrong_type_behind_a_right_name_is_called_what_it_is(name, data, really):
    message = refusal(name, data)
    assert really in message
    assert f".{name.rpartition('.')[2]}" in message


def test_what_the_task_does_not_allow_is_refused_even_with_the_right_name():
    assert "photos" in refusal("list.pdf", makers.pdf(), EvidenceRules(kinds=("photo",)))


def test_a_photo_under_another_photo_s_name_gets_its_own():
    assert examine("screen.jpg", makers.image("PNG"))[:2] == ("image/png", "screen.png")


def test_a_jpeg_that_is_also_an_archive_loses_the_archive():
    both = makers.image() + makers.docx()
    _type, _name, kept = examine("photo.jpg", both)
    assert b"PK\x03\x04" not in kept
    assert "a JPG file" in refusal("letter.docx", both)


def test_a_pdf_without_end_is_not_complete():
    assert "not complete" in refusal("report.pdf", makers.pdf()[:40])


def test_text_in_a_windows_code_page_and_in_utf_16():
    assert examine("a.txt", "Größe: 5 m²".encode("cp1252"))[0] == "text/plain"
    assert examine("a.csv", "Größe;5\n".encode("utf-16"))[0] == "text/csv"


def test_text_is_checked_to_its_end():
    assert "something else" in refusal("a.txt", b"words " * 100_000 + b"\0")
    assert examine("a.txt", ("ü" * 400_000).encode())[0] == "text/plain"


class TestArchives:
    def test_a_document_that_unpacks_to_far_too_much(self):
        bomb = makers.docx(**{"word/media/zeros.bin": bytes(30 * 1024 * 1024)})
        assert len(bomb) < 100_000
        assert "unpack" in refusal("letter.docx", bomb)

    def test_a_list_of_contents_that_lies_about_huge_entries(self):
        data = makers.docx()
        place = data.index(b"PK\x01\x02") + 24
        assert "unpack" in refusal("letter.docx", data[:place] + struct.pack("<I", 0xF0000000) + data[place + 4 :])

    def test_more_packed_bytes_than_the_file_has(self):
        data = makers.docx()
        place = data.index(b"PK\x01\x02") + 20
        assert "unpack" in refusal("letter.docx", data[:place] + struct.pack("<I", 10_000_000) + data[place + 4 :])

    def test_a_list_of_contents_that_is_itself_too_long(self):
        data = makers.docx()
        place = data.rindex(b"PK\x05\x06") + 10
        assert "unpack" in refusal("letter.docx", data[:place] + b"\xff\xff" + data[place + 2 :])

    def test_cut_off(self):
        assert "damaged" in refusal("letter.docx", makers.docx()[:-30])

    def test_macros(self):
        assert "macros" in refusal("letter.docx", makers.docx(**{"word/vbaProject.bin": b"x"}))

    def test_a_large_sheet_that_packs_well_is_no_bomb(self):
        rows = b"".join(b"<row><c>%d</c></row>" % number for number in range(300_000))
        data = makers.archive({"[Content_Types].xml": b"<T/>", "xl/workbook.xml": b"<w/>", "xl/sheet.xml": rows})
        assert examine("list.xlsx", data)[0] == makers.TYPES["xlsx"]


def test_a_recording_loses_the_place_and_nothing_else():
    data = makers.m4a()
    kept = examine("talk.m4a", data)[2]
    assert makers.MAKER in data
    assert makers.MAKER not in kept
    assert len(kept) == len(data)
    assert kept.endswith(data[-64:])


def test_a_recording_in_fragments_keeps_every_sample_and_what_finds_them():
    data = makers.m4a_in_fragments()
    content_type, _name, kept = examine("talk.m4a", data)
    assert content_type == "audio/mp4"
    assert makers.MAKER not in kept
    assert kept.count(bytes(range(64))) == 2
    assert (len(kept), kept.count(b"trun")) == (len(data), 2)


@settings(max_examples=examples(300), deadline=None)
@given(
    extension=st.sampled_from(sorted(GOOD)),
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=6),
    cut=st.floats(0.2, 1),
)
def test_whatever_arrives_is_either_kept_or_refused(extension, changes, cut):
    data = bytearray(GOOD[extension])
    for share, bits in changes:
        place = int(share * len(data))
        data[place : place + len(bits)] = bits
    broken = bytes(data[: max(1, int(len(data) * cut))])
    with suppress(ContentRefused):
        examine(f"file.{extension}", broken)


@pytest.mark.parametrize("make", [makers.m4a, makers.m4a_in_fragments, makers.heic], ids=lambda make: make.__name__)
def test_what_was_cut_off_anywhere_is_kept_or_refused_and_no_error(make):
    data = make()
    name = "photo.heic" if make is makers.heic else "talk.m4a"
    for length in range(1, len(data), max(len(data) // 60, 1)):
        with suppress(ContentRefused):
            examine(name, data[:length])
