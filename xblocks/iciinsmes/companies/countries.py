"""Countries that a firm can be in: ISO 3166-1 codes with their names in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

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


def country_choices() -> list[tuple[str, str]]:
    """Return codes and names in the reader's language, in the order in which people look for them."""
    return sorted(((code, gettext(name)) for code, name in _NAMES.items()), key=lambda entry: loose_key(entry[1]))


def country_name(code: str) -> str:
    """Return the name in the reader's language; a code that is not in the list stands for itself."""
    return gettext(_NAMES[code]) if code in _NAMES else code


def country_codes() -> dict[str, str]:
    """Return what a table may say for each country (code, English name, name in the reader's language) and its code."""
    found = {code.casefold(): code for code in _NAMES}
    found |= {gettext(name).casefold(): code for code, name in _NAMES.items()}
    with override("en"):
        found |= {name.casefold(): code for code, name in _NAMES.items()}
    return found
