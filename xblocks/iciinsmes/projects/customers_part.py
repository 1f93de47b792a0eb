"""The customers of a project: what they said, what was understood, and what exercises and tasks have shown."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from . import api
from .data import Kind, ProjectPart
from .kinds import KINDS
from .shown_parts import Pill, files_in, line_of, new_url, part_url, short_day


def customers_context(shown: api.Shown) -> dict[str, Any]:
    """Return what the template of the customers needs; what a member may take over is read in two queries more.

    A block only says where that is: it is read on every visit of a unit, and taken over now and then.
    """
    contacts = sorted(
        shown.entries[Kind.CONTACT], key=lambda entry: (entry.content["on"], entry.created_at), reverse=True
    )
    files = files_in(shown, Kind.CONTACT)
    need = shown.rules.thresholds.customers
    return {
        "contact_rows": [
            (line_of(shown, entry, hide=("words", "customer"), files=files), entry.content["words"])
            for entry in contacts
        ],
        "insights": [line_of(shown, entry, pill=_sources(entry.content)) for entry in shown.entries[Kind.INSIGHT]],
        "results": [line_of(shown, entry, hide=("link",)) for entry in shown.entries[Kind.RESULT]],
        "new_contact": new_url(shown, Kind.CONTACT),
        "new_insight": new_url(shown, Kind.INSIGHT),
        "new_result": new_url(shown, Kind.RESULT),
        "result_kind": KINDS[Kind.RESULT],
        "customers": _("%(count)s of %(need)s customers for gate G2") % {"count": shown.facts.customers, "need": need},
        "offers": _offers(shown) if shown.can_change and not shown.in_block else (),
        "offers_url": f"{part_url(shown, ProjectPart.CUSTOMERS)}#offers" if shown.can_change and shown.in_block else "",
        "take_url": reverse("iciinsmes:project-take", args=[shown.course_key, shown.project.id]),
        "has_kpis": bool(shown.entries[Kind.KPI]),
    }


def _offers(shown: api.Shown) -> list[dict[str, Any]]:
    found = api.offers_for(user_id=shown.user_id, course_key=shown.course_key, entries=shown.entries[Kind.RESULT])
    return [
        {
            "key": offer.key,
            "title": offer.title,
            "about": " · ".join(
                filter(None, (offer.source, short_day(offer.on), _("invented data") if offer.is_demo else ""))
            ),
            "link": offer.link,
            "is_result": offer.key.startswith("result:"),
        }
        for offer in found
    ]


def _sources(content: Any) -> Pill:
    count = len(content.get("sources", ()))
    if count > 1:
        return Pill("good", "✓", _("%(count)s sources") % {"count": count})
    return Pill("warn", "▲", _("one more source is needed"))
