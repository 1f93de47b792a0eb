"""Forms for entries, made from `kinds`: what a page shows, and what somebody has typed into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import QueryDict
from django.utils.translation import gettext as _

from iciinsmes.lib.decimals import retyped
from iciinsmes.lib.typed_numbers import read_number
from iciinsmes.toolbox import api as toolbox

from . import api
from .content import number_of
from .data import EntryData, Kind
from .fields import TEXT, EntryField, FieldKind
from .hours import kept, minutes_typed
from .kinds import KINDS
from .labels import head_of, value_words

_NUMBERS = (FieldKind.NUMBER, FieldKind.COUNT)
_LISTS = (FieldKind.CHOICES, FieldKind.ENTRIES)
#: How long a label of something to choose may be.
_LABEL = 80


@dataclass(frozen=True)
class FieldView:
    """A field as the template shows it.

    ``value`` is what stands in it; ``choices`` are value, words and whether it is chosen; ``mine`` and ``theirs`` are
    both texts in words where somebody else has written something different meanwhile; ``takes_theirs`` where the
    person has not touched the field at all.
    """

    key: str
    kind: str
    label: str
    help: str
    required: bool
    value: str
    choices: tuple[tuple[str, str, bool], ...] = ()
    error: str = ""
    length: int = TEXT
    is_long: bool = False
    is_stale: bool = False
    mine: str = ""
    theirs: str = ""
    takes_theirs: bool = False


@dataclass(frozen=True)
class TypedEntry:
    """What somebody has typed: ``content`` as `content.checked` takes it, ``doubts`` by field where it asks back."""

    raw: Mapping[str, list[str]]
    content: Mapping[str, Any]
    errors: Mapping[str, str]
    doubts: Mapping[str, str]


@dataclass(frozen=True)
class FormView:
    """A form: its fields, the id under which it enters once, the revision that was read (0 for a new entry)."""

    kind: str
    title: str
    fields: tuple[FieldView, ...]
    entry_id: str
    revision: int
    confirmed: tuple[str, ...] = ()
    error: str = ""
    is_stale: bool = False

    @property
    def has_errors(self) -> bool:
        """Whether anything is wrong or asked back."""
        return bool(self.error) or any(field.error for field in self.fields)


def read_form(kind: Kind, post: QueryDict, before: Mapping[str, Any] | None = None) -> TypedEntry:
    """Read what was typed; numbers by the page's language, and never silently where they could mean something else.

    Args:
        kind: of the entry.
        post: the form; a field that it has not keeps what stood there before.
        before: the content of the entry that is changed.
    """
    raw: dict[str, list[str]] = {}
    content: dict[str, Any] = {}
    errors: dict[str, str] = {}
    doubts: dict[str, str] = {}
    confirmed = set(post.getlist("confirmed"))
    for field in _fields(kind):
        values = post.getlist(field.key)
        if field.kind is FieldKind.FILES:
            content[field.key] = list((before or {}).get(field.key, []))
            continue
        if before is not None and post.get(f"choose-{field.key}") == "theirs":
            content[field.key] = before.get(field.key)
            continue
        raw[field.key] = values
        text = values[-1] if values else ""
        if field.kind in _LISTS:
            content[field.key] = values
        elif field.kind in _NUMBERS and text.strip():
            number = read_number(text)
            if number is None:
                errors[field.key] = _("Write a number.")
                continue
            is_new = before is None or text.strip() != _typed_as(field, before)
            if number.doubt and is_new and _token(field, text) not in confirmed:
                doubts[field.key] = number.doubt
            content[field.key] = f"{number.value:f}"
        elif field.kind is FieldKind.YES_NO:
            if text or (before or {}).get(field.key) is False:
                content[field.key] = bool(text)
        else:
            content[field.key] = text
    return TypedEntry(raw, content, errors, doubts)


def form_for(
    kind: Kind,
    shown: api.Shown,
    *,
    entry: EntryData | None = None,
    typed: TypedEntry | None = None,
    errors: Mapping[str, str] | None = None,
    error: str = "",
    entry_id: str = "",
    revision: int | None = None,
    start: Mapping[str, Any] | None = None,
    theirs: EntryData | None = None,
    base: Mapping[str, Any] | None = None,
) -> FormView:
    """Return the form of a kind.

    Args:
        kind: of the entry.
        shown: the project as the reader sees it, for what can be chosen.
        entry: what is changed; None for a new one.
        typed: what was sent and is shown again.
        errors: what is wrong, by field.
        error: what is wrong with the whole.
        entry_id: of a new entry that was sent once.
        revision: that the person had read.
        start: what a new entry begins with.
        theirs: the entry as somebody else has changed it meanwhile.
        base: the content that both had before.
    """
    content = entry.content if entry is not None else (start or {})
    wrong = {**(typed.doubts if typed else {}), **(typed.errors if typed else {}), **(errors or {})}
    stands = theirs or entry
    return FormView(
        kind=kind.value,
        title=str(KINDS[kind].title),
        fields=tuple(
            _field_view(field, shown, content, typed, wrong.get(field.key, ""), theirs, base or {})
            for field in _fields(kind)
        ),
        entry_id=entry_id or (str(entry.id) if entry else str(uuid4())),
        revision=revision if revision is not None else (stands.revision if stands else 0),
        confirmed=_to_confirm(kind, typed),
        error=error,
        is_stale=theirs is not None,
    )


def words_of(field: EntryField, value: Any, shown: api.Shown) -> str:
    """Return a value in words, also where it names people or other entries."""
    if field.kind is FieldKind.PERSON:
        return shown.name(value)
    if field.kind in (FieldKind.ENTRY, FieldKind.ENTRIES):
        ids = [value] if isinstance(value, str) else list(value or [])
        found = [shown.entry(each) for each in ids]
        return "; ".join(_head(each) if each else _("(removed)") for each in found)
    if field.kind is FieldKind.FILES:
        return ""
    return value_words(field, value)


def _fields(kind: Kind) -> tuple[EntryField, ...]:
    return tuple(field for field in KINDS[kind].fields if not field.own)


def _token(field: EntryField, text: str) -> str:
    return f"{field.key}={text.strip()}"


def _to_confirm(kind: Kind, typed: TypedEntry | None) -> tuple[str, ...]:
    if typed is None:
        return ()
    return tuple(_token(KINDS[kind].field(key), (typed.raw.get(key) or [""])[-1]) for key in typed.doubts)


def _field_view(
    field: EntryField,
    shown: api.Shown,
    content: Mapping[str, Any],
    typed: TypedEntry | None,
    error: str,
    theirs: EntryData | None,
    base: Mapping[str, Any],
) -> FieldView:
    sent = None if typed is None or field.kind is FieldKind.FILES else typed.raw.get(field.key, [])
    chosen = set(sent) if sent is not None else set(_as_texts(content.get(field.key)))
    value = (sent[-1] if sent else "") if sent is not None else _typed_as(field, content)
    other, own, takes_theirs = "", "", False
    if theirs is not None and typed is not None and field.kind is not FieldKind.FILES:
        mine = typed.content.get(field.key)
        if not _same(field, mine, theirs.content.get(field.key)):
            other = words_of(field, theirs.content.get(field.key), shown) or _("(empty)")
            own = words_of(field, _tidy(field, mine), shown) or _("(empty)")
            takes_theirs = _same(field, mine, base.get(field.key))
    return FieldView(
        key=field.key,
        kind=field.kind.value,
        label=str(field.label),
        help=str(field.help),
        required=field.required,
        value=value,
        choices=tuple((key, words, key in chosen) for key, words in _choices(field, shown, content)),
        error=error,
        length=field.length if field.kind is FieldKind.LINE else max(field.length, TEXT),
        is_long=field.kind is FieldKind.TEXT,
        is_stale=bool(other),
        mine=own,
        theirs=other,
        takes_theirs=takes_theirs,
    )


def _typed_as(field: EntryField, content: Mapping[str, Any]) -> str:
    """Return kept content as somebody would type it in the page's language."""
    value = content.get(field.key)
    if value is None:
        return ""
    if field.kind in _NUMBERS:
        number = number_of(content, field.key)
        return "" if number is None else retyped(number)
    if field.kind is FieldKind.YES_NO:
        return "yes" if value else ""
    return "" if isinstance(value, list) else str(value)


def _choices(field: EntryField, shown: api.Shown, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        return [(key, str(words)) for key, words in field.choices]
    if field.kind is FieldKind.PERSON:
        held = content.get(field.key)
        people = [(str(each), shown.name(each)) for each in sorted(shown.members)]
        if held is not None and held not in shown.members:
            people.append((str(held), _("%(name)s (has left)") % {"name": shown.name(held) or _("Somebody")}))
        return sorted(people, key=lambda each: each[1].casefold())
    if field.kind in (FieldKind.ENTRY, FieldKind.ENTRIES):
        rows = [entry for kind in field.of for entry in shown.entries[kind]]
        gone = [each for each in _as_texts(content.get(field.key)) if shown.entry(each) is None]
        return [(str(entry.id), _head(entry)) for entry in rows] + [(each, _("(removed)")) for each in gone]
    return []


def _head(entry: EntryData) -> str:
    words = head_of(entry.kind, entry.content)
    if entry.kind is Kind.CONTACT:
        words = f"{words}: {entry.content['words']}"
    return words if len(words) <= _LABEL else words[: _LABEL - 1] + "…"


def _as_texts(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]


def _same(field: EntryField, one: Any, other: Any) -> bool:
    return _tidy(field, one) == _tidy(field, other)


def _tidy(field: EntryField, value: Any) -> Any:
    if value in (None, "", [], False):
        return None
    if field.kind in _NUMBERS:
        return f"{float(value):g}"
    if field.kind is FieldKind.HOURS:
        return kept(minutes_typed(str(value)) or 0)
    if field.kind is FieldKind.PERSON:
        return int(value) if str(value).isdigit() else None
    if field.kind is FieldKind.TEXT:
        return toolbox.hide_people(str(value).replace("\r\n", "\n").strip())
    if field.kind is FieldKind.LINE:
        return toolbox.hide_people(" ".join(str(value).split()))
    return value
