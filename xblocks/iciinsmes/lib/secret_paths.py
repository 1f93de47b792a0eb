"""Keeps addresses that are keys out of logs: a mentor's link, a certificate's code, a new password's."""

from __future__ import annotations

import logging
import re
from typing import Any

_SECRET = re.compile(
    r"(?P<place>/(?:mentor|certificates/check|evaluation/kept|inbox/stop|password/new|password_reset_confirm)/#?)"
    r"[^\s\"'<>?#]+"
)
# What Django and its servers say about requests; a filter of a logger hears nothing of the loggers below it.
_LOGGERS = (
    "django.request",
    "django.server",
    "django.security.csrf",
    "django.security.DisallowedHost",
    "django.security.SuspiciousOperation",
    "django.security.RequestDataTooBig",
    "django.security.TooManyFieldsSent",
)


def masked(text: str) -> str:
    """Return the text with the secret part of every such address replaced."""
    return _SECRET.sub(r"\g<place>…", text)


class SecretPaths(logging.Filter):
    """Masks secret addresses in a record: in its words, its traceback and the request that comes with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record where it must be; never hold it back."""
        message = _message(record)
        if (clean := masked(message)) != message:
            record.msg, record.args = clean, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = masked(logging.Formatter().formatException(record.exc_info))
        request = getattr(record, "request", None)
        if request is not None and masked(getattr(request, "path", "")) != getattr(request, "path", ""):
            # Reports of errors write down all of a request.
            del record.__dict__["request"]
        return True


def keep_out_of_logs() -> None:
    """Let the loggers that name addresses mask them, whatever their handlers are."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(each, SecretPaths) for each in logger.filters):
            logger.addFilter(SecretPaths())


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):  # arguments that do not fit; the handler reports it
        arguments: Any = record.args
        return f"{record.msg} {arguments}"
