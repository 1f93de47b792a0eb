"""Reading settings from the environment."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured


def whole_number(name: str, *, default: int, most: int) -> int:
    """Return a whole number from 0 to ``most``; ``default`` where the variable is not set or empty.

    Raises:
        ImproperlyConfigured: it is something else.
    """
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(most)) or int(text) > most:
        raise ImproperlyConfigured(f"{name} must be a number from 0 to {most}, not {text!r}.")
    return int(text)
