"""The only package that knows which host the add-on runs in; other rooms import what `host` offers from here."""

from .host import STAFF, CourseInfo, Host, Role, host

__all__ = ["STAFF", "CourseInfo", "Host", "Role", "host"]
