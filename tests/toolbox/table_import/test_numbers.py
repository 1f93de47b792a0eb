"""Amounts as people and programs of many countries write them, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox import api
from iciinsmes.toolbox.instruments.framework import show
from tests.toolbox.files import ODS, X, xlsx, zipped

RFM, CSAT, DIGITAL, PARETO = (api.find_instrument(name=code) for code in ("T13", "T03", "T30", "T05"))


def read(instrument, text: str | bytes, **mapping: int):
    """The intake of a table whose columns stand where ``mapping`` says."""
    sheet = api.open_pasted(text=text) if isinstance(text, str) else api.open_table(content=text)
    return api.read_table(instrument=instrument, sheet=sheet, mapping=mapping)


def amounts(*cells: str) -> list[object]:
    """The amounts of a column of these cells; the reason where one is left out."""
    text = "customer\tdate\tamount\n" + "".join(f"C1\t2026-01-01\t{cell}\n" for cell in cells)
    found = read(RFM, text, customer=0, date=1, amount=2)
    values = iter(found.table.columns["amount"])
    reasons = {problem.line: show(problem.text) for problem in found.problems}
    return [reasons[line] if line in reasons else next(values) for line in range(2, len(cells) + 2)]


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("80.-", 80), ("80,-", 80), ("80,--", 80), ("80.--", 80), ("80,-- €", 80), ("CHF 80.-", 80), ("80:- SEK", 80),
        ("80,\u2014", 80), ("CHF 1'234.50", 1234.5), ("CHF 1\u2019234.50", 1234.5), ("Fr. 1'234.50", 1234.5),
        ("1 234,50 Kč", 1234.5), ("1\u202f234,50 zł", 1234.5), ("1\u2009234,50 złotych", 1234.5),
        ("12 000 Ft", 12000), ("12 000 forint", 12000), ("SEK 1 234,50", 1234.5), ("1.234,50 NOK", 1234.5),
        ("kr. 1.234,50", 1234.5), ("DKK 1.234,50", 1234.5), ("1.234,50 kr", 1234.5), ("12,50 Euro", 12.5),
        ("12,50 EUR", 12.5), ("80 Franken", 80), ("80 kroner", 80), ("$1,234.50", 1234.5), ("US$ 12.50", 12.5),
        ("12.50 dollars", 12.5), ("(120.00)", -120), ("(120,00 €)", -120), ("120-", -120), ("120,00-", -120),
        ("\u2212120", -120), ("\u2013120", -120), ("€ -120", -120), ("0.500", 0.5), ("0,500", 0.5),
        ("1234.500", 1234.5),        ("12 345 678,90", 12345678.9), ("1,234,567.5", 1234567.5),
    ],
)  # fmt: skip
def test_an_amount(cell, wanted):
    assert amounts(cell) == [wanted]


@pytest.mark.parametrize(
    "cell", ["12 50", "1 2 3", "12€50", "5%5", "1,23,456.7", "12 3456", "12'50", "4/5", "(12", "--5", "-5-", "12 x"]
)
def test_no_amount(cell):
    assert amounts(cell) == [f"“{cell}” is not a number"]


def test_the_sign_before_decimals_is_found_from_all_rows():
    assert amounts(*["1.234"] * 30, "7,5") == [1234.0] * 30 + [7.5]
    assert amounts(*["1.250"] * 30, "0.500") == [1.25] * 30 + [0.5]


def test_what_may_be_a_thousand_or_a_fraction_is_refused_where_both_signs_are_used():
    found = amounts("12,50", "3,75", "8.25", "1.234", "2,125", "7")
    assert found[:2] == [12.5, 3.75]
    assert found[2] == "“8.25” is not a number"
    assert all("a thousand or a fraction" in str(reason) for reason in found[3:5])
    assert found[5] == 7


def test_other_currencies_are_not_added_up():
    found = amounts("12 €", "EUR 5", "7", "8 USD", "9 euro")
    assert found == [12, 5, 7, "“8 USD” is in another currency than the rest of the column", 9]
    assert amounts("12 kr.", "5 DKK", "DKK 7") == [12, 5, 7]


@given(
    st.integers(0, 999_999_999),
    st.sampled_from([" ", "\u00a0", "\u202f", "'", "\u2019", ".", ""]),
    st.sampled_from(["{} €", "€ {}", "CHF {}", "{} zł", "{} Ft", "{} kr.", "{}", "{}-", "({})", "{} Euro"]),
)
def test_every_amount_is_found_again(cents, thousands, form):
    words = f"{cents // 100:,},{cents % 100:02}".replace(",", thousands, f"{cents // 100:,}".count(","))
    wanted = -cents / 100 if form in ("{}-", "({})") else cents / 100
    assert amounts(form.format(words)) == [wanted]


def scores(*cells: str) -> list[object]:
    return list(read(CSAT, "score\n" + "".join(f"{cell}\n" for cell in cells), score=0).table.columns["score"])


def test_four_of_five():
    assert scores("4/5", "5 / 5", "3 of 5", "2 von 5", "1 af 5", "4 z 5", "5") == [4, 5, 3, 2, 1, 4, 5]
    assert scores("4/10", "5/4", "8 of 5") == []


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["1 - Not at all", "3", "5 - Very satisfied"], [1, 3, 5]),
        (["5 (sehr zufrieden)", "1 (gar nicht)"], [5, 1]),
        (["bardzo zadowolony (5)", "2 \u2013 raczej nie"], [5, 2]),
        (["5 Sterne", "1 Stern", "4 stars"], [5, 1, 4]),
        (["5 = meget tilfreds", "1: utilfreds"], [5, 1]),
    ],
)
def test_numbers_with_the_words_of_a_scale(cells, wanted):
    assert scores(*cells) == wanted


@pytest.mark.parametrize("cells", [["1 - sehr gut", "5 - mangelhaft"], ["1 (very satisfied)", "2"], ["legjobb (1)"]])
def test_words_that_praise_one_are_not_turned_round_in_silence(cells):
    found = read(CSAT, "score\n" + "".join(f"{cell}\n" for cell in cells), score=0)
    assert len(found.table) == 0
    assert all("of which 1 is the best" in show(problem.text) for problem in found.problems)


def test_stars():
    assert scores("★★★★☆", "★★★", "⭐⭐⭐⭐⭐", "☆☆☆☆☆") == [4, 3, 5]


def test_numbers_that_a_spreadsheet_shortened_are_no_keys():
    text = "customer;date;amount\n4,5E+11;01.03.2026;100\n4.51E+11;01.03.2026;200\n12E5;01.03.2026;300\n"
    found = read(RFM, text, customer=0, date=1, amount=2)
    assert found.table.columns["customer"] == ("12E5",)
    assert all("was shortened by a spreadsheet program" in show(problem.text) for problem in found.problems)


def test_a_number_with_an_apostrophe_in_front():
    assert amounts("'1.234,50", "80,00") == [1234.5, 80]


def test_shares_of_one_are_not_taken_for_percent():
    found = read(DIGITAL, "item;score\nstrategy;0,45\nreadiness;0,6\npeople;1\n", item=0, score=1)
    assert len(found.table) == 0
    assert all("shares of 1" in show(problem.text) for problem in found.problems)
    found = read(DIGITAL, "item;score\nstrategy;0,5 %\nreadiness;0,6 %\n", item=0, score=1)
    assert found.table.columns["score"] == (0.5, 0.6)


def percent_xlsx(code: str) -> bytes:
    style = (
        f'<numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts><cellXfs><xf/><xf numFmtId="170"/></cellXfs>'
    )
    rows = "".join(f'<row><c t="str"><v>{key}</v></c><c s="1"><v>{value}</v></c></row>' for key, value in SHARES)
    head = '<row><c t="str"><v>Dimension</v></c><c t="str"><v>Score</v></c></row>'
    return xlsx([], sheet=head + rows, **{"xl/styles.xml": f'<styleSheet xmlns="{X}">{style}</styleSheet>'})


def percent_ods() -> bytes:
    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def words(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    rows = [row(words("Dimension"), words("Score"))]
    rows += [
        row(words(key), f'<table:table-cell office:value-type="percentage" office:value="{value}"/>')
        for key, value in SHARES
    ]
    body = f'<table:table table:name="a">{"".join(rows)}</table:table>'
    return zipped({"content.xml": f"<office:document-content {ODS}>{body}</office:document-content>"})


SHARES = [("strategy", 0.45), ("readiness", 0.07), ("people", 1), ("data", 0.285)]


@pytest.mark.parametrize(
    "content", [percent_xlsx("0%"), percent_xlsx("0.0\\ %;[Red]-0.0\\ %"), percent_ods()], ids=["xlsx", "own", "ods"]
)
def test_percent_cells_are_percent(content):
    assert read(DIGITAL, content, item=0, score=1).table.columns["score"] == (45, 7, 100, 28.5)


def test_a_percent_sign_in_quotation_marks_is_none():
    assert api.open_table(content=percent_xlsx("0.00&quot; %&quot;")).column(1) == [0.45, 0.07, 1, 0.285]


def test_percent_cells_are_words_as_they_are_shown():
    found = read(PARETO, percent_xlsx("0%"), cause=1)
    assert found.table.columns["cause"] == ("45 %", "7 %", "100 %", "28.5 %")


def test_a_time_is_no_number():
    style = '<cellXfs><xf/><xf numFmtId="20"/></cellXfs>'
    rows = '<row><c t="str"><v>cause</v></c><c t="str"><v>cost</v></c></row>'
    rows += '<row><c t="str"><v>late</v></c><c s="1"><v>0.03125</v></c></row>'
    content = xlsx([], sheet=rows, **{"xl/styles.xml": f'<styleSheet xmlns="{X}">{style}</styleSheet>'})
    (problem,) = read(PARETO, content, cause=0, cost=1).problems
    assert show(problem.text) == "“0:45:00” is not a number"
