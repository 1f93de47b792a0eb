"""What programs of small firms export is read as it is: the right columns, and the right rows."""

from __future__ import annotations

import json

import pytest

from iciinsmes.toolbox.__main__ import main
from tests.toolbox import exported_sales, exported_surveys

WHY = {"comment": "Why?"}


@pytest.fixture
def run(tmp_path, capsys):
    """Run an instrument on a file through the command; return what it said, or the error."""

    def run_it(code: str, content: bytes, *more: str) -> dict:
        path = tmp_path / "export.csv"
        path.write_bytes(content)
        failed = main(["run", code, str(path), "--json", *more])
        said = capsys.readouterr()
        return {"error": said.err} if failed else json.loads(said.out)

    return run_it


def taken(said: dict) -> dict[str, str]:
    return {key: entry["column"] for key, entry in said["mapping"].items()}


def reasons(said: dict) -> list[str]:
    return sorted({reason for left in said["rows_left_out"] for reason in left["reasons"]})


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (
            exported_surveys.google_forms(),
            {
                "date": "Timestamp",
                "score": "How likely is it that you recommend us to a friend?",
                "comment": "What is the main reason for your score?",
            },
        ),
        (
            exported_surveys.microsoft_forms(),
            {"date": "Completion time", "score": "How likely are you to recommend us?", **WHY},
        ),
        (
            exported_surveys.surveymonkey(),
            {
                "date": "End Date",
                "score": "How likely is it that you would recommend us to a friend or colleague?",
                **WHY,
            },
        ),
        (exported_surveys.qualtrics(), {"date": "RecordedDate", "score": "Q1", "comment": "Q2"}),
        (
            exported_surveys.typeform(),
            {"date": "Submit Date (UTC)", "score": "How likely are you to recommend us?", "comment": "And why?"},
        ),
    ],
    ids=["google forms", "microsoft forms", "surveymonkey", "qualtrics", "typeform"],
)
def test_forty_answers_of(run, content, wanted):
    said = run("T02", content)
    assert (taken(said), said["open"]) == (wanted, {})
    assert (said["rows_used"], said["figures"][0]["value"]) == (40, 25)


def test_full_answers_of_limesurvey(run):
    said = run("T03", exported_surveys.limesurvey("full"))
    assert taken(said) == {
        "date": "submitdate. Date submitted",
        "score": "G01Q01. How satisfied are you with us?",
    }
    assert (said["rows_used"], said["figures"][0]["value"]) == (40, 75)


def test_codes_of_limesurvey_are_not_guessed(run):
    said = run("T03", exported_surveys.limesurvey("codes"))
    assert "“G01Q01. How satisfied are you with us?” may be score, but its cells do not fit: “A5”" in said["error"]


def test_orders_of_shopify_count_once(run):
    said = run("T13", exported_sales.shopify())
    assert taken(said) == {"customer": "Email", "date": "Created at", "amount": "Total"}
    assert (said["rows_used"], said["open"]) == (30, {})
    assert {figure["key"]: figure["value"] for figure in said["figures"]}["sales"] == 30 * 119
    assert reasons(said)[:2] == [
        "The whole line: is no order: “refunded” in “Financial Status”",
        "The whole line: is no order: “voided” in “Financial Status”",
    ]
    assert "The whole line: is one more line of order #1000, which is counted once" in reasons(said)


def test_orders_of_woocommerce_count_once(run):
    said = run("T13", exported_sales.woocommerce())
    assert taken(said) == {"customer": "Email (Billing)", "date": "Order Date", "amount": "Order Total Amount"}
    assert (said["rows_used"], said["open"]) == (30, {})
    assert len(said["rows_left_out"]) == 7


def test_failed_payments_of_stripe_are_no_orders(run):
    said = run("T13", exported_sales.stripe())
    assert taken(said) == {"customer": "Customer ID", "date": "Created date (UTC)", "amount": "Amount"}
    assert said["rows_used"] == 30
    assert reasons(said) == [
        "The whole line: is no order: “Failed” in “Status”",
        "The whole line: is no order: “Refunded” in “Status”",
    ]
    assert (
        "“Amount Refunded” has money that was given back. Rows with it: 1. The amounts still hold it." in said["intake"]
    )


def test_payments_of_invoices_in_the_same_list_are_no_orders(run):
    rows = [
        f"2026-05-{number % 27 + 1:02},{'Payment' if number % 2 else 'Invoice'},Firm {number // 2 % 12},100"
        for number in range(60)
    ]
    said = run("T13", "\n".join(["Date,Transaction Type,Customer,Amount", *rows]).encode())
    assert (said["rows_used"], len(said["rows_left_out"])) == (30, 30)
    # Where there are payments only, they are what was sold.
    assert run("T13", "\n".join(["Date,Type,Customer,Amount", *rows[1::2]]).encode())["rows_used"] == 30


def test_other_currencies_are_not_added(run):
    rows = [f"2026-05-01,C{number % 12},100,{'PLN' if number % 5 == 0 else 'EUR'}" for number in range(30)]
    said = run("T13", "\n".join(["date,customer,amount,currency", *rows]).encode())
    assert said["rows_used"] == 24
    assert reasons(said) == ["The whole line: is in PLN; most rows are in EUR"]


def test_the_other_side_of_the_books_is_not_added(run):
    rows = [f"C{number % 12};2026-05-01;119,00;{'H' if number % 5 == 0 else 'S'}" for number in range(30)]
    said = run("T13", "\n".join(["Kunde;Datum;Umsatz;Soll/Haben-Kennzeichen", *rows]).encode())
    assert said["rows_used"] == 24
    assert reasons(said) == ["The whole line: is on another side of the books (H) than most rows (S)"]


@pytest.mark.parametrize(("sums", "used"), [(["50", "50"], 12), (["20", "30"], 24)])
def test_sums_of_lines_are_added_and_those_of_orders_are_not(run, sums, used):
    rows = [f"R{number},2026-05-{number + 1:02},C{number},{amount}" for number in range(12) for amount in sums]
    assert run("T13", "\n".join(["Order number,Date,Customer,Total", *rows]).encode())["rows_used"] == used


def test_tickets_of_zendesk(run):
    said = run("T05", exported_sales.zendesk())
    assert (taken(said)["cause"], taken(said)["date"]) == ("Cause [list]", "Created at")
    assert said["rows_used"] == 30
    assert "order_no" not in said["mapping"]
    assert "days_open" not in said["mapping"], "minutes and hours are no days"


def test_open_items_below_a_letterhead(run):
    said = run("T13", exported_sales.accounting())
    assert taken(said) == {"customer": "Debitorennr.", "date": "Rechnungsdatum", "amount": "Rechnungsbetrag"}
    assert said["rows_used"] == 30


def test_a_batch_of_datev(run):
    said = run("T13", exported_sales.datev(), "--column", "customer=Konto")
    assert taken(said) == {"customer": "Konto", "date": "Belegdatum", "amount": "Umsatz (ohne Soll/Haben-Kz)"}
    assert said["rows_used"] == 30


@pytest.mark.parametrize(
    ("head", "net", "gross"),
    [
        ("Rechnungsnr.;Rechnungsdatum;Kundennr.;Kunde;Netto;USt;Brutto;Status", "Netto", "Brutto"),
        ("Nr faktury;Data wystawienia;Nr klienta;Nabywca;Netto;VAT;Brutto;Status", "Netto", "Brutto"),
        ("Fakturanr.;Fakturadato;Kundenr.;Kunde;Ekskl. moms;Moms;Inkl. moms;Status", "Ekskl. moms", "Inkl. moms"),
        ("Számlaszám;Számla kelte;Vevőkód;Vevő neve;Nettó;ÁFA;Bruttó;Állapot", "Nettó", "Bruttó"),
    ],
    ids=["german", "polish", "danish", "hungarian"],
)
def test_lists_of_invoices_ask_for_net_or_gross(run, head, net, gross):
    rows = [
        f"R{n};{n % 27 + 1:02}.{n % 9 + 1:02}.2026;{10000 + n % 12};Muster;100,00;19,00;119,00;x" for n in range(30)
    ]
    content = "\n".join([head, *rows]).encode()
    said = run("T13", content)
    names = head.split(";")
    assert taken(said) == {"customer": names[2], "date": names[1], "amount": net}
    assert said["open"] == {"amount": [gross]}
    chosen = run("T13", content, "--column", f"amount={gross}")
    assert (taken(chosen)["amount"], chosen["open"]) == (gross, {})
