"""The only package that knows which host the add-on runs in; other rooms import `host`, `Host` and `Role` from here."""

from .host import CourseInfo, Host, Role, host

__all__ = ["CourseInfo", "Host", "Role", "host"]
