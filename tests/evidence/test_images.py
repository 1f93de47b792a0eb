"""Places are gone, the picture is the same, and nothing hostile is decoded."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageOps

from iciinsmes.evidence import images
from iciinsmes.evidence.errors import ContentRefused

from . import makers
from .test_content import examine, refusal

FORMS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("extension", FORMS)
def test_the_place_is_gone_and_every_pixel_is_the_same(extension):
    data = makers.image(FORMS[extension])
    assert opened(data).getexif().get_ifd(makers.GPS_IFD)
    assert makers.MAKER in data
    kept = examine(f"photo.{extension}", data)[2]
    assert makers.MAKER not in kept
    assert b"GPS" not in kept
    assert not opened(kept).getexif().get_ifd(makers.GPS_IFD)
    assert dict(opened(kept).getexif()) == {}
    assert opened(kept).tobytes() == opened(data).tobytes()


@pytest.mark.parametrize("extension", FORMS)
@pytest.mark.parametrize("orientation", range(2, 9))
def test_the_picture_stays_the_right_way_up(extension, orientation):
    data = makers.image(FORMS[extension], orientation=orientation)
    kept = examine(f"photo.{extension}", data)[2]
    assert makers.MAKER not in kept
    assert dict(opened(kept).getexif()) == {makers.ORIENTATION: orientation}
    assert ImageOps.exif_transpose(opened(kept)).tobytes() == ImageOps.exif_transpose(opened(data)).tobytes()


def test_a_jpeg_loses_whatever_else_its_camera_wrote():
    data = makers.jpeg_with_everything()
    assert data.count(makers.MAKER) == 7
    kept = examine("photo.jpg", data)[2]
    assert makers.MAKER not in kept
    assert kept.endswith(b"\xff\xd9")
    assert opened(kept).tobytes() == opened(data).tobytes()


def test_colours_keep_their_meaning():
    profile = b"profile" * 20_000
    kept = examine("photo.jpg", makers.image(icc_profile=profile))[2]
    assert opened(kept).info["icc_profile"] == profile


def test_a_progressive_jpeg_is_kept():
    data = makers.image(progressive=True, size=(400, 300))
    assert opened(examine("photo.jpg", data)[2]).tobytes() == opened(data).tobytes()


def test_texts_in_a_png_are_gone():
    data = makers.image("PNG")
    at = data.index(b"IDAT") - 4
    text = makers.png_chunk(b"tEXt", b"Location\0" + makers.MAKER) + makers.png_chunk(b"prVt", makers.MAKER)
    assert makers.MAKER not in examine("photo.png", data[:at] + text + data[at:] + makers.MAKER)[2]


def test_a_heic_photo_loses_its_place_and_nothing_else():
    data = makers.heic()
    kept = examine("photo.heic", data)[2]
    assert makers.MAKER in data
    assert makers.MAKER not in kept
    assert kept == data.replace(makers.MAKER, bytes(len(makers.MAKER)))


@pytest.mark.parametrize("data", [makers.heic(broken=True), makers.heic()[:60]])
def test_a_heic_photo_whose_place_cannot_be_found_is_refused(data):
    assert "JPEG" in refusal("photo.heic", data)


def test_a_tiny_file_with_a_huge_picture_is_refused_without_decoding_it():
    bomb = makers.png_bomb()
    assert len(bomb) < 1000
    assert "too many pixels" in refusal("photo.png", bomb)


def test_a_jpeg_header_with_a_huge_picture():
    data = makers.image()
    frame = data.index(b"\xff\xc0")
    bomb = data[: frame + 5] + b"\xf0\x00\xf0\x00" + data[frame + 9 :]
    assert "too many pixels" in refusal("photo.jpg", bomb)


@pytest.mark.parametrize("extension", FORMS)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_picture_that_is_cut_off_is_refused(extension, share):
    data = makers.image(FORMS[extension], size=(200, 150))
    assert "damaged" in refusal(f"photo.{extension}", data[: int(len(data) * share)])


def test_noise_behind_a_right_beginning():
    for start in (b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x50\0\0\0WEBPVP8 "):
        assert "damaged" in refusal("photo.jpg", start + bytes(range(256)))


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_moving_pictures_are_refused(form):
    target = io.BytesIO()
    frames = [makers.picture(), Image.new("RGB", (64, 48), "green")]
    frames[0].save(target, form, save_all=True, append_images=frames[1:])
    assert "Moving" in refusal(f"photo.{form.lower()}", target.getvalue())


def test_a_second_picture_inside_a_jpeg_is_dropped_not_refused():
    target = io.BytesIO()
    makers.picture().save(target, "MPO", save_all=True, append_images=[makers.picture((32, 24))])
    kept = examine("photo.jpg", target.getvalue())[2]
    assert opened(kept).format == "JPEG"
    assert kept.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize("extension", FORMS)
def test_previews_are_small_upright_and_say_nothing(extension):
    data = makers.image(FORMS[extension], orientation=6, size=(1600, 1200))
    small = opened(images.preview(io.BytesIO(data), makers.TYPES[extension]))
    assert small.size == (240, 320)
    # Turned by a quarter, the red corner lies in the upper right.
    red = small.convert("RGB").getchannel("R").tobytes()
    assert red[40 * 240 + 200] > 200 > 100 > red[40 * 240 + 40]
    assert not small.getexif()


def test_a_preview_shows_clear_parts_white():
    target = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(target, "PNG")
    assert opened(images.preview(target, "image/png")).getpixel((5, 5)) == (255, 255, 255)


def test_no_preview_of_noise():
    with pytest.raises(ContentRefused):
        images.preview(io.BytesIO(b"noise"), "image/jpeg")
