"""Countries that a firm can be in: ISO 3166-1 codes with their names in the reader's language."""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from iciinsmes.lib.mail_addresses import visible
from iciinsmes.platform.languages import offered

from .headings import heading_key
from .rules import loose_key

#: Europe, where the colleges and their firms are. A list, not free text: reports count firms by country.
_NAMES = {
    "AL": _("Albania"),
    "AT": _("Austria"),
    "BA": _("Bosnia and Herzegovina"),
    "BE": _("Belgium"),
    "BG": _("Bulgaria"),
    "BY": _("Belarus"),
    "CH": _("Switzerland"),
    "CY": _("Cyprus"),
    "CZ": _("Czechia"),
    "DE": _("Germany"),
    "DK": _("Denmark"),
    "EE": _("Estonia"),
    "ES": _("Spain"),
    "FI": _("Finland"),
    "FR": _("France"),
    "GB": _("United Kingdom"),
    "GR": _("Greece"),
    "HR": _("Croatia"),
    "HU": _("Hungary"),
    "IE": _("Ireland"),
    "IS": _("Iceland"),
    "IT": _("Italy"),
    "LI": _("Liechtenstein"),
    "LT": _("Lithuania"),
    "LU": _("Luxembourg"),
    "LV": _("Latvia"),
    "MD": _("Moldova"),
    "ME": _("Montenegro"),
    "MK": _("North Macedonia"),
    "MT": _("Malta"),
    "NL": _("Netherlands"),
    "NO": _("Norway"),
    "PL": _("Poland"),
    "PT": _("Portugal"),
    "RO": _("Romania"),
    "RS": _("Serbia"),
    "SE": _("Sweden"),
    "SI": _("Slovenia"),
    "SK": _("Slovakia"),
    "TR": _("Türkiye"),
    "UA": _("Ukraine"),
}

#: Other names in the languages of the programme, the country's own, codes of three letters, and what people write for
#: short. Names of two countries are not here: Georgia and Macedonia are asked about.
_ALSO = {
    "AL": "ALB|Albanien|Albánia|Shqipëri|Shqipëria|Republic of Albania",
    "AT": "AUT|Austria|Österreich|Oesterreich|Østrig|Oestrig|Ausztria|Republik Österreich|Republic of Austria",
    "BA": "BIH|Bosnia|Bosnien|Bosnien und Herzegowina|Bosnien-Herzegowina|Bosnien-Hercegovina"
    "|Bosnien og Hercegovina|Bośnia"
    "|Bośnia i Hercegowina|Bosznia|Bosznia-Hercegovina|Bosna i Hercegovina|Босна и Херцеговина|Bosnia-Herzegovina"
    "|Bosnia & Herzegovina",
    "BE": "BEL|Belgien|Belgia|Belgium|België|Belgique|Kingdom of Belgium",
    "BG": "BGR|Bulgarien|Bułgaria|Bulgária|България|Republic of Bulgaria",
    "BY": "BLR|Belorussia|Byelorussia|Weißrussland|Weissrussland|Hviderusland|Białoruś|Belarusz|Fehéroroszország"
    "|Беларусь",
    "CH": "CHE|Schweiz|Suisse|Svizzera|Svizra|Szwajcaria|Svájc|Swiss|Swiss Confederation|Die Schweiz",
    "CY": "CYP|Zypern|Cypern|Cypr|Ciprus|Κύπρος|Kıbrıs|Republic of Cyprus",
    "CZ": "CZE|Czech Republic|The Czech Republic|Tschechien|Tschechische Republik|Tjekkiet|Den Tjekkiske Republik"
    "|Czechy"
    "|Republika Czeska|Csehország|Cseh Köztársaság|Česko|Česká republika|Czech",
    "DE": "DEU|GER|BRD|Deutschland|Tyskland|Niemcy|Németország|Bundesrepublik Deutschland|Federal Republic of Germany"
    "|Forbundsrepublikken Tyskland|Republika Federalna Niemiec|RFN|Német Szövetségi Köztársaság|NSZK",
    "DK": "DNK|Danmark|Dänemark|Daenemark|Dania|Dánia|Kongeriget Danmark|Kingdom of Denmark|Königreich Dänemark"
    "|Królestwo Danii|Dán Királyság",
    "EE": "EST|Estland|Eesti|Észtország|Republic of Estonia",
    "ES": "ESP|Spanien|Hiszpania|Spanyolország|España|Espanya|Espainia|Kingdom of Spain",
    "FI": "FIN|Finnland|Finlandia|Finnország|Suomi|Republic of Finland",
    "FR": "FRA|Frankreich|Frankrig|Francja|Franciaország|République française|French Republic",
    "GB": "GBR|UK|Great Britain|Britain|United Kingdom of Great Britain and Northern Ireland|The United Kingdom|England"
    "|Scotland|Wales|Northern Ireland|Großbritannien|Grossbritannien|Vereinigtes Königreich|Vereinigtes Koenigreich"
    "|Schottland"
    "|Nordirland|Storbritannien|Det Forenede Kongerige|Skotland|Wielka Brytania|Zjednoczone Królestwo|Anglia"
    "|Szkocja|Walia"
    "|Irlandia Północna|Nagy-Britannia|Egyesült Királyság|Skócia|Észak-Írország|Y Deyrnas Unedig",
    "GR": "GRC|EL|Hellas|Griechenland|Grækenland|Graekenland|Grecja|Görögország|Ελλάδα|Ελλάς|Hellenic Republic",
    "HR": "HRV|Kroatien|Chorwacja|Horvátország|Hrvatska|Republika Hrvatska|Republic of Croatia",
    "HU": "HUN|Ungarn|Węgry|Magyarország|Magyar Köztársaság|Republic of Hungary|Republik Ungarn",
    "IE": "IRL|Irland|Irlandia|Írország|Éire|Eire|Republic of Ireland|Republik Irland",
    "IS": "ISL|Island|Islandia|Izland|Ísland|Republic of Iceland",
    "IT": "ITA|Italien|Włochy|Olaszország|Italia|Italian Republic",
    "LI": "LIE|Fürstentum Liechtenstein|FL",
    "LT": "LTU|Litauen|Litwa|Litvánia|Lietuva|Republic of Lithuania",
    "LU": "LUX|Luxemburg|Luksemburg|Lëtzebuerg|Grand Duchy of Luxembourg",
    "LV": "LVA|Lettland|Letland|Łotwa|Lettország|Latvija|Republic of Latvia",
    "MD": "MDA|Moldau|Moldawien|Republik Moldau|Republic of Moldova|Mołdawia|Mołdowa|Republica Moldova",
    "ME": "MNE|Czarnogóra|Montenegró|Crna Gora|Црна Гора",
    "MK": "MKD|Nordmazedonien|Nordmakedonien|Macedonia Północna|Észak-Macedónia|FYROM|Северна Македонија"
    "|Republic of North Macedonia",
    "MT": "MLT|Málta|Republic of Malta",
    "NL": "NLD|The Netherlands|Holland|Niederlande|Die Niederlande|Nederlandene|Holandia|Niderlandy|Hollandia|Nederland"
    "|Kingdom of the Netherlands",
    "NO": "NOR|Norwegen|Norwegia|Norvégia|Norge|Noreg|Kingdom of Norway",
    "PL": "POL|Polen|Polska|Lengyelország|Rzeczpospolita Polska|RP|Republic of Poland|Republik Polen|Republikken Polen"
    "|Lengyel Köztársaság",
    "PT": "PRT|Portugalia|Portugália|Portuguese Republic",
    "RO": "ROU|ROM|Rumänien|Rumaenien|Rumænien|Rumunia|Románia|România|Roumania",
    "RS": "SRB|Serbien|Szerbia|Srbija|Србија|Republic of Serbia",
    "SE": "SWE|Schweden|Szwecja|Svédország|Sverige|Kingdom of Sweden",
    "SI": "SVN|Slowenien|Slovenien|Słowenia|Szlovénia|Slovenija|Republic of Slovenia",
    "SK": "SVK|Slovak Republic|Slowakei|Slowakische Republik|Slovakiet|Słowacja|Szlovákia|Slovensko"
    "|Slovenská republika",
    "TR": "TUR|Turkey|Türkei|Tuerkei|Tyrkiet|Turcja|Törökország|Turkiye|Republic of Turkey|Republic of Türkiye",
    "UA": "UKR|Ukraina|Ukrajna|Україна|The Ukraine",
}

#: What stands between two names of one country.
_BETWEEN = re.compile(r"[/|,;()\[\]=]|\s[-–—]\s|\s(?:and|or|und|oder|og|eller|i|lub|és|vagy)\s", re.IGNORECASE)


def country_choices() -> list[tuple[str, str]]:
    """Return codes and names in the reader's language, in the order in which people look for them."""
    return sorted(((code, gettext(name)) for code, name in _NAMES.items()), key=lambda entry: loose_key(entry[1]))


def country_name(code: str) -> str:
    """Return the name in the reader's language; a code that is not in the list stands for itself."""
    return gettext(_NAMES[code]) if code in _NAMES else code


def country_codes() -> frozenset[str]:
    """Return the codes that a firm can have."""
    return frozenset(_NAMES)


def read_country(text: str) -> str:
    """Return the code of the country that a table names by code or name, in whatever language the page is.

    Several names of one country are that country: “Denmark (DK)”, “Deutschland / Germany”.

    Returns:
        The code; empty if nothing is named, or nothing that is known, or several countries.
    """
    key = heading_key(text)
    if key in _spoken():
        return _spoken()[key]
    pieces = [heading_key(piece) for piece in _BETWEEN.split(visible(text)) if heading_key(piece)]
    found = {_spoken().get(piece, "") for piece in pieces}
    return found.pop() if len(found) == 1 else ""


@cache
def _spoken() -> dict[str, str]:
    """Return what means which country: codes, names in the languages of the product, and others."""
    found = {code.casefold(): code for code in _NAMES}
    for code, names in _ALSO.items():
        found |= {heading_key(name): code for name in names.split("|")}
    for language in ("en", *(code for code, _name in offered())):
        with override(language):
            found |= {heading_key(gettext(name)): code for code, name in _NAMES.items()}
    return found
