"""What people send: an answer after a cycle, what has stayed, what is known of a run."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iciinsmes.companies.api import country_choices
from iciinsmes.lib.forms import OneSentence
from iciinsmes.lib.typed_numbers import read_number

from .data import (
    HIGHEST,
    KEPT,
    LOWEST,
    MAX_TEXT,
    STATEMENTS,
    KeptAnswer,
    KeptData,
    Kpi,
    Obstacle,
    ReactionData,
    RunFacts,
)
from .labels import KEPT_WORDS, OBSTACLE_WORDS, SAID_WORDS, STATEMENT_WORDS

_CHOOSE = {"required": gettext_lazy("Please choose one."), "invalid_choice": gettext_lazy("Please choose one.")}
#: Digits of a value before and behind its point, as the table holds them.
_DIGITS, _DECIMALS = 18, 6


class ReactionForm(forms.Form):
    """The statements of a cycle, what stopped, and a text."""

    obstacles = forms.MultipleChoiceField(
        required=False, choices=[(key.value, words) for key, words in OBSTACLE_WORDS.items()]
    )
    text = forms.CharField(
        required=False,
        max_length=MAX_TEXT,
        error_messages={"max_length": gettext_lazy("Please write at most 2,000 characters.")},
    )

    def __init__(self, data: Any = None, *, own: ReactionData | None = None) -> None:
        initial: dict[str, Any] = {}
        if own is not None:
            initial = {**own.ratings, "obstacles": [each.value for each in own.obstacles], "text": own.text}
        super().__init__(data, initial=initial, error_class=OneSentence)
        for key in STATEMENTS:
            self.fields[key] = forms.TypedChoiceField(
                label=str(STATEMENT_WORDS[key]),
                choices=[(number, str(number)) for number in range(LOWEST, HIGHEST + 1)],
                coerce=int,
                widget=forms.RadioSelect,
                error_messages=_CHOOSE,
            )

    @property
    def statements(self) -> list[forms.BoundField]:
        """The fields of the statements, in their order."""
        return [self[key] for key in STATEMENTS]

    @property
    def stopped(self) -> list[tuple[str, str, bool]]:
        """What may have stopped: value, words and whether it is chosen."""
        chosen = {str(each) for each in self["obstacles"].value() or ()}
        return [(key.value, str(words), key.value in chosen) for key, words in OBSTACLE_WORDS.items()]

    def reaction(self) -> ReactionData:
        """Return what was sent, once the form is valid."""
        sent = self.cleaned_data
        return ReactionData(
            ratings={key: sent[key] for key in STATEMENTS},
            obstacles=tuple(each for each in Obstacle if each.value in sent["obstacles"]),
            text=sent["text"],
        )


class KeptForm(forms.Form):
    """What has stayed, and a value of a KPI with the wish to put it into the project."""

    kpi = forms.ChoiceField(required=False, error_messages=_CHOOSE)
    value = forms.CharField(required=False, max_length=40)
    into_project = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, kpis: tuple[Kpi, ...], own: KeptData | None = None) -> None:
        initial: dict[str, Any] = {}
        if own is not None:
            value = "" if own.value is None else own.value.normalize()
            initial = {**own.said, "kpi": str(own.kpi or ""), "value": f"{value:f}" if value != "" else ""}
        super().__init__(data, initial=initial, error_class=OneSentence)
        for key in KEPT:
            self.fields[key] = forms.ChoiceField(
                label=str(KEPT_WORDS[key]),
                choices=[(said.value, words) for said, words in SAID_WORDS.items()],
                widget=forms.RadioSelect,
                error_messages=_CHOOSE,
            )
        choices = [(str(kpi.id), f"{kpi.name} ({kpi.unit})" if kpi.unit else kpi.name) for kpi in kpis]
        self.fields["kpi"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]  # noqa: RUF001 - for nothing

    @property
    def questions(self) -> list[forms.BoundField]:
        """The fields of the questions, in their order."""
        return [self[key] for key in KEPT]

    def clean_value(self) -> Decimal | None:
        """Read the number as the page's language writes it."""
        typed = str(self.cleaned_data["value"])
        if not typed.strip():
            return None
        found = read_number(typed)
        if found is None or found.value.adjusted() >= _DIGITS or found.value != round(found.value, _DECIMALS):
            raise forms.ValidationError(_("Please write a number, such as 12 or 3.5."))
        return found.value

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing of a value that was begun."""
        sent = self.cleaned_data
        if sent.get("value") is not None and not sent.get("kpi") and "kpi" not in self.errors:
            self.add_error("kpi", _("Please say which figure it is."))
        if (sent.get("into_project") or sent.get("kpi")) and sent.get("value") is None and "value" not in self.errors:
            self.add_error("value", _("Please write the value too, or choose no figure."))
        return sent

    def kept(self) -> KeptData:
        """Return what was sent, once the form is valid."""
        sent = self.cleaned_data
        return KeptData(
            said={key: KeptAnswer(sent[key]) for key in KEPT},
            kpi=UUID(sent["kpi"]) if sent["kpi"] else None,
            value=sent["value"],
        )


class RunForm(forms.Form):
    """Which college and country a run belongs to, and its last day."""

    college = forms.CharField(required=False, max_length=120)
    country = forms.ChoiceField(required=False, error_messages=_CHOOSE)
    ends_on = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": gettext_lazy("Please write a day, such as 2026-05-31.")},
    )

    def __init__(self, data: Any = None, *, facts: RunFacts) -> None:
        typed: date | None = facts.ends_on if facts.is_typed else None
        initial = {"college": facts.college, "country": facts.country, "ends_on": typed}
        super().__init__(data, initial=initial, error_class=OneSentence)
        self.fields["country"].choices = [("", "–"), *country_choices()]  # type: ignore[attr-defined]  # noqa: RUF001
