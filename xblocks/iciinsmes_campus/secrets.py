"""The campus' secret key: made at first start, kept in the campus' own folder, never in the repository."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """Return the key from the environment, or from ``home/secret-key``, which is created if it is missing.

    Args:
        home: folder of the campus' data; created with access for its owner only.
    """
    given = os.environ.get("CAMPUS_SECRET_KEY")
    if given:
        return given
    path = home / "secret-key"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        # Exclusive creation: of two processes that start together, one writes and the other reads.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key
