"""Pure rules about firms: what may be kept, and when two names mean the same firm."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace

from django.utils.translation import gettext as _

from iciinsmes.lib.decimals import typed_number
from iciinsmes.lib.mail_addresses import visible

from .data import CompanyForm

NAME_LENGTH = 200
WORD_LENGTH = 120

#: Size classes with the largest number of staff in each.
SIZES = (("1", 1), ("2-9", 9), ("10-49", 49), ("50-249", 249))

#: Letters that Unicode does not take apart into a base and an accent.
_LETTERS = str.maketrans({"ł": "l", "ß": "ss", "ø": "o", "æ": "ae", "đ": "d", "œ": "oe", "þ": "th"})

#: Legal forms; a firm is the same with and without.
_FORMS = re.compile(
    r"\b(gmbh|mbh|ug|ag|kg|ohg|gbr|e k|co|sp z o o|sp j|s c|s a|kft|bt|zrt|nyrt|aps|a s|i s|as|oy|ab|ltd|llc|inc|s r o"
    r"|d o o|srl|sarl|sas|bv|nv|uab|sia|ou)\b"
)


def tidy(text: str) -> str:
    """Return the text in one line, composed, without control characters and signs that nobody sees."""
    kept = (letter for letter in text if unicodedata.category(letter) != "Cf")
    cleaned = "".join(" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in kept)
    return " ".join(unicodedata.normalize("NFC", cleaned).split())


def tidy_form(form: CompanyForm) -> CompanyForm:
    """Return the form as it would be kept."""
    return replace(
        form,
        name=tidy(form.name),
        country=form.country.strip().upper(),
        region=tidy(form.region),
        trade=tidy(form.trade),
        size_class=form.size_class.strip(),
    )


def check_company(form: CompanyForm, countries: Collection[str]) -> dict[str, str]:
    """Return one sentence for each field that cannot be kept."""
    errors = {}
    if not form.name:
        errors["name"] = _("Write the name of the firm.")
    elif len(form.name) > NAME_LENGTH:
        errors["name"] = _("The name is too long: at most %(limit)s characters.") % {"limit": NAME_LENGTH}
    if form.country not in countries:
        errors["country"] = _("Choose the country of the firm.")
    if len(form.region) > WORD_LENGTH:
        errors["region"] = _("The region is too long: at most %(limit)s characters.") % {"limit": WORD_LENGTH}
    if len(form.trade) > WORD_LENGTH:
        errors["trade"] = _("The trade is too long: at most %(limit)s characters.") % {"limit": WORD_LENGTH}
    if form.size_class not in {size for size, _largest in SIZES}:
        errors["size_class"] = _("Choose how many people work in the firm.")
    return errors


def exact_key(name: str) -> str:
    """Return what two spellings of the same name have in common: capitals, spaces and full width do not count."""
    return visible(name).casefold()


def loose_key(name: str) -> str:
    """Return what names of probably the same firm have in common: no accents, marks or legal form either."""
    plain = unicodedata.normalize("NFKD", tidy(name).casefold().translate(_LETTERS))
    words = re.sub(r"[^\w]+", " ", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    return " ".join(_FORMS.sub(" ", words).split()) or words.strip()


def read_size(text: str) -> str | None:
    """Return the size class that a table means, as a class with any dash or as a number of staff; None if neither."""
    dashed = ("-" if unicodedata.category(letter) == "Pd" else letter for letter in text)
    plain = "".join(dashed).replace(" ", "")
    for size, _largest in SIZES:
        if plain == size:
            return size
    number = typed_number(plain.replace(",", "."))
    if number is None or number <= 0:
        return None
    return next((size for size, largest in SIZES if number <= largest), None)
