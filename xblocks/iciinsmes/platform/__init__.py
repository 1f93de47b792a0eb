"""The only package that knows which host the add-on runs in; other rooms import what `host` offers from here."""

from .host import (
    STAFF,
    CourseInfo,
    Host,
    PersonInfo,
    Role,
    Title,
    ask_use,
    block_title,
    course_title,
    host,
    is_used,
    labelled,
    labels,
    told_apart,
)

__all__ = [
    "STAFF",
    "CourseInfo",
    "Host",
    "PersonInfo",
    "Role",
    "Title",
    "ask_use",
    "block_title",
    "course_title",
    "host",
    "is_used",
    "labelled",
    "labels",
    "told_apart",
]
