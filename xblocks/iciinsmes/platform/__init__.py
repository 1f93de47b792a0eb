"""The only package that knows which host the add-on runs in; other rooms import what `host` offers from here."""

from .host import STAFF, CourseInfo, Host, PersonInfo, Role, ask_use, host, is_used, labelled, labels

__all__ = [
    "STAFF",
    "CourseInfo",
    "Host",
    "PersonInfo",
    "Role",
    "ask_use",
    "host",
    "is_used",
    "labelled",
    "labels",
]
