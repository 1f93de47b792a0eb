"""Forms of coaches and coordinators: a talk, a light of one's own, the numbers of the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iciinsmes.lib.decimals import plain
from iciinsmes.lib.forms import OneSentence

from .course_rules import USUAL_WEEKS, CourseRulesData
from .data import Gate, Light, TalkData
from .days import today
from .labels import LIGHTS, SIGNS, gate_name
from .rules.thresholds import STANDARD, Thresholds
from .staff_labels import RULE_ROWS

_PERCENT = 100
_MOST_WEEKS = 200
_SHARES = {each.name for each in fields(Thresholds) if isinstance(each.default, Decimal)}


class TalkForm(forms.Form):
    """A talk as it is written down; what of it is refused besides is for the api to say."""

    held_on = forms.DateField(error_messages={"required": gettext_lazy("Say on which day it was.")})
    next_on = forms.DateField(required=False)
    about = forms.CharField(required=False, strip=False)
    agreements = forms.CharField(required=False)
    notes = forms.CharField(required=False, strip=False)
    revision = forms.IntegerField(required=False, min_value=0)

    def __init__(self, data: QueryDict | None = None, *, talk: TalkData | None = None) -> None:
        initial: dict[str, Any] = {"held_on": today().isoformat(), "revision": 0}
        if talk is not None:
            initial = {
                "held_on": talk.held_on.isoformat(),
                "next_on": talk.next_on.isoformat() if talk.next_on else "",
                "about": talk.about,
                "agreements": "\n".join(each.text for each in talk.agreements),
                "notes": talk.notes,
                "revision": talk.revision,
            }
        super().__init__(data, initial=initial, error_class=OneSentence)

    def clean_held_on(self) -> Any:
        """Refuse days to come: what was not held has no agreements."""
        day = self.cleaned_data["held_on"]
        if day > today():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    @property
    def lines(self) -> list[str]:
        """The agreements, one a line."""
        return str(self.cleaned_data["agreements"]).splitlines()


class OverrideForm(forms.Form):
    """A light of one's own, with its reason and its last day."""

    light = forms.ChoiceField(choices=[(light.value, light.value) for light in Light if light is not Light.BLUE])
    reason = forms.CharField(required=False)
    until = forms.DateField()

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, error_class=OneSentence)

    @property
    def lights(self) -> list[tuple[str, str, str, bool]]:
        """The lights to choose from: value, sign, word, and whether it is chosen."""
        chosen = self["light"].value()
        return [
            (light.value, SIGNS[light], str(LIGHTS[light]), light.value == chosen)
            for light in Light
            if light is not Light.BLUE
        ]


@dataclass(frozen=True)
class RuleNumber:
    """A number of the rules as the page shows it; ``usual`` is what holds where nothing is said."""

    name: str
    label: str
    value: str
    usual: str
    error: str
    is_changed: bool


class RulesForm(forms.Form):
    """The numbers by which projects of a run are looked at; an empty field takes the usual one."""

    def __init__(self, data: QueryDict | None = None, *, rules: CourseRulesData) -> None:
        super().__init__(data, initial=_numbers(rules), error_class=OneSentence)
        for each in fields(Thresholds):
            self.fields[each.name] = (
                forms.DecimalField(required=False, max_digits=8, decimal_places=2)
                if each.name in _SHARES
                else forms.IntegerField(required=False)
            )
        for gate in Gate:
            self.fields[_week(gate)] = forms.IntegerField(required=False, min_value=1, max_value=_MOST_WEEKS)

    def clean(self) -> dict[str, Any]:
        """Say at its field what cannot be, and that amber never comes later than red."""
        values = {name: _kept(name, self.cleaned_data.get(name)) for name in _usual()}
        if not self.errors:
            self._check_thresholds(values)
        self._check_weeks(values)
        return self.cleaned_data

    def chosen(self) -> CourseRulesData:
        """Return what was chosen; only of a form that is valid."""
        values = {name: _kept(name, self.cleaned_data.get(name)) for name in _usual()}
        thresholds = Thresholds(**{each.name: values[each.name] for each in fields(Thresholds)})
        return CourseRulesData(thresholds, {gate.value: int(values[_week(gate)]) for gate in Gate})

    @property
    def groups(self) -> Iterator[tuple[str, list[RuleNumber]]]:
        """The fields as the page groups them, those of the weeks last."""
        for row in RULE_ROWS:
            yield str(row.title), [self._number(name, str(label)) for name, label in row.fields]

    @property
    def weeks(self) -> list[RuleNumber]:
        """The fields of the weeks by which gates are planned."""
        return [self._number(_week(gate), gate_name(gate.value)) for gate in Gate]

    def _number(self, name: str, label: str) -> RuleNumber:
        value, usual = self[name].value(), _shown(name, _usual()[name])
        text = "" if value is None else str(value)
        return RuleNumber(name, label, text, usual, str(self.errors.get(name, "")), text != usual)

    def _check_thresholds(self, values: Mapping[str, Any]) -> None:
        try:
            Thresholds(**{each.name: values[each.name] for each in fields(Thresholds)})
        except ValueError as wrong:
            names = set(wrong.args)
            pairs = {name for row in RULE_ROWS if row.rising for name, _label in row.fields[:2]}
            pairs |= {"kpi_amber_pace", "kpi_red_pace"}
            for name in names:
                is_pair = name in pairs and len(names & pairs) > 1
                self.add_error(
                    name, _("Amber may not come later than red.") if is_pair else _("This number cannot be.")
                )

    def _check_weeks(self, values: Mapping[str, Any]) -> None:
        earlier = 0
        for gate in Gate:
            week = values[_week(gate)]
            if _week(gate) not in self.errors and week < earlier:
                self.add_error(_week(gate), _("A gate is not planned before the one in front of it."))
            earlier = max(earlier, week)


def _week(gate: Gate) -> str:
    return f"week_{gate.value}"


def _usual() -> dict[str, Any]:
    """Return the usual number of each field."""
    usual = {each.name: getattr(STANDARD, each.name) for each in fields(Thresholds)}
    return usual | {_week(gate): USUAL_WEEKS[gate] for gate in Gate}


def _numbers(rules: CourseRulesData) -> dict[str, str]:
    """Return the numbers as the fields show them."""
    values = {each.name: getattr(rules.thresholds, each.name) for each in fields(Thresholds)}
    values |= {_week(gate): rules.weeks.get(gate.value, USUAL_WEEKS[gate]) for gate in Gate}
    return {name: _shown(name, value) for name, value in values.items()}


def _shown(name: str, value: Any) -> str:
    return plain(value * _PERCENT) if name in _SHARES else str(value)


def _kept(name: str, typed: Any) -> Any:
    """Return a typed number as it is kept; nothing typed is the usual one."""
    if typed is None:
        return _usual()[name]
    return typed / _PERCENT if name in _SHARES else typed
