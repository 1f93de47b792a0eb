"""What several parts of a project's page show alike: where things are done, entries as lines, states as pills."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iciinsmes.evidence.data import EvidenceData
from iciinsmes.lib import dates
from iciinsmes.lib.decimals import percent

from . import api
from .content import day_of, minutes_of, number_of
from .data import EntryData, Kind, ProjectPart
from .fields import FieldKind
from .forms import words_of
from .kinds import KINDS
from .labels import head_of
from .rule_data import CheckItem, Finding
from .rules.keys import Action


@dataclass(frozen=True)
class Pill:
    """A state: a class of iciinsmes.css, a sign and a word."""

    tone: str
    sign: str
    words: str


@dataclass(frozen=True)
class Line:
    """An entry in a list: what it is called, what else stands in it, and who made it."""

    id: str
    kind: str
    head: str
    facts: tuple[tuple[str, str], ...]
    about: str
    files: tuple[EvidenceData, ...] = ()
    pill: Pill | None = None


def part_url(shown: api.Shown, part: ProjectPart) -> str:
    """Return the address of a part; of the whole, that of the project."""
    place = [shown.course_key, shown.project.id]
    if part is ProjectPart.WHOLE:
        return reverse("iciinsmes:project", args=place)
    return reverse("iciinsmes:project-part", args=[*place, part.value])


def new_url(shown: api.Shown, kind: Kind, **start: str) -> str:
    """Return the address of the form for a new entry, with what it begins with."""
    address = reverse("iciinsmes:project-entry-new", args=[shown.course_key, shown.project.id, kind.value])
    return f"{address}?{urlencode(start)}" if start else address


def entry_url(shown: api.Shown, entry_id: Any, name: str = "project-entry") -> str:
    """Return the address of an entry's form, or of another page about it."""
    return reverse(f"iciinsmes:{name}", args=[shown.course_key, shown.project.id, entry_id])


def charter_url(shown: api.Shown) -> str:
    """Return where the charter is written."""
    return new_url(shown, Kind.CHARTER) if shown.charter is None else entry_url(shown, shown.charter.id)


def finding_url(shown: api.Shown, finding: Finding) -> str:
    """Return where it is mended what a rule complains about; readers come to the part where it stands."""
    if not shown.can_change:
        return part_url(shown, finding.part)
    match finding.action:
        case Action.ENTER_VALUE if finding.entry:
            return new_url(shown, Kind.READING, kpi=str(finding.entry))
        case Action.WRITE_DIARY:
            return new_url(shown, Kind.DIARY)
        case Action.ASK_CUSTOMERS:
            return new_url(shown, Kind.CONTACT)
        case Action.SET_KPI:
            return new_url(shown, Kind.KPI)
        case Action.CHANGE_MEASURES | Action.FINISH_MEASURES | Action.ASSIGN_MEASURES:
            return part_url(shown, ProjectPart.PLAN)
        case _ if finding.entry and shown.entry(finding.entry):
            return entry_url(shown, finding.entry)
    return part_url(shown, finding.part)


_WHERE = {
    "customers": Kind.CONTACT,
    "methods": Kind.CONTACT,
    "pilots": Kind.CONTACT,
    "insights": Kind.INSIGHT,
    "ideas": Kind.IDEA,
    "customer_ideas": Kind.IDEA,
    "assumptions": Kind.TEST,
    "test_cards": Kind.TEST,
    "costs": Kind.SPENT,
}


def check_url(shown: api.Shown, item: CheckItem) -> str:
    """Return where it is done what a gate asks for; empty for what the coordinator does."""
    if item.key == "coach":
        return ""
    if shown.can_change and item.key in _WHERE:
        return new_url(shown, _WHERE[item.key])
    if shown.can_change and item.part is ProjectPart.CHARTER and item.key != "trade":
        return f"{charter_url(shown)}#id-{_CHARTER_FIELDS.get(item.key, item.key)}"
    if item.key == "trade":
        return reverse("iciinsmes:company", args=[shown.course_key])
    return part_url(shown, item.part)


_CHARTER_FIELDS = {"value_proposition": "offer", "learning": "learned", "next_project": "next"}


def files_in(shown: api.Shown, *kinds: Kind) -> Mapping[str, tuple[EvidenceData, ...]]:
    """Return the files of the project by entry, in one query; in none where no entry of these kinds has any."""
    has_any = any(entry.content.get("files") for kind in kinds for entry in shown.entries[kind])
    return api.files_of(project_id=shown.project.id) if has_any else {}


def line_of(
    shown: api.Shown,
    entry: EntryData,
    *,
    pill: Pill | None = None,
    hide: Iterable[str] = (),
    files: Mapping[str, tuple[EvidenceData, ...]] | None = None,
) -> Line:
    """Return an entry as a line of a list.

    Args:
        shown: the project.
        entry: one of its entries.
        pill: its state, if it has one.
        hide: keys of fields that stand elsewhere.
        files: see `files_in`.
    """
    kind = KINDS[entry.kind]
    head = head_of(entry.kind, entry.content)
    hidden = set(hide)
    facts = [
        (str(field.label), words_of(field, entry.content[field.key], shown))
        for field in kind.fields
        if field.key in entry.content
        and field.key not in hidden
        and not field.own
        and field.kind is not FieldKind.FILES
        and not (field.kind is FieldKind.YES_NO and not entry.content[field.key])
    ]
    return Line(
        id=str(entry.id),
        kind=entry.kind.value,
        head=head,
        facts=tuple((label, words) for label, words in facts if words and words != head),
        about=shown.name(entry.author_id),
        files=tuple(
            file for file in (files or {}).get(str(entry.id), ()) if str(file.id) in entry.content.get("files", ())
        ),
        pill=pill,
    )


def short_day(day: date | None) -> str:
    """Return a day as lists write it."""
    return dates.short(day) if day else ""


def measure_pill(shown: api.Shown, entry: EntryData) -> Pill:
    """Return where a measure stands: what is wrong comes before how far it is."""
    content, due = entry.content, day_of(entry.content, "due")
    done = content.get("done", 0)
    if done >= 100:
        return Pill("good", "✓", _("done"))
    if "blocked" in content:
        return Pill("bad", "■", _("blocked"))
    if due is not None and due < shown.today:
        days = (shown.today - due).days
        return Pill("warn", "▲", ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days})
    if "person" in content and content["person"] not in shown.members:
        return Pill("warn", "▲", _("left"))
    if due is None or ("person" not in content and "role" not in content):
        return Pill("warn", "▲", _("nobody or no day"))
    if done:
        return Pill("calm", "◐", percent(done))
    return Pill("calm", "○", _("planned"))


def who_does(shown: api.Shown, entry: EntryData) -> str:
    """Return who does a measure or watches a risk; a person who has left is named so."""
    person = entry.content.get("person")
    if person is None:
        return str(entry.content.get("role", ""))
    name = shown.name(person) or _("Somebody")
    return name if person in shown.members else _("%(name)s (has left)") % {"name": name}


def total(entries: Iterable[EntryData], key: str) -> Decimal:
    """Return the sum of a number over entries that have it."""
    return sum((number_of(entry.content, key) or Decimal(0) for entry in entries), Decimal(0))


def total_minutes(entries: Iterable[EntryData], key: str) -> int:
    """Return the sum of working time over entries in whole minutes."""
    return sum(minutes_of(entry.content, key) for entry in entries)
