"""Files that every viewer opens are kept, though they are not as the book says."""

from __future__ import annotations

import struct

import pytest

from iciinsmes.evidence.data import EvidenceRules
from iciinsmes.evidence.errors import ContentRefused
from iciinsmes.evidence.rules import check_announced

from . import makers
from .conftest import ALL_KINDS
from .test_content import GOOD, examine, refusal
from .test_images import opened

PHOTO = makers.image(size=(200, 150), orientation=6)
PROGRESSIVE = makers.image(size=(200, 150), progressive=True)
PHOTOS = {
    "plain": PHOTO,
    "progressive": PROGRESSIVE,
    "fine colours": makers.image(size=(200, 150), subsampling=0),
    "with restarts": makers.image(size=(200, 150), restart_marker_blocks=4),
}


class TestPdf:
    @pytest.mark.parametrize(
        "before", [b"\xef\xbb\xbf", b"\r\n\r\n", b"Content-Type: application/pdf\r\n\r\n", bytes(128), b"x" * 1000]
    )
    def test_bytes_before_its_beginning(self, before):
        data = before + makers.pdf()
        assert examine("plan.pdf", data) == ("application/pdf", "plan.pdf", data)

    def test_a_beginning_that_comes_too_late(self):
        assert "something else" in refusal("plan.pdf", b"x" * 1030 + makers.pdf())

    @pytest.mark.parametrize("before", [b"MZ\0\0", b"\x7fELF", b"#!/bin/sh\n", b"<html><script>1</script>"])
    def test_what_is_something_else_first(self, before):
        assert "but this is" in refusal("plan.pdf", before + makers.pdf())

    @pytest.mark.parametrize("behind", [bytes(100_000), b"\n" * 5000, b"\x1a", b"</body></html>" * 1000])
    def test_padding_behind_its_end(self, behind):
        assert examine("plan.pdf", makers.pdf() + behind)[0] == "application/pdf"

    def test_cut_off_in_a_later_part(self):
        """Files made for the web, and changed ones, have an end in the middle too."""
        assert "not complete" in refusal("plan.pdf", makers.pdf() + b"7 0 obj\n<< /Type /Page")

    def test_notes_about_pdf_files_are_text(self):
        assert examine("notes.txt", b"Every file starts with %PDF-1.4\n%%EOF\n")[0] == "text/plain"


@pytest.mark.parametrize("photo", PHOTOS.values(), ids=PHOTOS)
class TestJpeg:
    @pytest.mark.parametrize("cut", [1, 2])
    @pytest.mark.parametrize("behind", [b"", bytes(5000)])
    def test_without_its_end(self, photo, cut, behind):
        kept = examine("photo.jpg", photo[:-cut] + behind)[2]
        assert kept.endswith(b"\xff\xd9")
        assert makers.MAKER not in kept
        assert b"GPS" not in kept
        assert opened(kept).tobytes() == opened(photo).tobytes()

    @pytest.mark.parametrize("share", [0.3, 0.5, 0.8, 0.95])
    @pytest.mark.parametrize("behind", [b"", bytes(9000), b"\xff"])
    def test_cut_off_is_not_the_same(self, photo, share, behind):
        assert "damaged" in refusal("photo.jpg", photo[: int(len(photo) * share)] + behind)

    @pytest.mark.parametrize("stray", [b"\0\0\0", b"\r\n", b"\xff\xff", b"junk\xff\x00\xff", b"\xff\xd0"])
    def test_bytes_between_its_parts(self, photo, stray):
        for marker in (b"\xff\xdb", b"\xff\xc4", b"\xff\xda", b"\xff\xe1"):
            at = photo.find(marker)
            if at < 0:
                continue
            kept = examine("photo.jpg", photo[:at] + stray + photo[at:])[2]
            assert makers.MAKER not in kept
            assert not opened(kept).getexif().get_ifd(makers.GPS_IFD)
            assert opened(kept).getexif().get(makers.ORIENTATION) == opened(photo).getexif().get(makers.ORIENTATION)
            assert opened(kept).tobytes() == opened(photo).tobytes()

    def test_bytes_before_its_end(self, photo):
        kept = examine("photo.jpg", photo[:-2] + b"stray" + photo[-2:])[2]
        assert opened(kept).tobytes() == opened(photo).tobytes()


class TestNames:
    @pytest.mark.parametrize("name", ["image", "1000012345", "Image at 10.34.22", "image.1"])
    @pytest.mark.parametrize("extension", ["jpg", "png", "pdf", "docx", "mp3", "m4a"])
    def test_a_name_without_an_ending_gets_one(self, name, extension):
        check_announced(name=name, size=9, rules=ALL_KINDS)
        assert examine(name, GOOD[extension])[1] == f"{name}.{extension}"

    @pytest.mark.parametrize(
        "content", [b"MZ" + bytes(99), b"plain words", b"<svg></svg>", makers.archive({"a": b"b"})]
    )
    def test_but_only_for_what_is_allowed(self, content):
        assert "Only these files" in refusal("image", content)

    def test_and_only_where_the_task_wants_it(self):
        assert "Only these files" in refusal("image", makers.pdf(), EvidenceRules(kinds=("photo",)))

    @pytest.mark.parametrize("name", ["memo.aac", "memo.mp3", "memo.3gp"])
    def test_a_recording_under_another_recording_s_name_gets_its_own(self, name):
        rules = EvidenceRules(kinds=("audio",))
        check_announced(name=name, size=9, rules=rules)
        assert examine(name, makers.m4a(), rules)[:2] in {("audio/mp4", "memo.m4a"), ("audio/mp4", "memo.3gp")}


def track(handler: bytes, *parts: bytes, number: int = 1, coding: bytes = b"", samples: bytes = b"") -> bytes:
    header = makers.full_box(b"tkhd", bytes(8), struct.pack(">I", number), bytes(4))
    coded = makers.full_box(b"stsd", struct.pack(">I", 1), makers.box(coding, bytes(8))) if coding else b""
    table = makers.box(b"minf", makers.box(b"stbl", coded, samples))
    return makers.box(
        b"trak", header, *parts, makers.box(b"mdia", makers.full_box(b"hdlr", bytes(4), handler, bytes(13)), table)
    )


def recording(*tracks: bytes) -> bytes:
    return makers.box(b"ftyp", b"M4A \0\0\0\0isom") + makers.box(b"moov", *tracks) + makers.box(b"mdat", bytes(64))


SPEECH = track(b"soun", makers.box(b"tref", makers.box(b"chap", struct.pack(">I", 2))))


class TestRecordings:
    @pytest.mark.parametrize("handler", [b"text", b"sbtl", b"meta", b"hint", b"tmcd", b"clcp", b"odsm"])
    def test_what_belongs_to_the_sound(self, handler):
        assert examine("talk.m4a", recording(SPEECH, track(handler, number=2)))[0] == "audio/mp4"

    def test_pictures_of_chapters(self):
        assert examine("talk.m4a", recording(SPEECH, track(b"vide", number=2)))[0] == "audio/mp4"
        assert "a film" in refusal("talk.m4a", recording(SPEECH, track(b"vide", number=3)))
        assert "a film" in refusal("talk.m4a", recording(track(b"vide"), track(b"text", number=2)))

    def test_places_measured_along_the_way_are_gone(self):
        def full(place: int) -> bytes:
            samples = (
                makers.full_box(b"stsz", struct.pack(">II2I", 0, 2, 5, len(makers.MAKER) - 5))
                + makers.full_box(b"stsc", struct.pack(">I3I", 1, 1, 2, 1))
                + makers.full_box(b"stco", struct.pack(">II", 1, place))
            )
            head = makers.box(b"ftyp", b"M4A \0\0\0\0isom") + makers.box(
                b"moov", SPEECH, track(b"meta", number=2, samples=samples)
            )
            return head + makers.box(b"mdat", b"sound---", makers.MAKER, b"---sound")

        data = full(full(0).index(makers.MAKER))
        kept = examine("talk.m4a", data)[2]
        assert kept == data.replace(makers.MAKER, bytes(len(makers.MAKER)))
        assert "place" in refusal("talk.m4a", full(10**6))

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("memo.3gp", recording(track(b"soun", coding=b"samr"))),
            ("memo.m4a", recording(track(b"soun", coding=b"apac"))),
            ("memo", b"#!AMR\n" + bytes(99)),
            ("memo.mp3", b"#!AMR-WB\n" + bytes(99)),
            ("memo.mp3", bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + bytes(99)),
            ("memo.m4a", b"caff\0\1" + bytes(99)),
            ("memo.aac", b"ADIF" + bytes(99)),
            ("memo.aac", b"\xff\xf1\x50\x80\x04\x3f\xfc" * 50),
        ],
    )
    def test_sound_that_browsers_cannot_play(self, name, data):
        assert "MP3" in refusal(name, data)
        assert "settings of your recorder" in refusal(name, data)

    @pytest.mark.parametrize("extension", ["amr", "wma", "qta", "caf", "aiff"])
    def test_it_is_said_before_it_is_sent(self, extension):
        with pytest.raises(ContentRefused) as refused:
            check_announced(name=f"memo.{extension}", size=9, rules=ALL_KINDS)
        assert "settings of your recorder" in refused.value.message
        with pytest.raises(ContentRefused) as refused:
            check_announced(name=f"memo.{extension}", size=9, rules=EvidenceRules(kinds=("photo",)))
        assert "recorder" not in refused.value.message


def test_a_chooser_offers_only_what_is_accepted():
    offered = ALL_KINDS.accept.split(",")
    assert not [part for part in offered if part.endswith("/*")]
    assert {part[1:] for part in offered if part.startswith(".")} <= set(ALL_KINDS.extensions)
    # Phones turn HEIC into JPEG where it is not asked for, and these are mostly films.
    assert not {".heic", "image/heic", ".mp4", ".webm", ".3gp"} & set(offered)
