"""What the staff types: criteria of a run, a session, who was there, a day on which something was shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iciinsmes.companies.api import country_choices
from iciinsmes.lib.forms import OneSentence

from .course_types import COURSE_TYPES
from .data import CertificateCriterion, CertificateThresholds, Criteria, Issuer, Presence
from .labels import TITLES, tool_name

#: Values of what a teacher ticks for a learner in a session.
THERE, REPLACED = "there", "replaced"
_NOTE = 200


class SessionForm(forms.Form):
    """A session that took place or is planned."""

    held_on = forms.DateField(error_messages={"required": gettext_lazy("Say on which day it is.")})
    title = forms.CharField(
        max_length=200, error_messages={"required": gettext_lazy("Say in a few words what it is about.")}
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, error_class=OneSentence)


class WordForm(forms.Form):
    """That something was shown on a day; without the tick it was not."""

    is_shown = forms.BooleanField(required=False)
    shown_on = forms.DateField(required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, error_class=OneSentence)

    def clean(self) -> dict[str, Any]:
        """Ask for a day that has come, where the tick is set."""
        values: dict[str, Any] = super().clean() or {}
        day = values.get("shown_on")
        if values.get("is_shown") and "shown_on" not in self.errors:
            if day is None:
                self.add_error("shown_on", _("Say on which day it was."))
            elif day > timezone.localdate():
                self.add_error("shown_on", _("This day is still to come."))
        return values

    @property
    def day(self) -> date | None:
        """The day, None where it was not shown."""
        return self.cleaned_data["shown_on"] if self.cleaned_data["is_shown"] else None


class CriteriaForm(forms.Form):
    """What the certificate of a run asks for. What the chosen type does not know is kept for nobody."""

    kind = forms.ChoiceField(error_messages={"required": gettext_lazy("Choose a type of course.")})
    sessions_percent = forms.IntegerField(min_value=1, max_value=100)
    own_data = forms.IntegerField(min_value=0, max_value=10)
    self_checks = forms.IntegerField(min_value=1, max_value=5)
    asked = forms.MultipleChoiceField(required=False)
    title = forms.CharField(required=False, max_length=200)
    issuer = forms.CharField(required=False, max_length=200)
    country = forms.ChoiceField(required=False)
    region = forms.CharField(required=False, max_length=120)
    quality = forms.CharField(required=False, max_length=1000)
    with_points = forms.BooleanField(required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        criteria: Criteria | None,
        tasks: Collection[tuple[str, str]],
    ) -> None:
        """Make the form.

        Args:
            data: what was sent; None shows what holds.
            criteria: what holds, None where nothing was chosen yet.
            tasks: key and title of the assignments of the run.
        """
        self._tasks = dict(tasks)
        held = criteria or Criteria(kind="")
        super().__init__(data, initial=_initial(held, self._everything()), error_class=OneSentence)
        self._choices("kind", [(each.key, _(each.title)) for each in COURSE_TYPES.values()])
        self._choices("asked", [(key, words) for key, words, _kinds in self._everything()])
        self._choices("country", [("", _("Choose")), *country_choices()])

    @property
    def criteria(self) -> Criteria:
        """What was chosen; only of a form that is valid."""
        values = self.cleaned_data
        asked = set(values["asked"])
        left_out = (key for key, _words, kinds in self._everything() if key not in asked and values["kind"] in kinds)
        return Criteria(
            kind=values["kind"],
            thresholds=CertificateThresholds(values["sessions_percent"], values["own_data"], values["self_checks"]),
            left_out=tuple(sorted(left_out)),
            title=values["title"].strip(),
            issuer=Issuer(
                values["issuer"].strip(), values["country"], values["region"].strip(), values["quality"].strip()
            ),
            with_points=values["with_points"],
        )

    def boxes(self) -> Iterator[dict[str, Any]]:
        """Yield what can be left out, for the template: value, words, whether it is ticked, for which types it is."""
        ticked = set(self["asked"].value() or ())
        for key, words, kinds in self._everything():
            yield {"value": key, "words": words, "is_ticked": key in ticked, "kinds": " ".join(kinds)}

    def _everything(self) -> list[tuple[str, Any, tuple[str, ...]]]:
        """Return key and words of everything that a run may ask for, with the types that know it."""
        types = COURSE_TYPES.values()
        found: list[tuple[str, Any, tuple[str, ...]]] = [
            (each.value, TITLES[each], tuple(kind.key for kind in types if each in kind.criteria))
            for each in CertificateCriterion
        ]
        places = {codes: kind.key for kind in types for codes in kind.tools}
        found += [
            (codes[0], _("Tool: %(tool)s") % {"tool": tool_name(" ".join(codes))}, (kind,))
            for codes, kind in places.items()
        ]
        everywhere = tuple(COURSE_TYPES)
        found += [
            (key, _("Assignment: %(title)s") % {"title": title}, everywhere) for key, title in self._tasks.items()
        ]
        return found

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def _initial(held: Criteria, everything: Collection[tuple[str, Any, tuple[str, ...]]]) -> dict[str, Any]:
    return {
        "kind": held.kind,
        "sessions_percent": held.thresholds.sessions_percent,
        "own_data": held.thresholds.own_data,
        "self_checks": held.thresholds.self_checks,
        "asked": [key for key, _words, _kinds in everything if key not in held.left_out],
        "title": held.title,
        "issuer": held.issuer.name,
        "country": held.issuer.country,
        "region": held.issuer.region,
        "quality": held.issuer.quality,
        "with_points": held.with_points,
    }


def read_presences(form: QueryDict, shown: Collection[int]) -> dict[int, Presence | None]:
    """Read what a teacher has ticked, and return what is to be changed.

    Only learners whose box differs from what the page had shown are changed, so that two tabs do not undo each other.

    Args:
        form: ``is-``, ``note-`` and ``was-`` with the id of a learner behind.
        shown: the learners that the teacher may see.
    """
    changes: dict[int, Presence | None] = {}
    for learner_id in shown:
        chosen = form.get(f"is-{learner_id}")
        if chosen is None:
            continue
        note = form.get(f"note-{learner_id}", "").replace("\0", "").strip()[:_NOTE]
        if as_shown(chosen, note) != form.get(f"was-{learner_id}", ""):
            changes[learner_id] = _presence(chosen, note)
    return changes


def as_shown(chosen: str, note: str) -> str:
    """Return what a page says that it has shown of a learner."""
    return f"{chosen}:{note}" if chosen == REPLACED else chosen


def _presence(chosen: str, note: str) -> Presence | None:
    if chosen == THERE:
        return Presence()
    return Presence(is_replaced=True, note=note) if chosen == REPLACED else None
