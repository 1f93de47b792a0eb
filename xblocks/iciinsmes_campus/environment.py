"""What the campus is told by its environment: numbers, and its secret key.

Without one the key is made at the first start and kept in the campus' own folder, never in the repository.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

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


#: As many characters as a key needs that nobody can try out, and as many different ones.
_LENGTH, _DIFFERENT = 32, 8


def secret_key(home: Path) -> str:
    """Return the key from the environment, or from ``home/secret-key``, which is created if it is missing.

    Args:
        home: folder of the campus' data; created with access for its owner only.

    Raises:
        ImproperlyConfigured: the key is empty or unreadable, with one line that says where it was looked for.
    """
    given = os.environ.get("CAMPUS_SECRET_KEY")
    if given is not None:
        return _checked(given, "CAMPUS_SECRET_KEY", "Unset it, and the campus makes a key of its own.")
    path = home / "secret-key"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _make(path)
    found = path.read_text(encoding="ascii", errors="replace")
    return _checked(found, str(path), "Remove the file, and the next start makes a new key; people sign in again then.")


def weakness(key: str) -> str:
    """Return what is wrong with a key, as the end of a sentence about it; empty for a good one."""
    if key.startswith("django-insecure-"):
        return "is an example that everybody knows"
    if len(key) < _LENGTH:
        return f"has {len(key)} characters, and needs {_LENGTH}"
    if len(set(key)) < _DIFFERENT:
        return "has too few different characters"
    return ""


def _checked(key: str, place: str, advice: str) -> str:
    key = key.strip()
    if not key:
        raise ImproperlyConfigured(f"The secret key in {place} is empty. {advice}")
    if not key.isascii():
        raise ImproperlyConfigured(f"The secret key in {place} is damaged. {advice}")
    return key


def _make(path: Path) -> None:
    """Write a new key; it is there as a whole or not at all, and of two processes that start together one wins."""
    whole = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(whole, path)
    except FileExistsError:
        pass
    except OSError:
        # Some file systems have no second names.
        whole.rename(path)
    whole.unlink(missing_ok=True)
