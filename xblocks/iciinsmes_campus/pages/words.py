"""Roles and numbers as people read them."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import localize
from django.utils.translation import gettext as _

from iciinsmes.platform import Role


def role_name(role: Role, *, many: bool = False) -> str:
    """Return the role's name in the active language."""
    names = {
        Role.LEARNER: (_("Learner"), _("Learners")),
        Role.TEACHER: (_("Teacher"), _("Teachers")),
        Role.COORDINATOR: (_("Coordinator"), _("Coordinators")),
    }
    return names[role][many]


def number(value: Decimal) -> str:
    """Write a number in the active language without needless zeros."""
    return str(localize(Decimal(f"{value.normalize():f}")))
