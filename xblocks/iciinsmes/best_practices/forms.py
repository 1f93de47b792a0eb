"""The form with which a firm chooses what of its project is told; what is refused besides is for the api to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from iciinsmes.lib.forms import OneSentence
from iciinsmes.projects.api import Phase, ToldPart

from . import api
from .data import CaseProposal, Part
from .labels import PARTS, PHASES, instrument_choices


@dataclass(frozen=True)
class LineChoice:
    """A line of the project to choose: ``may_name`` asks for a second look, and then it is not chosen at first."""

    key: str
    heading: str
    text: str
    may_name: bool
    is_chosen: bool


class ProposalForm(forms.Form):
    """What is told, how the firm is described, and what others could try on Monday."""

    title = forms.CharField(required=False)
    about = forms.CharField(required=False)
    monday = forms.CharField(required=False)
    phase = forms.ChoiceField(choices=[(phase.value, phase.value) for phase in Phase])
    lines = forms.Field(required=False, widget=forms.SelectMultiple)
    instruments = forms.Field(required=False, widget=forms.SelectMultiple)
    revision = forms.IntegerField(required=False, min_value=0)

    def __init__(self, data: QueryDict | None, *, offer: api.CaseOffer, before: CaseProposal | None) -> None:
        self._offer = offer
        super().__init__(data, initial=_initial(offer, before), error_class=OneSentence)

    def tell(self, problems: Mapping[str, str]) -> None:
        """Say at each field what the api has refused."""
        for name, sentence in problems.items():
            self.add_error(name, sentence)

    def chosen(self) -> api.Chosen:
        """Return what was chosen; only for a form that is valid."""
        typed = self.cleaned_data
        return api.Chosen(
            title=typed["title"],
            about=typed["about"],
            monday=typed["monday"],
            phase=Phase(typed["phase"]),
            lines=tuple(typed["lines"] or ()),
            instruments=tuple(typed["instruments"] or ()),
        )

    @property
    def offered(self) -> list[LineChoice]:
        """The project's lines, each with whether it is chosen."""
        chosen = set(self["lines"].value() or ())
        return [
            LineChoice(line.key, _heading(line.part), line.text, line.may_name, line.key in chosen)
            for line in self._offer.lines
        ]

    @property
    def phases(self) -> list[tuple[str, str, bool]]:
        """The phases, each with whether it is chosen."""
        return [(key, str(words), key == self["phase"].value()) for key, words in PHASES.items()]

    @property
    def tools(self) -> list[tuple[str, str, bool]]:
        """All instruments, each with whether it is chosen."""
        chosen = set(self["instruments"].value() or ())
        return [(code, words, code in chosen) for code, words in instrument_choices()]


def _initial(offer: api.CaseOffer, before: CaseProposal | None) -> dict[str, Any]:
    """Return what the form begins with: what was proposed last, else what names nobody."""
    if before is not None and before.content.title:
        content = before.content
        told = {line.text for line in content.lines}
        return {
            "title": content.title,
            "about": content.about,
            "monday": content.monday,
            "phase": content.phase,
            "lines": [
                line.key
                for line in offer.lines
                if line.text in told or (line.key == "trigger" and content.trigger == offer.trigger)
            ],
            "instruments": list(content.instruments),
            "revision": before.revision,
        }
    return {
        "title": offer.title,
        "phase": offer.phase.value,
        "lines": [line.key for line in offer.lines if not line.may_name],
        "instruments": list(offer.instruments),
        "revision": 0,
    }


def _heading(part: ToldPart) -> str:
    return str(PARTS[Part(part.value)])
