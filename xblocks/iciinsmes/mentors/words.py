"""Names of roles and answers in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .data import Role, TookPlace

#: What a learner chooses from when naming a mentor.
ROLES = {
    Role.OWNER.value: _("owner of my firm"),
    Role.SUPERIOR.value: _("my superior"),
    Role.ADVISER.value: _("adviser of a chamber or guild"),
    Role.OTHER_OWNER.value: _("owner of another firm"),
}

#: What a mentor finds in the box for the own role, and may change.
OWN_ROLES = {
    Role.OWNER.value: _("owner"),
    Role.SUPERIOR.value: _("superior"),
    Role.ADVISER.value: _("adviser"),
    Role.OTHER_OWNER.value: _("owner of another firm"),
}

TOOK_PLACE = {
    TookPlace.YES.value: _("Yes"),
    TookPlace.PARTLY.value: _("Partly"),
    TookPlace.NO.value: _("No"),
}
