"""Which storage holds the files: found when it is first used, because a site's settings are complete only then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.files.storage import FileSystemStorage, Storage, storages

_ALIAS = "iciinsmes"
_FOLDER = "iciinsmes-private"
_FILES_ON_DISK = "django.core.files.storage.FileSystemStorage"
_MEND = (
    'Set ICIINSMES_STORAGE = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": '
    '"/a/private/folder"}}, or name a private bucket there.'
)

_made: dict[str, Storage] = {}


def storage() -> Storage:
    """Return the private storage; its objects have no address a browser could open.

    The setting ``ICIINSMES_STORAGE`` wins, then the storage ``iciinsmes`` of ``STORAGES``, then a folder beside
    ``MEDIA_ROOT``: a server may hand out whatever lies inside that to anybody.
    """
    named: Mapping[str, Any] | None = settings.ICIINSMES_STORAGE  # type: ignore[misc] # set in plugin_settings
    if named is None and _ALIAS in storages.backends:
        return storages[_ALIAS]
    if named is None:
        named = {"BACKEND": _FILES_ON_DISK, "OPTIONS": {"location": str(_beside_media())}}
    key = repr(named)
    if key not in _made:
        _made[key] = storages.create_storage(dict(named))
    return _made[key]


def check_storage(**_options: object) -> Sequence[checks.CheckMessage]:
    """Tell whoever starts the site where files lie that must not lie there.

    Returns:
        Django's messages: an error for a folder that web servers may hand out, a warning where nobody has chosen one.
    """
    used = storage()
    if isinstance(used, FileSystemStorage):
        place = Path(used.location).resolve()
        for name in ("MEDIA_ROOT", "STATIC_ROOT"):
            public = getattr(settings, name, None)
            if public and place.is_relative_to(Path(public).resolve()):
                return [
                    checks.Error(
                        f"The private files of learners lie in {place}, inside {name}, which web servers hand out to "
                        "anybody.",
                        hint=f"{_MEND} Move the files that are there.",
                        id="iciinsmes.E001",
                    )
                ]
    if settings.ICIINSMES_STORAGE is None and _ALIAS not in storages.backends:  # type: ignore[misc] # as above
        return [
            checks.Warning(
                f"Nobody has chosen where the private files of learners lie; they go to {_beside_media()}, which a "
                "container may lose.",
                hint=_MEND,
                id="iciinsmes.W001",
            )
        ]
    return []


def _beside_media() -> Path:
    return Path(settings.MEDIA_ROOT or "media").resolve().parent / _FOLDER
