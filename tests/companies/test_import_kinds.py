"""Tables of firms as people really send them: the account that is there is found, and what is unclear is asked."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from iciinsmes.companies import api
from iciinsmes.companies.countries import country_choices
from iciinsmes.companies.models import CompanyImport
from iciinsmes.companies.retirement import forget_person
from tests.people import SME1, person

from .conftest import begin, data, is_clear, lines

ZERO_WIDTH = "\u200b"


@pytest.mark.parametrize(
    "typed",
    [
        "ewa.nowak@example.org",
        f"ewa.nowak@example.org{ZERO_WIDTH}",
        f"{ZERO_WIDTH}ewa.nowak@{ZERO_WIDTH}example.org",
        "\ufeffewa.nowak@example.org",
        "ewa.no\u00adwak@example.org",
        "ewa.nowak@example.org\u00a0",
        "\u202aewa.nowak@example.org\u202c",
        "ewa.nowak@exam\u2060ple.org\u200e",
        "EWA.Nowak@Example.ORG",
        "mailto:ewa.nowak@example.org",
        "MAILTO: ewa.nowak@example.org?subject=Kurs",
        "Ewa Nowak <ewa.nowak@example.org>",
        "Nowak, Ewa <mailto:ewa.nowak@example.org>",
        "<ewa.nowak@example.org>",
        "ewa.nowak@example.org (Ewa Nowak)",
        "[ewa.nowak@example.org](mailto:ewa.nowak@example.org)",
        "'ewa.nowak@example.org'",
        "ewa.nowak@example.org.",
        "ewa.nowak@example.org,",
        "E-Mail: ewa.nowak@example.org",
        "ｅｗａ．ｎｏｗａｋ＠ｅｘａｍｐｌｅ．ｏｒｇ",
        "ewa.nowak @ example.org",
    ],
)
def test_an_address_is_found_however_it_is_written(cora, typed):
    person("ewa", email="ewa.nowak@example.org")
    sent = io.StringIO()
    csv.writer(sent, delimiter="\t").writerows([["Firma", "Land", "E-Mail"], ["Holz", "DE", typed]])
    (line,) = lines(cora, sent.getvalue())
    assert (line.errors, line.warnings, line.member) == ((), (), "joins")


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("ewa@müller-bau.example", "ewa@xn--mller-bau-q9a.example"),
        ("ewa@xn--mller-bau-q9a.example", "ewa@müller-bau.example"),
        ("ewa@xn--mller-bau-q9a.example", "Ewa <EWA@MÜLLER-Bau.example>"),
        ("ewa@XN--MLLER-BAU-Q9A.example", "ewa@mu\u0308ller-bau.example"),
        ("ewa@straße.example", "ewa@xn--strae-oqa.example"),
        ("Ewa.Nowak@Example.org", "ewa.nowak@example.org"),
        ("jürgen@example.org", "JÜRGEN@example.org"),
    ],
)
def test_both_spellings_of_a_domain_are_one_address(cora, kept, typed):
    person("ewa", email=kept)
    (line,) = lines(cora, f"Firma;Land;E-Mail\nHolz;DE;{typed}\n")
    assert (line.errors, line.warnings, line.member) == ((), (), "joins")


def test_another_address_is_another_person(cora):
    person("ewa", email="ewa.nowak@example.org")
    for other in ("ewa.nowak+kurs@example.org", "ewanowak@example.org", "ewa.nowak@example.com"):
        (line,) = lines(cora, f"Firma;Land;E-Mail\nHolz;DE;{other}\n")
        assert line.member == "no_account"
        assert not is_clear(line)


@pytest.mark.parametrize("typed", ["EWA", f"ewa{ZERO_WIDTH}", "\u00a0ewa", "ｅｗａ"])
def test_a_user_name_is_found_like_an_address(cora, typed):
    person("ewa")
    (line,) = lines(cora, f"Firma;Land;Login\nHolz;DE;{typed}\n")
    assert (line.errors, line.member) == ((), "joins")


@pytest.mark.skipif(connection.vendor == "mysql", reason="MySQL takes two such user names for one")
def test_a_user_name_that_differs_by_capitals_only_is_asked_about(cora):
    person("ewa")
    person("Ewa", email="other@example.org")
    (exact,) = lines(cora, "Firma;Land;Login\nHolz;DE;Ewa\n")
    assert exact.member == "joins"
    (line,) = lines(cora, "Firma;Land;Login\nHolz;DE;EWA\n")
    assert line.errors
    assert line.member == ""


def test_an_address_in_the_column_of_user_names_is_read_as_one(cora):
    person("ewa", email="ewa.nowak@example.org")
    (line,) = lines(cora, "Firma;Land;Benutzername\nHolz;DE;Ewa.Nowak@example.org\n")
    assert (line.errors, line.member) == ((), "joins")


@pytest.mark.parametrize(
    "typed", ["a@example.org; b@example.org", "a@example.org / b@example.org", "a@@b", "ewa.nowak"]
)
def test_what_is_no_single_address_is_asked_about(cora, typed):
    person("a", email="a@example.org")
    (line,) = lines(cora, f'Firma\tLand\tE-Mail\nHolz\tDE\t"{typed}"\n')
    assert line.errors
    assert line.member == ""


def test_two_accounts_of_one_address_are_asked_about(cora):
    person("one", email="two@müller.example")
    person("two", email="TWO@xn--mller-kva.example")
    (line,) = lines(cora, "Firma;Land;E-Mail\nHolz;DE;two@müller.example\n")
    assert line.errors == ("Several accounts have this mail address. Use the user name.",)


HEADINGS = {
    "email": (
        "Email address|E-mail|E-Mail|Mail|mail|EMAIL|e mail|E_mail|E-Mail:|E-Mail *|E-mail (required)|Email [work]"
        "|Mailadresse"
        "|E-Mail-Adresse|Emailadresse|E-Mail Adresse|e-mailadresse|E-mail-adresse|Mailadresse|Adres e-mail|adres email"
        "|Adres poczty elektronicznej|Poczta elektroniczna|E-mail cím|E-mail címe|email cim|Drótposta"
        "|Elektronikus levélcím"
        "|Elektronisk post|Elektronische Post|Mail address|E\u2011Mail|\ufeffE-Mail|E-Mail\u200b|Ｅ－Ｍａｉｌ"
        "|Email Address (work)|Business email|Work email"
    ),
    "username": (
        "User name|Username|user_name|Login|Benutzername|Nutzername|Anmeldename|Brugernavn|Nazwa użytkownika"
        "|nazwa uzytkownika"
        "|Użytkownik|Felhasználónév|felhasznalonev|Felhasználói név|Login name"
    ),
    "country": (
        "Country|Land|Kraj|Ország|orszag|Country code|Ländercode|Laendercode|Landekode|Kod kraju"
        "|Országkód|Staat|Państwo|LAND *"
    ),
    "region": (
        "Region|Town|City|Ort|Stadt|Region / Ort|By|Miasto|Miejscowość|Régió|Város|Település|Województwo|Bundesland"
    ),
    "trade": (
        "Trade|Branch|Branche|Branża|branza|Gewerbe|Gewerk|Szakma|Szakág|Ágazat|Fag|Brancha|Industry|Sector|Handwerk"
    ),
    "size": (
        "Size|Größe|Groesse|Grosse|Size (people)|Staff|Employees|Number of employees|Mitarbeiter|Anzahl Mitarbeiter"
        "|Beschäftigte"
        "|Antal ansatte|Medarbejdere|Størrelse|Stoerrelse|Wielkość|Liczba pracowników|Zatrudnienie|Méret|Létszám"
        "|Alkalmazottak száma|Unternehmensgröße"
    ),
    "first_name": "First name|Given name|Forename|Vorname|Rufname|Fornavn|Imię|imie|Keresztnév|Utónév|FIRST_NAME",
    "last_name": "Last name|Surname|Family name|Nachname|Familienname|Zuname|Efternavn|Nazwisko|Vezetéknév|Családnév",
}


@pytest.mark.parametrize(
    ("field", "heading"), [(field, heading) for field, names in HEADINGS.items() for heading in names.split("|")]
)
def test_headings_are_known_in_five_languages(cora, field, heading):
    value = {"email": "a@example.org", "size": "5", "country": "PL"}.get(field, "a")
    country = "" if field == "country" else ";Land"
    (line,) = lines(cora, f'Firma{country};"{heading}"\nHolz{";DE" if country else ""};{value}\n')
    assert getattr(line.line, field) == value


COMPANY = (
    "Company|Company name|Name of company|Name of the company|Firm|Firm name|Business|Enterprise|Employer"
    "|Organisation|Firma"
    "|Firmenname|Name der Firma|Unternehmen|Betrieb|Name des Betriebs|Arbeitgeber|Virksomhed|Virksomhedens navn"
    "|Virksomhedsnavn"
    "|Firmanavn|Nazwa firmy|Przedsiębiorstwo|przedsiebiorstwo|Nazwa przedsiębiorstwa|Zakład pracy|Cég|Cégnév"
    "|Cég neve|ceg neve"
    "|A cég neve|Vállalkozás|Vállalkozás neve|Vállalat|COMPANY:|Firma *|Firma (Name)"
)


@pytest.mark.parametrize("heading", COMPANY.split("|"))
def test_the_column_of_the_firm_has_many_names(cora, heading):
    (line,) = lines(cora, f'"{heading}";Land\nHolz;DE\n')
    assert (line.line.company, line.errors) == ("Holz", ())


@pytest.mark.parametrize(
    "above",
    [
        ",,\r\n",
        "\r\n\r\n",
        ",,\r\n,,\r\n",
        "Participants 2026,,\r\n",
        "Participants 2026\r\n\r\n",
        "Participants,May,\r\n",
    ],
)
def test_rows_above_the_headings_are_passed_over(cora, above):
    (line,) = lines(cora, f"{above}company,country,email\r\nHolz H,DE,plus@x.example\r\n")
    assert (line.line.company, line.line.country, line.line.email) == ("Holz H", "DE", "plus@x.example")
    assert line.line.number == above.count("\r\n") + 2


def test_a_title_with_another_delimiter_misleads_nobody(cora):
    (line,) = lines(cora, "Participants, May, all\nFirma;Land;E-Mail\nHolz;DE;a@example.org\n")
    assert (line.line.company, line.line.email) == ("Holz", "a@example.org")


@pytest.mark.parametrize("language", ["en", "de", "da", "pl", "hu"])
def test_countries_are_read_in_every_language_on_every_page(cora, language):
    with override(language):
        names = country_choices()
    for page in ("en", "de", "da", "pl", "hu"):
        with override(page):
            table = "Firma;Land\n" + "".join(f"Firm {code};{name.upper()} \n" for code, name in names)
            planned = data(cora, begin(cora, table)).plan
            assert not planned.errors
            assert {key[1] for key in planned.new_companies} == {code for code, _name in names}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (typed, code)
        for code, names in {
            "DK": "DK|dk|DK |D K|DNK|Danmark|DANMARK"
            "|Dania|Dänemark|Daenemark|Dánia|dania|Denmark|Danmark\u200b|Ｄ Ｋ|(DK)|DK - Danmark"
            "|Denmark (DK)|Kongeriget Danmark",
            "DE": "Deutschland|BRD|Germany|Niemcy|Németország|nemetorszag|Tyskland|DEU|GER|Federal Republic of Germany"
            "|Bundesrepublik Deutschland|D\u00adeutschland|Deutschland / Germany",
            "GB": "UK|U.K.|GB|GBR|Great Britain|England|Scotland|Wales|Northern Ireland|Großbritannien|Grossbritannien"
            "|Vereinigtes Königreich|Storbritannien|Wielka Brytania|Nagy-Britannia|Egyesült Királyság"
            "|The United Kingdom",
            "AT": "Österreich|Oesterreich|Austria|Ausztria|Østrig|Oestrig|AUT",
            "PL": "Polska|Polen|Poland|Lengyelország|POL|Rzeczpospolita Polska|Republic of Poland",
            "HU": "Magyarország|Ungarn|Węgry|Wegry|Hungary|HUN",
            "CZ": "Czech Republic|Tschechien|Tschechische Republik|Tjekkiet|Czechy|Csehország|Česko|Česká republika",
            "NL": "Holland|Netherlands|The Netherlands|Niederlande|Nederland|Holandia|Hollandia",
            "GR": "EL|Hellas|Griechenland|Ελλάδα",
            "TR": "Turkey|Türkei|Türkiye|Turkiye|Turcja|Tyrkiet|Törökország",
            "CH": "Schweiz|Suisse|Svizzera|Szwajcaria|Svájc",
            "UA": "Україна|Ukraina|Ukrajna|Ukraine",
            "BG": "България|Bulgaria",
        }.items()
        for typed in names.split("|")
    ],
)
def test_countries_have_many_names(cora, typed, code):
    (line,) = lines(cora, f"Firma\tLand\nHolz\t{typed}\n")
    assert (line.errors, list(data(cora, begin(cora, f"Firma\tLand\nHolz\t{typed}\n")).plan.new_companies)) == (
        (),
        [("holz", code)],
    )


@pytest.mark.parametrize(
    "typed", ["Georgia", "DE/PL", "Germany or Denmark", "Serbia and Montenegro", "Europe", "Macedonia"]
)
def test_a_country_that_is_not_clear_is_asked_about(cora, typed):
    (line,) = lines(cora, f"Firma;Land\nHolz;{typed}\n")
    assert line.errors
    assert line.company == ""


def test_a_person_in_two_firms_counts_in_neither(cora):
    person("ewa", email="ewa@example.org")
    table = "Firma;Land;E-Mail\nHolz A;DE;ewa@example.org\nHolz B;DE;EWA@example.org\nHolz C;DE;\n"
    first, second, third = lines(cora, table)
    assert first.errors == ("This person is in another firm further down in the table.",)
    assert second.errors == ("This person is in another firm further up in the table.",)
    assert is_clear(third)
    assert data(cora, begin(cora, table)).plan.joins == ()


def test_a_person_twice_in_one_firm_is_clear(cora):
    person("ewa", email="ewa@example.org")
    table = "Firma;Land;E-Mail;Login\nHolz A;DE;ewa@example.org;\nHOLZ A;;;ewa\n"
    assert all(is_clear(line) for line in lines(cora, table))


@pytest.mark.parametrize("heading", ["Contact mail private", "Kontakt", "Mailkontakt", "Ansprechpartner E-Mail"])
def test_a_column_that_looks_like_addresses_is_asked_about(cora, as_user, heading):
    ewa = person("ewa", email="ewa@example.org")
    import_id = begin(cora, f"Firma;Land;{heading}\nHolz A;DE;ewa@example.org\nHolz B;DE;\n")
    first, second = data(cora, import_id).plan.lines
    assert first.errors
    assert is_clear(second)
    browser = as_user(cora)
    address = reverse("iciinsmes:firm-import-preview", args=[SME1, import_id])
    page = browser.get(address).content.decode()
    assert heading in page
    browser.post(address, {"mail_column": heading})
    assert [line.member for line in data(cora, import_id).plan.lines] == ["joins", ""]
    browser.post(address)
    assert api.company_of(user_id=ewa.pk, course_key=SME1).name == "Holz A"


def test_a_column_that_is_no_address_can_be_left_out(cora, as_user):
    person("ewa", email="ewa@example.org")
    import_id = begin(cora, "Firma;Land;Kontakt\nHolz A;DE;ewa@example.org\n")
    as_user(cora).post(reverse("iciinsmes:firm-import-preview", args=[SME1, import_id]), {"mail_column": ""})
    (line,) = data(cora, import_id).plan.lines
    assert is_clear(line)
    assert (line.company, line.member) == ("new", "")


def test_who_is_erased_is_in_no_reading_and_no_column_in_question(cora):
    ewa = person("ewa", email="ewa@example.org", first_name="Ewa", last_name="Æbler")
    table = "Firma;Land;Login;Vorname;Nachname;Kontakt\n"
    table += "Nord;DK;ewa;Ewa;Æbler;ewa@example.org\nÆbler;DK;;;;bo@example.org\n"
    import_id = begin(cora, table.encode("cp1252"))
    forget_person(user_id=ewa.pk)
    kept = CompanyImport.objects.get(id=import_id).table
    assert "ewa" not in str(kept).casefold()
    (line,) = data(cora, import_id).plan.lines
    assert line.errors
