"""What can be kept about an offer; the same for a page, a table and the file of examples. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import fields, replace

from django.utils.translation import gettext as _

from iciinsmes.lib.mail_addresses import is_address, tidy_address

from .data import STAGES, EntryValues, Given, Need, Status, SupportKind

#: The most characters of each text, as the table has them.
LENGTHS: Mapping[str, int] = {
    "region": 120,
    "name": 200,
    "former_names": 500,
    "provider": 200,
    "benefit": 500,
    "trades": 200,
    "amount": 200,
    "share": 120,
    "contact_name": 200,
    "contact_phone": 60,
    "contact_mail": 254,
    "answers_in": 120,
    "url": 500,
    "source_url": 500,
    "note": 4_000,
}
_LINK = re.compile(r"https?://[^\s<>\"]{3,490}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_MOST_LANGUAGES = 20


def tidied(values: EntryValues) -> EntryValues:
    """Return what somebody has written as it is kept: no spaces around, codes in their order and each once."""
    texts = {name: getattr(values, name).strip() for name in LENGTHS}
    return replace(
        values,
        **{**texts, "contact_mail": tidy_address(texts["contact_mail"]) if texts["contact_mail"] else ""},
        country=values.country.strip().upper(),
        kind=values.kind.strip(),
        given=values.given.strip(),
        status=values.status.strip() or Status.UNKNOWN.value,
        languages=tuple(sorted({code.strip().lower() for code in values.languages if code.strip()})),
        sizes=tuple(dict.fromkeys(values.sizes)),
        stages=tuple(sorted({stage.strip().upper() for stage in values.stages if stage.strip()})),
        needs=tuple(dict.fromkeys(values.needs)),
    )


def problems_of(values: EntryValues, *, countries: Collection[str], sizes: Collection[str]) -> dict[str, str]:
    """Return one sentence for each field that cannot be kept.

    Args:
        values: as `tidied` returns them.
        countries: codes that there are, `data.EU` among them.
        sizes: size classes that there are.
    """
    found: dict[str, str] = {}
    if values.country not in countries:
        found["country"] = _("Choose the country, or the European Union.")
    if not values.name:
        found["name"] = _("Write the name of the offer.")
    _one_of(found, "kind", values.kind, [kind.value for kind in SupportKind])
    _one_of(found, "given", values.given, [each.value for each in Given])
    _one_of(found, "status", values.status, [each.value for each in Status])
    _all_of(found, "sizes", values.sizes, sizes)
    _all_of(found, "stages", values.stages, STAGES)
    _all_of(found, "needs", values.needs, [need.value for need in Need])
    strange = [code for code in values.languages if not _LANGUAGE.fullmatch(code)]
    if strange or len(values.languages) > _MOST_LANGUAGES:
        found["languages"] = _("Write codes of languages, such as de, da or pl.")
    for name in ("url", "source_url"):
        if getattr(values, name) and not _LINK.fullmatch(getattr(values, name)):
            found[name] = _("Write the whole address, beginning with https://")
    if values.contact_mail and not is_address(values.contact_mail):
        found["contact_mail"] = _("This is no mail address.")
    if values.valid_from and values.valid_until and values.valid_until < values.valid_from:
        found["valid_until"] = _("The last day is before the first one.")
    for name, most in LENGTHS.items():
        if len(getattr(values, name)) > most:
            found[name] = _("This is too long: at most %(limit)s characters.") % {"limit": most}
    return found


def names() -> tuple[str, ...]:
    """Return the fields of an entry, in their order."""
    return tuple(each.name for each in fields(EntryValues))


def _one_of(found: dict[str, str], name: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        found[name] = _("Choose one of: %(values)s") % {"values": ", ".join(each for each in known if each)}


def _all_of(found: dict[str, str], name: str, values: Collection[str], known: Collection[str]) -> None:
    if any(value not in known for value in values):
        found[name] = _("Choose among: %(values)s") % {"values": ", ".join(known)}
