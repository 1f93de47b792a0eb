"""Mail addresses as people write them: which one is meant, and whether two are the same.

The one place that says so, for everything that is typed, imported or compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

#: What stands around an address in tables, mail programs and web pages, and is no part of it.
_AROUND = " \t\r\n.,;:'\"`´‘’“”„‚«»‹›<>()[]{}|"
_ADDRESS = re.compile(r"[^\s<>()\[\]{},;:\"|/„“”«»]+@[^\s<>()\[\]{},;:\"|/„“”«»@?]+")
_LABELS = re.compile(r"^(?:mailto|e-?mail|mail)\s*:\s*", re.IGNORECASE)
#: Full stops of East Asian keyboards.
_STOPS = str.maketrans("。｡．", "...")
#: Two names of one service.
_SAME_SERVICE = {"googlemail.com": "gmail.com"}


def visible(text: str) -> str:
    """Return the text as it looks: full-width letters as plain ones, nothing without a width, single spaces."""
    plain = unicodedata.normalize("NFKC", "".join(sign for sign in text if unicodedata.category(sign) != "Cf"))
    signs = (" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in plain)
    return " ".join("".join(signs).split())


def tidy_address(text: str) -> str:
    """Return the address alone, without name, link, brackets and invisible signs.

    Text without an address, or with several, comes back as it looks: somebody has to say what is meant.
    """
    found = addresses_in(text)
    return found[0] if len(found) == 1 else visible(text)


def addresses_in(text: str) -> tuple[str, ...]:
    """Return each different address that is written in the text."""
    plain = re.sub(r"\s*@\s*", "@", _LABELS.sub("", visible(text.translate(_STOPS))))
    plain = re.sub(r"mailto:\s*", " ", plain, flags=re.IGNORECASE)
    found: dict[str, str] = {}
    for match in _ADDRESS.finditer(plain):
        written = match[0].strip(_AROUND)
        written = unquote(written) if "%" in written else written
        found.setdefault(address_key(written), written)
    return tuple(found.values())


def is_address(text: str) -> bool:
    """Tell whether the text is one address and nothing else."""
    try:
        validate_email(_ascii(text))
    except ValidationError:
        return False
    return True


def address_key(address: str) -> str:
    """Return what all spellings of one address have in common: no capitals, the domain in its own letters."""
    local, at, domain = visible(address.translate(_STOPS)).strip(_AROUND).lower().rpartition("@")
    return f"{local}{at}{'.'.join(map(_own_letters, domain.split('.')))}"


def mailbox_key(address: str) -> str:
    """Return what addresses have in common that end in one mailbox: a tag behind + and dots do not make another.

    Not every provider leaves out dots. Who asks here wants to know whether two people are one, and rather asks once too
    often.
    """
    local, at, domain = address_key(address).rpartition("@")
    return f"{local.split('+')[0].replace('.', '')}{at}{_SAME_SERVICE.get(domain, domain)}"


def spellings(address: str) -> frozenset[str]:
    """Return how an account may hold the address, in small letters as databases make them."""
    key = address_key(address)
    local, at, domain = key.rpartition("@")
    in_ascii = f"{local}{at}{_ascii_domain(domain)}"
    # SQLite makes only plain letters small: Ü stays as it is.
    return frozenset(
        form for one in (key, in_ascii) for form in (one, "".join(map(_plain_lower, one.upper().replace("ẞ", "ß"))))
    )


def accounts_known_as(*, usernames: Iterable[str] = (), addresses: Iterable[str] = ()) -> QuerySet[Any]:
    """Return the accounts with one of the user names, in whatever capitals, or addresses, in whatever spelling."""
    exact = {name for name in usernames if name}
    loose = {visible(name).lower() for name in exact}
    spelled = {spelling for address in addresses for spelling in spellings(address)}
    accounts = get_user_model().objects.annotate(lower_name=Lower("username"), lower_email=Lower("email"))
    return accounts.filter(Q(username__in=exact) | Q(lower_name__in=loose) | Q(lower_email__in=spelled))


def accounts_meant(who: str, *, active_only: bool = True) -> list[Any]:
    """Return the accounts that somebody means who types a user name or an address: several where that is unclear."""
    address = tidy_address(who) if "@" in who else ""
    found = list(accounts_known_as(usernames=[who.strip()], addresses=[address] if address else []).order_by("pk"))
    found = [account for account in found if account.is_active or not active_only]
    exact = [account for account in found if account.get_username() == who.strip()]
    return exact or found


def _plain_lower(sign: str) -> str:
    return sign.lower() if sign.isascii() else sign


def _own_letters(label: str) -> str:
    """Return a part of a domain in its own letters, ``xn--mller-kva`` as ``müller``."""
    if label.startswith("xn--"):
        try:
            return unicodedata.normalize("NFC", label[4:].encode("ascii").decode("punycode")).lower()
        except UnicodeError:
            return label
    return label


def _ascii_domain(domain: str) -> str:
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}" for label in domain.split(".")
    )


def _ascii(address: str) -> str:
    """Return the address as Django's check takes it, which knows plain letters only before the @."""
    local, at, domain = address.rpartition("@")
    return (
        f"{''.join(sign if sign.isascii() or not sign.isalnum() else 'x' for sign in local)}{at}{_ascii_domain(domain)}"
    )
