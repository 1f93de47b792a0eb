"""What the campus keeps about a person besides Django's account."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class AccountLanguage(models.Model):
    """The language in which a person reads.

    The browser has it in a cookie, but mails are written when the browser is closed. A table of its own, because
    Django's account has no place for it.

    .. pii: a person's language
    .. pii_types: other
    .. pii_retirement: local_api
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", primary_key=True)
    language = models.CharField(max_length=16, help_text="Django language code.")
