"""Names of roles and answers in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .data import MentorRole, TookPlace

#: What a learner chooses from when naming a mentor.
ROLES = {
    MentorRole.OWNER.value: _("owner of my firm"),
    MentorRole.SUPERIOR.value: _("my superior"),
    MentorRole.ADVISER.value: _("adviser of a chamber or guild"),
    MentorRole.OTHER_OWNER.value: _("owner of another firm"),
}

#: What a mentor finds in the box for the own role, and may change.
OWN_ROLES = {
    MentorRole.OWNER.value: _("owner"),
    MentorRole.SUPERIOR.value: _("superior"),
    MentorRole.ADVISER.value: _("adviser"),
    MentorRole.OTHER_OWNER.value: _("owner of another firm"),
}

TOOK_PLACE = {
    TookPlace.YES.value: _("Yes"),
    TookPlace.PARTLY.value: _("Partly"),
    TookPlace.NO.value: _("No"),
}
