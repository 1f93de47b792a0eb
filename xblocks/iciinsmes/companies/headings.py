"""Names of columns in tables of firms, in the five languages of the programme; pure."""

from __future__ import annotations

import re
import unicodedata

from iciinsmes.lib.mail_addresses import visible

#: Each name once, with capitals, accents, spaces, dashes, brackets and marks as one likes; see `heading_key`.
_NAMES = {
    "company": """
        company, company name, name of company, name of the company, firm, firm name, name of firm, name of the firm,
        business, business name, name of the business, enterprise, name of the enterprise, employer, workplace,
        organisation, organization, SME
        Firma, Firmenname, Name der Firma, Unternehmen, Unternehmensname, Name des Unternehmens, Betrieb, Betriebsname,
        Name des Betriebs, Name des Betriebes, Arbeitgeber, Ausbildungsbetrieb, Organisation, KMU
        virksomhed, virksomheden, virksomhedsnavn, virksomhedens navn, navn på virksomhed, navn på virksomheden, firma,
        firmanavn, firmaets navn, arbejdsgiver, arbejdsplads, arbejdssted
        nazwa firmy, przedsiębiorstwo, nazwa przedsiębiorstwa, zakład, zakład pracy, nazwa zakładu, pracodawca,
        organizacja, MŚP
        cég, cégnév, cég neve, a cég neve, vállalkozás, vállalkozás neve, a vállalkozás neve, vállalat, vállalatnév,
        vállalat neve, a vállalat neve, munkáltató, munkahely, szervezet, KKV
    """,
    "country": """
        country, country code, country name, name of country, name of the country, state, country of the firm,
        country of the company, ISO country code
        Land, Ländercode, Länderkürzel, Landeskürzel, Staat, Land der Firma, Land des Betriebs
        landekode, landenavn, firmaets land, virksomhedens land
        kraj, kod kraju, nazwa kraju, państwo, kraj firmy
        ország, országkód, ország neve, ország kódja, cég országa
    """,
    "region": """
        region, town, city, place, location, district, county, municipality, region or town
        Ort, Stadt, Standort, Bundesland, Landkreis, Kreis, Gemeinde, Wohnort, Region Ort, Ort Region
        by, kommune, sted, område, landsdel
        miasto, miejscowość, województwo, gmina, powiat, rejon
        régió, város, település, megye, helység, járás, térség
    """,
    "trade": """
        trade, branch, branch of trade, line of business, industry, sector, business sector, craft
        Branche, Gewerbe, Gewerk, Handwerk, Wirtschaftszweig, Sektor
        fag, brancha, branchen, håndværk, sektor, erhverv
        branża, rzemiosło, dziedzina, sektor działalności, rodzaj działalności
        szakma, szakág, ágazat, iparág, tevékenység, tevékenységi kör
    """,
    "size": """
        size, size class, company size, firm size, size of company, size of the company, size of firm, staff,
        staff size,
        employees, number of employees, no of employees, headcount, number of staff, people, number of people
        Größe, Betriebsgröße, Unternehmensgröße, Firmengröße, Größenklasse, Mitarbeiter, Mitarbeiterzahl, Mitarbeitende,
        Anzahl Mitarbeiter, Anzahl der Mitarbeiter, Anzahl Mitarbeitende, Anzahl der Mitarbeitenden,
        Zahl der Mitarbeiter,
        Beschäftigte, Anzahl Beschäftigte, Anzahl der Beschäftigten, Beschäftigtenzahl, Personal
        størrelse, virksomhedens størrelse, virksomhedsstørrelse, ansatte, antal ansatte, medarbejdere,
        antal medarbejdere
        wielkość, wielkość firmy, rozmiar, rozmiar firmy, zatrudnienie, pracownicy, liczba pracowników,
        liczba zatrudnionych
        méret, cégméret, cég mérete, méretkategória, létszám, dolgozók száma, dolgozói létszám, alkalmazottak,
        alkalmazottak száma, foglalkoztatottak száma, munkavállalók száma
    """,
    "username": """
        username, user name, user, login, login name, account, account name, user ID
        Benutzername, Nutzername, Benutzer, Nutzer, Anmeldename, Benutzerkennung, Konto, Login-Name
        brugernavn, bruger, brugerkonto, loginnavn, konto
        nazwa użytkownika, użytkownik, nazwa konta
        felhasználónév, felhasználói név, felhasználó, bejelentkezési név, fiók
    """,
    "email": """
        email, e-mail, mail, email address, mail address, address of email, electronic mail, electronic mail address,
        work email, business email, company email, contact email, personal email, email work, email ID, emails
        E-Mail-Adresse, Mailadresse, Mail-Adresse, elektronische Post, E-Post, E-Post-Adresse, dienstliche E-Mail,
        E-Mail dienstlich, Adresse E-Mail, E-Mail-Anschrift, Kontakt-E-Mail
        e-mailadresse, mailadr, elektronisk post, e-post, arbejdsmail, arbejds-e-mail, mail adresse
        adres e-mail, adres mailowy, adres email, adres poczty elektronicznej, poczta elektroniczna, poczta,
        e-mail służbowy, służbowy e-mail, służbowy adres e-mail
        e-mail cím, e-mail címe, email cím, mail cím, levélcím, elektronikus levélcím, elektronikus cím, drótposta,
        drótpostacím, villámposta, céges e-mail, munkahelyi e-mail, elektronikus posta
    """,
    "first_name": """
        first name, given name, forename, first names, given names, Christian name
        Vorname, Vornamen, Rufname
        fornavn, fornavne
        imię, imiona
        keresztnév, utónév, keresztneve, utóneve
    """,
    "last_name": """
        last name, surname, family name, second name
        Nachname, Familienname, Zuname
        efternavn, familienavn
        nazwisko, nazwiska
        vezetéknév, családnév, családi név, vezetékneve
    """,
}

#: Letters that Unicode does not take apart, and what those write who have no such key.
_PLAIN = str.maketrans({"ł": "l", "ß": "ss", "ø": "o", "æ": "ae", "đ": "d"})
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ß": "ss"})
_IN_BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?|\{[^}]*\}?")
_POST = re.compile(r"e?mail|epost|@")


def field_of(heading: str) -> str:
    """Return which field a column holds by its heading, empty for one that means nothing here."""
    return next((_FIELDS[key] for key in _keys(heading) if key in _FIELDS), "")


def sounds_like_mail(heading: str) -> bool:
    """Tell whether a heading that is not known speaks of mail."""
    return (
        _POST.search("".join(sign for sign in visible(heading).casefold() if sign.isalnum() or sign == "@")) is not None
    )


def heading_key(heading: str) -> str:
    """Return what all spellings of a heading have in common: plain letters and digits without anything between."""
    return _key(visible(heading).casefold().translate(_PLAIN))


def _key(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if sign.isalnum())


def _keys(heading: str) -> tuple[str, str]:
    """Return the key without what stands in brackets, and with it: units stand there, and parts of names."""
    return heading_key(_IN_BRACKETS.sub(" ", visible(heading))), heading_key(heading)


def _known() -> dict[str, str]:
    found = {}
    for field, names in _NAMES.items():
        for name in re.split(r"[,\n]", names):
            if name.strip():
                found[heading_key(name)] = field
                found[_key(name.strip().casefold().translate(_TWO_LETTERS))] = field
    return found


_FIELDS = _known()
