"""What the pages of the directory show: entries in words, what fits, and whom the firm has asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.platform import host

from . import api
from .data import ContactData, Given, Helped, Need, Reader, SupportEntryData, SupportKind
from .labels import GIVEN, KINDS, NEEDS, caution, checked_words, fresh_words, language_name, place_name, state_view
from .rules import freshness_of, state_of, today_in

#: Spaces, dashes and brackets, which people write between digits, and a zero that is not dialled from abroad.
_NOT_DIALLED = re.compile(r"\(0\)|[^+\d]")


@dataclass(frozen=True)
class OfferView:
    """An entry in words; ``facts`` are label and text of what is known, ``state`` a pill."""

    data: SupportEntryData
    url: str
    kind: str
    place: str
    state: Mapping[str, str]
    fresh: str
    checked: str
    facts: tuple[tuple[str, str], ...]
    contacted: str = ""

    @property
    def tel(self) -> str:
        """The telephone number as a phone dials it: digits alone, and a plus before them."""
        return _NOT_DIALLED.sub("", self.data.values.contact_phone)


def entry_view(
    entry: SupportEntryData, course_key: CourseKey, contacted: Mapping[UUID, str] | None = None
) -> OfferView:
    """Return an entry in the reader's language; ``contacted`` says of some ids when the firm has asked there."""
    now, values = timezone.now(), entry.values
    today = today_in(values.country, now)
    return OfferView(
        data=entry,
        url=reverse("iciinsmes:support-entry", args=[course_key, entry.id]),
        kind=str(KINDS[SupportKind(values.kind)]),
        place=place_name(entry.area),
        state=state_view(entry, state_of(values, today)),
        fresh=fresh_words(entry, freshness_of(entry.seen_on, today_in("", now))),
        checked=checked_words(entry),
        facts=tuple(_facts(entry)),
        contacted=(contacted or {}).get(entry.id, ""),
    )


def entry_views(
    entries: Iterable[SupportEntryData], course_key: CourseKey, contacts: Iterable[ContactData] = ()
) -> list[OfferView]:
    """Return entries in words, those marked where the firm has asked."""
    contacted = {each.entry_id: contact_words(each) for each in contacts}
    return [entry_view(each, course_key, contacted) for each in entries]


def referral_context(reader: Reader, course_key: CourseKey, *, need: str = "", stage: str = "") -> dict[str, Any]:
    """Return what the page and the block show: needs to choose from, at most three offers, the one named person."""
    want = api.want_of(reader=reader, course_key=course_key, need=need, stage=stage, language=get_language() or "")
    contacts = api.contacts_of(reader=reader, course_key=course_key)
    page = reverse("iciinsmes:support", args=[course_key])
    return {
        "course_key": course_key,
        "reader": reader,
        "need": want.need,
        "need_words": NEEDS[Need(want.need)] if want.need else "",
        "stage": want.stage,
        "needs": [(str(words), f"{page}?need={each.value}", each == want.need) for each, words in NEEDS.items()],
        "hits": entry_views(api.refer(want=want), course_key, contacts),
        "adviser": api.adviser_of(reader=reader, course_key=course_key),
        "contacts": contact_views(contacts, course_key, reader),
        "caution": caution(),
    }


def contact_views(contacts: tuple[ContactData, ...], course_key: CourseKey, reader: Reader) -> list[dict[str, Any]]:
    """Return whom the firm has asked with what can be said about it; names of colleagues take one query."""
    others = {each.user_id for each in contacts if each.user_id not in (None, reader.user_id)}
    names = host().names({each for each in others if each is not None}) if others else {}
    return [
        {
            "data": each,
            "url": reverse("iciinsmes:support-entry", args=[course_key, each.entry_id]),
            "outcome_url": reverse("iciinsmes:support-outcome", args=[course_key, each.id]),
            "who": names.get(each.user_id or 0, ""),
            "is_own": each.user_id == reader.user_id,
            "asks_answer": each.answered is None,
            "asks_help": each.answered is True and each.helped is Helped.UNSAID,
            "words": contact_words(each),
        }
        for each in contacts
    ]


def contact_words(contact: ContactData) -> str:
    """Return what is known of a contact in a few words."""
    if contact.answered is None:
        return _("asked, no answer noted yet")
    if not contact.answered:
        return _("asked, got no answer")
    return {
        Helped.UNSAID: _("answered"),
        Helped.YES: _("answered and helped"),
        Helped.PARTLY: _("answered, helped in part"),
        Helped.NO: _("answered, did not help"),
    }[contact.helped]


def _facts(entry: SupportEntryData) -> Iterable[tuple[str, str]]:
    values = entry.values
    sizes = ", ".join(companies.size_name(size_class=size) for size in values.sizes)
    found = (
        (_("For whom"), ", ".join(filter(None, (sizes, values.trades)))),
        (_("What you get"), str(GIVEN[Given(values.given)]) if values.given else ""),
        (_("Amount"), values.amount),
        (_("Share that is paid"), values.share),
        (_("Helps with"), ", ".join(str(NEEDS[Need(need)]) for need in values.needs)),
        (_("Stages of a project"), ", ".join(values.stages)),
        (_("Languages"), ", ".join(language_name(code) for code in values.languages)),
        (_("Answers within"), values.answers_in),
        (_("Earlier names"), values.former_names),
        (_("Note"), values.note),
    )
    return ((label, text) for label, text in found if text)
