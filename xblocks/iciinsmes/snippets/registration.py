"""What snippets bring to rooms below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iciinsmes.lib.personal_data import register_source

from . import retirement


def connect() -> None:
    """Say what is kept here about people."""
    register_source(name="snippets", words=_("Sentences kept for feedback."), keeper=retirement)
