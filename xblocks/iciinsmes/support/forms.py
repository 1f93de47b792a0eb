"""The form of an entry, as a page shows it and as it comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from iciinsmes.companies import api as companies
from iciinsmes.lib.forms import OneSentence

from .checking import LENGTHS
from .data import EU, STAGES, EntryValues, Given, Status, SupportArea, SupportEntryData, SupportKind
from .labels import FIELDS, GIVEN, KINDS, NEEDS, STATUSES, language_name, place_name
from .serializers import SEVERAL, written

#: Fields in their groups, as the page shows them.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("what", ("name", "former_names", "provider", "kind", "benefit", "country", "region")),
    ("whom", ("sizes", "trades", "stages", "needs", "languages")),
    ("gets", ("given", "amount", "share", "status", "valid_from", "valid_until")),
    ("ask", ("contact_name", "contact_phone", "contact_mail", "answers_in", "url", "source_url", "note")),
)
_LONG = ("benefit", "former_names", "note")
_DAYS = ("valid_from", "valid_until")
_TYPES = {"contact_phone": "tel", "contact_mail": "email", "url": "url", "source_url": "url"}
_COMMON_LANGUAGES = ("da", "de", "en", "et", "fi", "hu", "lt", "lv", "nl", "pl", "sv")


@dataclass(frozen=True)
class OfferFieldView:
    """A field of the form; ``options`` are value, words and whether it is chosen, of one or of several."""

    name: str
    label: str
    kind: str
    value: str
    hint: str
    most: int
    error: str
    options: tuple[tuple[str, str, bool], ...] = ()

    @property
    def type(self) -> str:
        """The type of the input, by which a phone chooses its keys."""
        return "date" if self.name in _DAYS else _TYPES.get(self.name, "text")


class EntryFields(forms.Form):
    """An entry as typed. What can be kept is for `checking` to say; here only days are read."""

    valid_from = forms.DateField(required=False)
    valid_until = forms.DateField(required=False)
    revision = forms.IntegerField(required=False, min_value=0)
    successors = forms.CharField(required=False, max_length=5_000)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, error_class=OneSentence)
        self._typed = data

    def values(self) -> EntryValues:
        """Return what was typed; what is missing counts as empty."""
        self.full_clean()
        typed: dict[str, Any] = {name: self._typed.get(name, "").replace("\x00", "") for name in FIELDS}
        typed |= {name: tuple(self._typed.getlist(name)) for name in SEVERAL}
        typed |= {name: self.cleaned_data.get(name) for name in _DAYS}
        return EntryValues(**typed)

    @property
    def seen(self) -> int:
        """The revision that the page was made of."""
        return self.cleaned_data.get("revision") or 0

    @property
    def following(self) -> str:
        """Names of what follows the entry, one a line."""
        text: str = self.cleaned_data.get("successors", "")
        return text

    def day_errors(self) -> dict[str, str]:
        """Return a sentence for each day that is none."""
        return {name: _("Choose a day.") for name in _DAYS if name in self.errors}


def form_groups(
    values: EntryValues, areas: Iterable[SupportArea], errors: Mapping[str, str], typed: QueryDict | None = None
) -> list[dict[str, Any]]:
    """Return the fields of the form in their groups.

    Args:
        values: what is there.
        areas: what the person keeps up to date; other countries are not offered.
        errors: a sentence by field.
        typed: what came back and was not saved, for days that are none.
    """
    titles = {
        "what": _("The offer"),
        "whom": _("For whom"),
        "gets": _("What a firm gets, and when"),
        "ask": _("Whom to ask"),
    }
    countries = {area.country for area in areas}
    return [
        {"key": key, "title": titles[key], "fields": [_view(name, values, countries, errors, typed) for name in names]}
        for key, names in GROUPS
    ]


def followers_text(entry: SupportEntryData) -> str:
    """Return the names of what follows an entry, one a line."""
    return "\n".join(name for _id, name in entry.successors)


def _view(
    name: str, values: EntryValues, countries: set[str], errors: Mapping[str, str], typed: QueryDict | None
) -> OfferFieldView:
    value, options = getattr(values, name), _options(name, countries, values)
    text = typed.get(name, "") if typed is not None and name in _DAYS else written(value)
    several = value if name in SEVERAL else (value,)
    return OfferFieldView(
        name=name,
        label=str(FIELDS[name]),
        kind="several" if name in SEVERAL else "choice" if options else "long" if name in _LONG else "line",
        value=text,
        hint=_hint(name),
        most=LENGTHS.get(name, 40),
        error=errors.get(name, ""),
        options=tuple((code, words, code in several) for code, words in options),
    )


def _options(name: str, countries: set[str], values: EntryValues) -> list[tuple[str, str]]:
    labels: dict[str, Mapping[Any, Any]] = {"kind": KINDS, "needs": NEEDS, "status": STATUSES, "given": GIVEN}
    if name in labels:
        return [(each.value, str(words)) for each, words in labels[name].items()]
    if name == "country":
        return sorted(((code, place_name(SupportArea(code))) for code in countries), key=lambda e: (e[0] == EU, e[1]))
    if name == "sizes":
        return list(companies.size_choices())
    if name == "stages":
        return [(stage, stage) for stage in STAGES]
    if name == "languages":
        codes = dict.fromkeys((*_COMMON_LANGUAGES, *values.languages))
        return sorted(((code, language_name(code)) for code in codes), key=lambda entry: entry[1])
    return []


def _hint(name: str) -> str:
    return {
        "benefit": _("One sentence in plain words: what is better for a firm afterwards?"),
        "former_names": _("People still look for old names."),
        "region": _("Leave it empty if it holds in the whole country."),
        "sizes": _("None means all."),
        "stages": _("None means all."),
        "needs": _("None means those of the type."),
        "languages": _("In which somebody is helped. None means not known."),
        "amount": _("In the provider's words; it changes often."),
        "share": _("Such as “half of the costs”."),
        "valid_until": _("The last day. Without one it stays open until you say otherwise."),
        "contact_name": _("Somebody who is known for this at work, and has agreed to stand here."),
        "answers_in": _("Such as “two working days”, if you know."),
        "source_url": _("Where you have found it."),
    }.get(name, "")


def starting_values(areas: Iterable[SupportArea]) -> EntryValues:
    """Return what a new entry begins with: the first area of the person."""
    first = next(iter(areas), SupportArea(""))
    return EntryValues(
        country=first.country,
        region=first.region,
        kind=SupportKind.CHAMBER.value,
        given=Given.UNSAID.value,
        status=Status.OPEN.value,
    )
