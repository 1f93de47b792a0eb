"""What the directory can be narrowed to, as a page asks for it and as it comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from iciinsmes.companies import api as companies

from .data import EU, STAGES, Filters, Need, OfferState, SupportArea, SupportKind
from .labels import KINDS, NEEDS, STATES, language_name, place_name

#: Languages in which offers of the programme's countries mostly help; each entry may name others.
_LANGUAGES = ("da", "de", "en", "et", "fi", "hu", "lt", "lv", "nl", "pl", "sv")


@dataclass(frozen=True)
class FilterView:
    """A choice of the filter: value, words and whether it is chosen; a text field where there are no ``options``."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str, bool], ...] = ()


class FilterFields(forms.Form):
    """What somebody looks for; what is nonsense narrows nothing."""

    q = forms.CharField(required=False, max_length=200)
    country = forms.RegexField("[A-Z]{2}", required=False)
    region = forms.CharField(required=False, max_length=120)
    kind = forms.ChoiceField(required=False, choices=[(each.value, "") for each in SupportKind])
    need = forms.ChoiceField(required=False, choices=[(each.value, "") for each in Need])
    stage = forms.ChoiceField(required=False, choices=[(stage, "") for stage in STAGES])
    size = forms.CharField(required=False, max_length=8)
    language = forms.RegexField("[a-z]{2,3}", required=False)
    state = forms.ChoiceField(required=False, choices=[(each.value, "") for each in OfferState])

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)

    def filters(self) -> Filters:
        """Return what is asked for."""
        self.full_clean()
        found = {name: value for name, value in self.cleaned_data.items() if name != "q"}
        if found.get("size") not in {size for size, _words in companies.size_choices()}:
            found["size"] = ""
        # A database takes no text with a zero in it, and no name has one.
        return Filters(text=self.cleaned_data.get("q", "").replace("\x00", ""), **found)


def filter_views(filters: Filters, countries: Iterable[str]) -> list[FilterView]:
    """Return the choices of the filter, with what is chosen."""
    places = [(code, place_name(SupportArea(code))) for code in {*countries, filters.country} - {""}]
    places.sort(key=lambda place: (place[0] != EU, place[1]))
    spoken = {*_LANGUAGES, filters.language} - {""}
    return [
        _choice(filters, "country", _("Country"), places),
        FilterView("region", _("Region"), filters.region),
        _choice(filters, "kind", _("Type of support"), _pairs(KINDS)),
        _choice(filters, "need", _("Need"), _pairs(NEEDS)),
        _choice(filters, "stage", _("Stage of the project"), [(stage, stage) for stage in STAGES]),
        _choice(filters, "size", _("Size of the firm"), companies.size_choices()),
        _choice(
            filters,
            "language",
            _("Language"),
            sorted(((code, language_name(code)) for code in spoken), key=lambda e: e[1]),
        ),
        _choice(filters, "state", _("Status"), _pairs(STATES)),
    ]


def _choice(filters: Filters, name: str, label: str, pairs: Iterable[tuple[str, str]]) -> FilterView:
    chosen = getattr(filters, name)
    options = (("", _("all")), *pairs)
    return FilterView(name, label, chosen, tuple((value, words, value == chosen) for value, words in options))


def _pairs(labels: Mapping[Any, Any]) -> list[tuple[str, str]]:
    return [(each.value, str(words)) for each, words in labels.items()]
