"""The addresses of this campus for the short ones that authors write."""

from __future__ import annotations

from django.urls import reverse

from .olx import LoadedCourse
from .services import ReplaceUrls


def course_addresses(loaded: LoadedCourse) -> ReplaceUrls:
    """Return what replaces ``/static/…`` and ``/jump_to_id/…`` in texts of a course run."""

    def static(path: str) -> str | None:
        if loaded.files.path(path, below="static") is None:
            return None
        return reverse("courseware:static", args=[loaded.course.key, path])

    def jump(name: str) -> str | None:
        found = next((key for key in loaded.nodes if key.block_id == name), None)
        return None if found is None else reverse("campus:block", args=[loaded.course.key, found])

    return ReplaceUrls(static, jump)
