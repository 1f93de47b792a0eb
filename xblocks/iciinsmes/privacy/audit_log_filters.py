"""The filters of the trail, as a form whose fields stand in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.forms import OneSentence
from iciinsmes.lib.untrusted import whole_number

from . import api
from .errors import PersonNotFound

_WHO = {"autocapitalize": "none", "autocomplete": "off", "maxlength": 254, "spellcheck": "false"}


class AuditLogFilters(forms.Form):
    """Whom and what to show. A verb that nobody knows and a mark that is no number count as none."""

    person = forms.CharField(
        label=_("About whom (user name or mail address)"), required=False, widget=forms.TextInput(_WHO)
    )
    actor = forms.CharField(
        label=_("By whom (user name or mail address)"), required=False, widget=forms.TextInput(_WHO)
    )
    verb = forms.CharField(label=_("What was done"), required=False)

    def __init__(self, get: QueryDict, *, course_key: CourseKey) -> None:
        typed = {name: get.get(name, "").replace("\x00", "").strip()[:254] for name in self.base_fields}
        super().__init__(typed, auto_id="%s", error_class=OneSentence)
        self.after = whole_number(get.get("after"))
        self._course_key = course_key
        words = sorted(audit_log.VERBS.items(), key=lambda verb: str(verb[1]))
        self.fields["verb"].widget = forms.Select(choices=[("", _("Everything")), *words])

    def clean_person(self) -> int | None:
        """Return the id of whom it is about."""
        return self._person("person")

    def clean_actor(self) -> int | None:
        """Return the id of who did it."""
        return self._person("actor")

    def clean_verb(self) -> str | None:
        """Return the verb, if it is one."""
        verb: str = self.cleaned_data["verb"]
        return verb if verb in audit_log.VERBS else None

    @property
    def found(self) -> dict[str, Any]:
        """The arguments for `api.page`, of a form that is valid."""
        person, actor, verb = (self.cleaned_data[name] for name in ("person", "actor", "verb"))
        return {"person_id": person, "actor_id": actor, "verb": verb}

    @property
    def query(self) -> dict[str, str]:
        """What the address of the next page repeats."""
        return {name: text for name, text in self.data.items() if text}

    def _person(self, name: str) -> int | None:
        who = self.cleaned_data[name]
        try:
            return api.find_person(who=who, course_key=self._course_key) if who else None
        except PersonNotFound as error:
            self.fields[name].widget.attrs |= {"aria-describedby": f"{name}-wrong", "aria-invalid": "true"}
            raise forms.ValidationError(error.message) from error
