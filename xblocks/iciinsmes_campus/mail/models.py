"""Mail that the campus would have sent."""

from __future__ import annotations

from django.db import models


class OutboxMail(models.Model):
    """One message to one receiver, readable on the outbox page.

    .. pii: address and text of a message to a person
    .. pii_types: email_address, other
    .. pii_retirement: local_api
    """

    sent_at = models.DateTimeField(auto_now_add=True)
    receiver = models.EmailField(max_length=254, db_index=True)
    sender = models.CharField(max_length=254)
    subject = models.CharField(max_length=255)
    body = models.TextField()
    html = models.TextField(blank=True)
