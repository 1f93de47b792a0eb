"""What waiting brings to rooms below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iciinsmes.companies.api import register_company_table
from iciinsmes.companies.signals import first_joined
from iciinsmes.lib.personal_data import register_source

from . import retirement
from .allocations import move_allocation
from .entries import go_along
from .models import CompanyAllocation, WaitingItem


def connect() -> None:
    """Say what is kept here about people and firms, and hear who has joined a first firm."""
    register_source(name="waiting", words=_("What waits for an answer of a mentor or of the staff."), keeper=retirement)
    register_company_table(table=WaitingItem)
    register_company_table(table=CompanyAllocation, move=move_allocation)
    first_joined.connect(go_along)
