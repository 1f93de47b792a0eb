from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.evidence.names import MAX_NAME, clean_name, extension, with_extension


@pytest.mark.parametrize(
    ("given_name", "wanted"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\anna\\list.xlsx", "list.xlsx"),
        ("Kundenübersicht für Müller.pdf", "Kundenübersicht für Müller.pdf"),
        ("Árvíztűrő tükörfúrógép.csv", "Árvíztűrő tükörfúrógép.csv"),
        ("照片.jpg", "照片.jpg"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\x00b\nc\x7f.txt", "ab c.txt"),
        (".htaccess", "htaccess"),
        ("...", "file"),
        ("", "file"),
        ("folder/", "file"),
        ('a"b<c>|?.txt', "a_b_c___.txt"),
        ("x" * 500 + ".jpeg", "x" * (MAX_NAME - 5) + ".jpeg"),
    ],
)
def test_names_are_made_harmless_and_stay_readable(given_name, wanted):
    assert clean_name(given_name) == wanted


@given(st.text())
def test_any_text_becomes_a_name_that_is_clean_already(text):
    name = clean_name(text)
    assert 1 <= len(name) <= MAX_NAME
    assert not set(name) & set("/\\\0\n\u202e")
    assert not name.startswith(".")
    assert clean_name(name) == name


def test_extensions():
    assert extension("List.XLSX") == "xlsx"
    assert extension("list") == ""
    assert extension("Image at 10.34.22") == ""
    assert with_extension("Image at 10.34.22", "jpg") == "Image at 10.34.22.jpg"
    assert with_extension("photo.png", "jpg") == "photo.jpg"
