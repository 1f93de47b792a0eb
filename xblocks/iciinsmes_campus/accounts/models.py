"""What the campus keeps about a person besides Django's account."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Count(models.Model):
    """How often somebody has done something since a moment, such as asking for a new password.

    A table, because a cache would count in each process for itself and forget at every start.

    .. no_pii: hashes of addresses, for a day at most.
    """

    key = models.CharField(max_length=80, primary_key=True, help_text="What is counted, and a hash of whose.")
    number = models.PositiveIntegerField()
    since = models.DateTimeField(db_index=True)


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
