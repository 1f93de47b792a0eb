"""What the desk brings to rooms below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iciinsmes.lib.personal_data import register_source

from . import retirement


def connect() -> None:
    """Say what is kept here about people."""
    register_source(name="desk", words=_("Filters of the queue that you have kept under a name."), keeper=retirement)
