"""Tables as spreadsheet programs of many countries write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.companies.errors import UnreadableImport
from iciinsmes.companies.rules import loose_key, read_size
from iciinsmes.companies.table import MAX_BYTES, MAX_LINES, read_table

POLISH = "company;country;trade\nPiekarnia Pod Dębem;PL;piekarnia żółta\n"
DANISH = "company;country;trade\nEl-Service Fyn;DK;på sø og ø\n"
HUNGARIAN = "company;country;trade\nSzőke Szűcs;HU;szűcs\n"


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiters_encodings_and_line_ends_are_found_out(delimiter, encoding, newline):
    text = POLISH.replace(";", delimiter).replace("\n", newline)
    table = read_table(text.encode(encoding))
    (line,) = table.lines
    assert (line.number, line.company, line.country, line.trade) == (2, "Piekarnia Pod Dębem", "PL", "piekarnia żółta")
    assert table.delimiter == delimiter


@pytest.mark.parametrize(
    ("text", "encoding"), [(DANISH, "cp1252"), (HUNGARIAN, "cp1250"), (POLISH, "cp1250"), (DANISH, "utf-8")]
)
def test_the_encoding_is_found_by_its_letters(text, encoding):
    table = read_table(text.encode(encoding))
    assert table.encoding == encoding
    assert table.lines[0].trade == text.strip().split(";")[-1]


def test_a_chosen_encoding_counts():
    assert read_table(DANISH.encode("cp1252"), "cp1252").lines[0].trade == "på sø og ø"
    with pytest.raises(UnreadableImport, match="encoding"):
        read_table(DANISH.encode("cp1252"), "utf-8")


def test_columns_have_many_names_and_any_order():
    table = read_table("E-Mail;Größe;Firma;Land;Bemerkung\na@b.org;5,0;Nord;DE;x\n".encode())
    (line,) = table.lines
    assert (line.email, line.size, line.company, line.country) == ("a@b.org", "5,0", "Nord", "DE")
    assert table.ignored == ("Bemerkung",)


def test_quotes_empty_lines_and_the_hint_of_spreadsheets_keep_the_line_numbers():
    text = 'sep=;\r\ncompany;country\r\n\r\n"Nord; ""Licht""\r\nGmbH";DE\r\n;;\r\nSüd;DE\r\n'
    lines = read_table(text.encode()).lines
    assert [(line.number, line.company) for line in lines] == [(4, 'Nord; "Licht" GmbH'), (7, "Süd")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b";;\n", "empty"),
        (b"name;place\nx;y\n", "no column with the name"),
        (b"company;country\n", "no lines below"),
        (b"company;firma\nx;y\n", "Two columns mean the same"),
        (b"PK\x03\x04company", "not a CSV file"),
        (b"company\nx\x00y\n", "not a CSV file"),
        (b'company\n"' + b"x" * 200_000, "quotation mark"),
        (b"x" * (MAX_BYTES + 1), "at most 2 MB"),
        (b"company\n" + b"x\n" * (MAX_LINES + 1), "at most 5,000"),
    ],
)
def test_what_is_no_table_is_told(content, message):
    with pytest.raises(UnreadableImport, match=message):
        read_table(content)


def test_the_limit_itself_is_allowed():
    assert len(read_table(b"company\n" + b"x\n" * MAX_LINES).lines) == MAX_LINES


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"company;country\n{text}".encode()))
def test_anything_is_read_or_refused(content):
    try:
        table = read_table(content)
    except UnreadableImport:
        return
    assert table.lines


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("1", "1"),
        ("2\N{EN DASH}9", "2-9"),
        ("10 - 49", "10-49"),
        ("5", "2-9"),
        ("5,0", "2-9"),
        ("12.5", "10-49"),
        ("249", "50-249"),
        ("250", None),
        ("0", None),
        ("many", None),
        ("", None),
        ("NaN", None),
    ],
)
def test_sizes(text, size):
    assert read_size(text) == size


def test_the_same_firm_is_found_however_it_is_spelled():
    assert loose_key("Nordlicht GmbH") == loose_key("NORDLICHT") == loose_key(" Nordlicht. ")
    assert loose_key("Pod Dębem Sp. z o.o.") == loose_key("Pod Debem")
    assert loose_key("Müller & Söhne") != loose_key("Möller & Söhne")
    assert loose_key("AG") == "ag"
