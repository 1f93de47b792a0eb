"""What nobody can open is refused with the reason; what merely asks not to be printed is kept.

The files in ``locks`` are one empty page each, written by qpdf in every way it can lock one: R2 to R6 are the
revisions, with a password for the owner alone or for every reader; the lists of objects are tables, or streams.
"""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from iciinsmes.evidence import aes

from . import makers
from .test_content import examine, refusal

LOCKS = Path(__file__).parent / "locks"
OPEN = sorted(LOCKS.glob("*-owner.pdf"))
LOCKED = sorted(LOCKS.glob("*-user.pdf"))


def updated(data: bytes, *, keep_lock: bool = True) -> bytes:
    """Return a PDF file with a change behind its end, as programs save small ones."""
    start = data.rindex(b"trailer")
    trailer = data[start : data.index(b"startxref", start)]
    if not keep_lock:
        trailer = trailer[: trailer.index(b"/Encrypt")] + b">>\n"
    added = data + b"99 0 obj\n<< /Said (/Encrypt 1 0 R) >>\nendobj\n"
    return added + b"xref\n0 0\n%sstartxref\n%d\n%%%%EOF\n" % (trailer, len(added))


class TestPdf:
    @pytest.mark.parametrize("path", LOCKED, ids=lambda path: path.stem)
    def test_a_reader_s_password(self, path):
        assert "has a password" in refusal("plan.pdf", path.read_bytes())

    @pytest.mark.parametrize("path", OPEN, ids=lambda path: path.stem)
    def test_an_owner_s_password_alone(self, path):
        data = path.read_bytes()
        assert examine("plan.pdf", data) == ("application/pdf", "plan.pdf", data)

    @pytest.mark.parametrize("path", LOCKED, ids=lambda path: path.stem)
    @pytest.mark.parametrize(
        "change",
        [
            lambda data: b"From a scanner\r\n\r\n" + data,
            lambda data: data + bytes(20_000),
            lambda data: data.replace(b"startxref", b"startxref 9999"),
        ],
        ids=["something before", "something behind", "a table that is lost"],
    )
    def test_it_is_found_where_readers_find_it(self, path, change):
        assert "has a password" in refusal("plan.pdf", change(path.read_bytes()))

    def test_saved_again_with_a_change(self):
        assert "has a password" in refusal("plan.pdf", updated((LOCKS / "R3-rc4-user.pdf").read_bytes()))
        assert examine("plan.pdf", updated((LOCKS / "R3-rc4-owner.pdf").read_bytes()))

    def test_the_newest_word_counts(self):
        assert examine("plan.pdf", updated((LOCKS / "R3-rc4-user.pdf").read_bytes(), keep_lock=False))

    def test_a_lock_that_is_only_talked_of(self):
        talk = b"1 0 obj\n(trailer << /Root 1 0 R /Encrypt << /Filter /Standard /R 3 >> >>)\nendobj\n"
        rest = b"xref\n0 0\ntrailer << /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        assert examine("plan.pdf", b"%PDF-1.7\n" + talk + rest % (9 + len(talk)))
        assert examine("plan.pdf", b"%PDF-1.7\n" + talk + rest % 10**9)

    @pytest.mark.parametrize(
        "lock", [b"<< /Filter /Adobe.PubSec /V 4 >>", b"<< /Filter /Standard /V 2 /R 3 >>", b"<< /R /x >>"]
    )
    def test_other_locks_and_broken_ones(self, lock):
        data = b"%PDF-1.7\nxref\n0 0\ntrailer << /Root 1 0 R /Encrypt " + lock + b" >>\nstartxref\n9\n%%EOF\n"
        assert "has a password" in refusal("plan.pdf", data)

    def test_a_lock_that_is_nowhere_is_none(self):
        data = b"%PDF-1.7\nxref\n0 0\ntrailer << /Root 1 0 R /Encrypt 7 0 R >>\nstartxref\n9\n%%EOF\n"
        assert examine("plan.pdf", data)

    def test_the_cipher(self):
        """Known answers: FIPS 197, appendix B, and two blocks of NIST SP 800-38A, F.2.1."""
        key, block = "2b7e151628aed2a6abf7158809cf4f3c", "3243f6a8885a308d313198a2e0370734"
        once = aes.encrypt_cbc(bytes.fromhex(key), bytes(16), bytes.fromhex(block))
        assert once.hex() == "3925841d02dc09fbdc118597196a0b32"
        text = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
        twice = aes.encrypt_cbc(bytes.fromhex(key), bytes(range(16)), bytes.fromhex(text))
        assert twice.hex() == "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"


def open_document(kind: str, entry: bytes, *, encoding: str = "utf-8", **more: bytes) -> bytes:
    manifest = b'<?xml version="1.0"?><manifest:manifest>' + entry + b"</manifest:manifest>"
    parts = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
        "content.xml": b"<x/>",
        "META-INF/manifest.xml": manifest.decode().encode(encoding),
    }
    return makers.archive({**parts, **more}, stored=("mimetype",))


ENTRY = b'<manifest:file-entry manifest:full-path="content.xml">%s</manifest:file-entry>'
LOCKED_ENTRY = ENTRY % b'<manifest:encryption-data manifest:checksum="AAAA"></manifest:encryption-data>'


class TestOpenDocument:
    @pytest.mark.parametrize(("kind", "extension"), [("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp")])
    def test_parts_that_are_encrypted(self, kind, extension):
        assert "has a password" in refusal(f"plan.{extension}", open_document(kind, LOCKED_ENTRY))
        assert examine(f"plan.{extension}", open_document(kind, ENTRY % b""))

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
    def test_in_another_encoding(self, encoding):
        assert "has a password" in refusal("plan.odt", open_document("text", LOCKED_ENTRY, encoding=encoding))

    def test_under_another_name_for_the_same(self):
        assert "has a password" in refusal("plan.odt", open_document("text", b"<m:encryption-data\n/>"))
        assert "has a password" in refusal("plan.odt", open_document("text", b"<encryption-data>"))

    def test_one_encrypted_part_for_everything(self):
        data = makers.archive(
            {"mimetype": b"application/vnd.oasis.opendocument.text", "encrypted-package": b"x"}, stored=("mimetype",)
        )
        assert "has a password" in refusal("plan.odt", data)


class TestOffice:
    @pytest.mark.parametrize("place", [b"PK\x01\x02", b"PK\x03\x04"])
    @pytest.mark.parametrize("extension", ["docx", "xlsx", "odt"])
    def test_a_part_that_is_encrypted(self, place, extension):
        data = {"docx": makers.docx(), "xlsx": makers.xlsx(), "odt": makers.opendocument("text")}[extension]
        at = data.rindex(place) + (8 if place == b"PK\x01\x02" else 6)
        assert "has a password" in refusal(f"plan.{extension}", data[:at] + struct.pack("<H", 1) + data[at + 2 :])

    @pytest.mark.parametrize("name", ["plan.docx", "plan.xlsx", "plan.pptx", "plan"])
    def test_a_document_locked_by_office(self, name):
        streams = "Root Entry".encode("utf-16-le") + bytes(100) + "EncryptedPackage".encode("utf-16-le")
        data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + streams + bytes(600)
        assert "This document has a password" in refusal(name, data)
