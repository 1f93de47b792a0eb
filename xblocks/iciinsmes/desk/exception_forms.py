"""What the staff types to grant an exception."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.companies import api as companies
from iciinsmes.lib.forms import OneSentence
from iciinsmes.platform import host

from .forms import WordsField
from .people import people

MOST_DAYS = 365
#: So many namesakes or firms are named when a name is not clear.
_NAMED = 6


class ReasonForm(forms.Form):
    """Why; everybody it concerns reads it."""

    reason = WordsField(label=gettext_lazy("Why"), required=False)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, error_class=OneSentence, **more)

    def refuse(self, problems: dict[str, str]) -> None:
        """Put sentences beside their fields; those about no field stand above them all."""
        for name, sentence in problems.items():
            self.add_error(name if name in self.fields else None, sentence)


class MoreTimeForm(ReasonForm):
    """A later date: so many days after the one that counts now, or a day and a time in the reader's zone."""

    days = forms.IntegerField(
        label=gettext_lazy("Days more"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        error_messages={
            "invalid": gettext_lazy("Write a whole number of days."),
            "min_value": gettext_lazy("Write a whole number of days."),
            "max_value": gettext_lazy("At most a year."),
        },
    )
    until = forms.DateTimeField(
        label=gettext_lazy("Or until"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": gettext_lazy("Choose a day and a time.")},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        values = self.cleaned_data
        if not self.errors and (values.get("days") is None) == (values.get("until") is None):
            self.add_error("days", _("Write either the days or the new date."))
        return values

    def due_at(self, known: datetime | None) -> datetime | None:
        """Return the new date; None where nothing is due, so that days have no beginning.

        Args:
            known: the date that counts now.
        """
        until: datetime | None = self.cleaned_data["until"]
        if until is not None:
            return until
        if known is None:
            return None
        return assignments.days_later(known, self.cleaned_data["days"], timezone.get_current_timezone())


class GrantForm(MoreTimeForm):
    """An exception of a course run: what, for which assignment, and for whom."""

    kind = forms.ChoiceField(
        choices=(
            ("extend", gettext_lazy("More time")),
            ("waive", gettext_lazy("Need not be done")),
        ),
        label=gettext_lazy("What"),
    )
    block = forms.CharField(label=gettext_lazy("Assignment"))
    scope = forms.ChoiceField(
        choices=(
            ("learner", gettext_lazy("One learner")),
            ("company", gettext_lazy("A firm: all its members, also who joins later")),
            ("all", gettext_lazy("Everybody in the course")),
        ),
        label=gettext_lazy("For whom"),
    )
    who = WordsField(label=gettext_lazy("Learner or firm"), required=False)

    def __init__(
        self, data: Any = None, *, course_key: CourseKey, reader_id: int, initial: dict[str, str] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.course_key, self.reader_id = course_key, reader_id
        self.blocks = dict(assignments.assignments_of(course_key=course_key))
        self.limited_to = companies.limited_to(user_id=reader_id, course_key=course_key)
        self.usage_key: UsageKey | None = None
        self.owner_id: int | None = None
        self.company_id: int | None = None

    def clean_block(self) -> str:
        """Find the assignment in the course run."""
        text = str(self.cleaned_data["block"])
        self.usage_key = next((key for key in self.blocks if str(key) == text), None)
        if self.usage_key is None:
            raise forms.ValidationError(_("Choose an assignment of this course."))
        return text

    def clean(self) -> dict[str, Any]:
        """Find the learner or the firm, and ask for what the kind needs."""
        values = self.cleaned_data
        if values.get("kind") == "extend":
            super().clean()
        scope = values.get("scope")
        if values.get("kind") == "waive" and scope != "learner":
            self.add_error("scope", _("One learner after the other: each is an own decision."))
        elif scope != "learner" and self.limited_to is not None:
            self.add_error("scope", _("You teach some of the learners: give it to one after the other."))
        elif scope == "learner":
            self._find_learner(str(values.get("who") or "").strip())
        elif scope == "company":
            self._find_company(str(values.get("who") or "").strip())
        return values

    def _find_learner(self, text: str) -> None:
        if not text:
            self.add_error("who", _("Write the learner's name, user name or mail address."))
            return
        rows = host().learners(self.course_key, text=text[:100])
        if self.limited_to is not None:
            rows = rows.filter(pk__in=self.limited_to)
        found = list(rows.order_by("pk")[: _NAMED + 1])
        exact = [user for user in found if text.casefold() in (user.username.casefold(), user.email.casefold())]
        if len(exact) == 1 or len(found) == 1:
            self.owner_id = (exact or found)[0].pk
            return
        if not found:
            self.add_error("who", _("Nobody of this name learns in the course."))
            return
        named = people(user_ids=[user.pk for user in found[:_NAMED]], course_key=self.course_key)
        several = "; ".join(f"{named.name(user.pk)}, {user.username}" for user in found[:_NAMED])
        self.add_error("who", _("Several learners fit: %(names)s. Write the user name.") % {"names": several})

    def _find_company(self, text: str) -> None:
        found = companies.ids_meant(course_keys=[self.course_key], text=text[:200], limit=_NAMED + 1) if text else []
        names = companies.company_names(company_ids=found, course_key=self.course_key)
        exact = [key for key, name in names.items() if name.casefold() == text.casefold()]
        if len(exact) == 1 or len(names) == 1:
            self.company_id = (exact or list(names))[0]
        elif not names:
            self.add_error("who", _("No firm of this name takes part in the course."))
        else:
            several = "; ".join(sorted(names.values())[:_NAMED])
            self.add_error("who", _("Several firms fit: %(names)s. Write the whole name.") % {"names": several})
