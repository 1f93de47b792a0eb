"""A column is taken for another only if its name and its cells fit, and what is open is asked."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iciinsmes.toolbox import api
from iciinsmes.toolbox.data import Guess
from iciinsmes.toolbox.instruments.framework import show
from iciinsmes.toolbox.table_import.names import packaged_languages
from tests.toolbox.pages import every_instrument

DATES = ["2026-03-04", "2026-03-05", "2026-04-01"]
NAMES = ["C001", "C002", "C003"]
MONEY = ["120.50", "80.00", "99.90"]
SCORES = ["9", "10", "4"]
SENTENCES = ["They came on time and were kind", "The price was too high for what it was", "All was well, thank you all"]


def weigh(code: str, **columns: list[str]) -> tuple[Guess, dict[str, str]]:
    """Weigh columns by headings; underscores stand for spaces. Return the guess, and headings by column key."""
    return weigh_all(code, {heading.replace("_", " "): cells for heading, cells in columns.items()})


def weigh_all(code: str, columns: dict[str, list[str]]) -> tuple[Guess, dict[str, str]]:
    rows = [list(columns), *zip(*columns.values(), strict=True)]
    sheet = api.open_pasted(text="\n".join("\t".join(row) for row in rows), delimiter="\t")
    guess = api.weigh_columns(instrument=api.find_instrument(name=code), sheet=sheet)
    return guess, {key: sheet.names[index] for key, index in guess.mapping.items()}


@pytest.mark.parametrize(
    "heading",
    [
        *("Why did you give this score?", "Reason for your score", "Score group", "Score ID", "Grund der Bewertung"),
        *("Seite", "Last page", "Begrundelse for karakter", "Értékelés indoka", "Powód oceny", "Q1_NPS_GROUP"),
    ],
)
def test_a_score_is_not_what_is_only_about_it(heading):
    assert "score" not in weigh_all("T02", {heading: SCORES, "Datum": DATES})[1]
    assert weigh_all("T02", {heading: SENTENCES, "score": SCORES})[1]["score"] == "score"


@pytest.mark.parametrize(
    "heading",
    [
        "How likely is it that you recommend us to a friend or colleague?",
        "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?",
        "Hvor sandsynligt er det, at du vil anbefale os til en ven?",
        "Mennyire valószínű, hogy ajánl minket egy barátjának?",
        "Jak prawdopodobne jest, że poleci nas Pan/Pani znajomym?",
        *("Score (0-10)", "NPS", "NpsScore", "G02Q05. How likely are you to recommend us?"),
    ],
)
def test_a_question_is_a_heading(heading):
    found = weigh_all(
        "T02", {"Timestamp": DATES, heading: SCORES, "What is the main reason for your score?": SENTENCES}
    )
    assert found[1] == {"date": "Timestamp", "score": heading, "comment": "What is the main reason for your score?"}


def test_codes_are_no_score_and_the_sentence_says_which_column_has_them():
    guess, found = weigh_all(
        "T03", {"lastpage. Last page": SCORES, "G01Q01. How satisfied are you?": ["A3", "A1", "A2"]}
    )
    assert "score" not in found
    index, wrong = guess.misfits["score"]
    assert (index, show(wrong)) == (1, "“A3” is not a number")


@pytest.mark.parametrize(
    "others",
    [
        ["MwSt-Betrag", "Fälligkeitsdatum", "Kundennotiz", "Rabattbetrag"],
        ["Tax amount", "Due date", "Customer note", "Refund amount", "Order ID", "Shipping amount"],
        ["Momsbeløb", "Forfaldsdato", "Kundenote", "Rabatbeløb", "Betalingsdato for rykker"],
        ["ÁFA összeg", "Fizetési határidő dátuma", "Ügyfél megjegyzés", "Kedvezmény összege"],
        ["Kwota VAT", "Data wymagalności", "Uwagi klienta", "Kwota rabatu", "Termin płatności data"],
    ],
)
def test_nothing_is_taken_that_only_sounds_like_it(others):
    columns = {heading: DATES if "dat" in heading.lower() else MONEY for heading in others}
    assert weigh_all("T13", columns)[1] == {}
    whole = columns | {"customer": NAMES, "date": DATES, "amount": MONEY}
    assert weigh_all("T13", whole)[1] == {"customer": "customer", "date": "date", "amount": "amount"}


@pytest.mark.parametrize(
    ("net", "gross"),
    [
        ("Netto", "Brutto"),
        ("Betrag netto", "Betrag brutto"),
        ("Nettobetrag", "Bruttobetrag"),
        ("Kwota netto", "Kwota brutto"),
        ("Wartość netto", "Wartość brutto"),
        ("Beløb ekskl. moms", "Beløb inkl. moms"),
        ("ekskl. moms", "inkl. moms"),
        ("Nettó", "Bruttó"),
        ("Nettó összeg", "Bruttó összeg"),
        ("Net", "Gross"),
        ("Total (net)", "Total (gross)"),
    ],
)
def test_net_and_gross_are_asked_about(net, gross):
    guess, found = weigh_all("T13", {"Kundennr.": NAMES, "Datum": DATES, "USt": ["19"] * 3, net: MONEY, gross: MONEY})
    assert found["amount"] == net
    assert guess.rivals == {"amount": (3, 4)}
    assert "amount" not in guess.sure


def test_two_scores_are_asked_about():
    guess, found = weigh("T02", date=DATES, score_before=SCORES, score_after=SCORES)
    assert found["score"] == "score before"
    assert guess.rivals == {"score": (1, 2)}


def test_of_two_columns_of_one_name_the_filled_one_is_taken():
    sheet = api.open_pasted(text="Datum;Score (0-10);Score (0-10)\n2026-01-01;;7\n2026-01-02;;9\n")
    guess = api.weigh_columns(instrument=api.find_instrument(name="T02"), sheet=sheet)
    assert (guess.mapping["score"], guess.rivals) == (2, {})


def test_a_number_of_a_customer_is_better_than_a_name():
    guess, found = weigh_all(
        "T13", {"Rechnungsnummer": ["R1", "R2", "R3"], "Kundennr.": NAMES, "Kunde": ["Muster GmbH"] * 3, "Datum": DATES}
    )
    assert (found["customer"], guess.rivals) == ("Kundennr.", {})


@pytest.mark.parametrize("heading", ["DB %", "Marge (%)", "Marge in Prozent", "Deckungsbeitrag %"])
def test_percent_are_no_money(heading):
    assert "margin" not in weigh_all("T14", {"Kundennr.": NAMES, "Umsatz": MONEY, heading: ["35", "40", "12"]})[1]


def test_a_question_and_a_column_called_score_are_asked_about():
    guess, found = weigh_all("T02", {"How likely is it that you recommend us?": SCORES, "score": ["0", "0", "0"]})
    assert guess.rivals == {"score": (0, 1)}
    assert found["score"] == "How likely is it that you recommend us?"


def test_a_column_that_is_the_same_in_every_row_is_no_customer():
    mails = {"Absender E-Mail-Adresse": [f"k{n}@example.org" for n in range(12)]}
    mails |= {"Empfänger E-Mail-Adresse": ["shop@example.org"] * 12}
    for columns in (mails, dict(reversed(mails.items()))):
        assert weigh_all("T13", columns)[1] == {"customer": "Absender E-Mail-Adresse"}


def test_marks_of_a_longer_scale_are_not_taken():
    marks = [str(number % 10 + 1) for number in range(20)]
    for heading in ("Zufriedenheit (1-10)", "Score"):
        guess, found = weigh_all("T03", {heading: marks, "Datum": DATES[:1] * 20})
        assert "score" not in found
        assert show(guess.misfits["score"][1]) == "6 is above 5"


def test_a_text_is_not_who_wrote_it_or_its_title():
    columns = {"Review User Name": NAMES, "Review Title": NAMES, "Review Content": SENTENCES, "Review Language": NAMES}
    guess, found = weigh_all("T06", columns)
    assert (found, guess.rivals) == ({"text": "Review Content", "lang": "Review Language"}, {})


def test_a_short_scale_is_noted():
    rows = "\n".join(str(number % 5 + 1) for number in range(12))
    sheet = api.open_pasted(text=f"Rating\n{rows}\n")
    instrument = api.find_instrument(name="T02")
    mapping = api.weigh_columns(instrument=instrument, sheet=sheet).mapping
    notes = api.read_table(instrument=instrument, sheet=sheet, mapping=mapping).notes
    assert [show(note)[:52] for note in notes] == ["No number in “Score, 0 to 10” is above 5. If no more"]


def test_sales_of_two_years_are_asked_about():
    guess, _found = weigh_all("T14", {"Kundennr.": NAMES, "Umsatz 2025": MONEY, "Umsatz 2026": MONEY})
    assert guess.rivals == {"sales": (1, 2)}


def test_an_optional_column_whose_cells_do_not_fit_is_left_aside():
    guess, found = weigh("T02", score=SCORES, date=["spring", "summer", "winter"])
    assert found == {"score": "score"}
    assert show(guess.misfits["date"][1]) == "“spring” is not a day"


def test_what_somebody_says_wins():
    guess, _found = weigh("T02", date=DATES, score_before=SCORES, score_after=SCORES)
    corrected = guess.corrected({"score": 2, "date": None})
    assert (corrected.mapping, corrected.rivals) == ({"score": 2}, {})
    # A column is one thing only.
    assert "date" not in guess.corrected({"score": 0}).mapping


#: What tables of programs have besides, in front of what is needed.
DECOYS = {
    "ID": ["1", "2", "3"],
    "Tax amount": MONEY,
    "Steuerbetrag": MONEY,
    "Due date": DATES,
    "Termin płatności": DATES,
    "Notes": SENTENCES,
    "Page": ["1", "1", "1"],
    "Discount": MONEY,
    "Product": ["Bread", "Roll", "Cake"],
    "Postcode": ["12345", "54321", "11111"],
}


@every_instrument
@given(st.randoms(use_true_random=False), st.sampled_from(["en", "de", "da", "hu", "pl"]))
@settings(max_examples=5, deadline=None)
def test_order_and_other_columns_change_nothing(instrument, random, code):
    """A template between other columns, in any order, is read as the template alone."""
    language = packaged_languages()[code]
    content = api.template_csv(instrument=instrument, language=language, with_demo=True).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";" if language.point == "," else ","))
    decoys = [[heading, *cells] for heading, cells in DECOYS.items()]
    columns = [list(cells) for cells in zip(*rows, strict=True)]
    columns += [[each[0], *(each[1 + place % 3] for place in range(len(rows) - 1))] for each in decoys]
    random.shuffle(columns)
    text = io.StringIO()
    csv.writer(text, delimiter="\t").writerows(zip(*columns, strict=True))
    sheet = api.open_pasted(text=text.getvalue(), delimiter="\t")
    guess = api.weigh_columns(instrument=instrument, sheet=sheet)
    titles = {column.key: show(column.title, language) for column in instrument.columns}
    assert {key: sheet.names[index] for key, index in guess.mapping.items()} == titles
    assert guess.rivals == {}
