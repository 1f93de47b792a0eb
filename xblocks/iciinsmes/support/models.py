"""The directory of support, who keeps which part of it, what changed, and who has asked where.

Rules for this file:
- A `SupportEntry` is never deleted: what has ended keeps its address and its contacts, and says what follows it.
- Several values of one column stand between spaces, as in ``" G1 G2 "``, so that one condition finds one of them on
  every database; `serializers` reads and writes them.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField, UsageKeyField

from iciinsmes.lib.personal_data import actor_column
from iciinsmes.lib.uuid_field import UuidField

from .data import Given, Helped, Status, SupportKind


def _several(help_text: str) -> Any:
    """Return the column for several values, each between spaces; empty for all."""
    return models.CharField(max_length=200, blank=True, help_text=help_text)


class SupportEntry(models.Model):
    """An offer for firms: who helps with what, under which conditions, and whom to ask.

    It belongs to a country or region and to no course run: colleges of one country share it. The id is random, because
    tables with it travel between sites, where small numbers would name other offers. ``words`` is what the search
    compares, so that accents and capitals do not matter and a page of thousands costs one comparison a row.

    .. pii: name, telephone and mail address of a contact person at work, a third party; who has checked the entry
    .. pii_types: name, email_address, other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    country = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2 code, or EU.")
    region = models.CharField(max_length=120, blank=True, help_text="Empty for the whole country.")
    languages = _several("Codes of languages in which somebody is helped.")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in SupportKind])
    name = models.CharField(max_length=200)
    former_names = models.CharField(max_length=500, blank=True, help_text="Under which it was known before.")
    provider = models.CharField(max_length=200, blank=True)
    benefit = models.CharField(max_length=500, blank=True, help_text="What is better afterwards, in one sentence.")
    sizes = _several("Size classes; empty for all.")
    trades = models.CharField(max_length=200, blank=True)
    stages = _several("G0 to G8; empty for all.")
    needs = _several("Values of data.Need; empty for those of the type.")
    amount = models.CharField(max_length=200, blank=True, help_text="In the provider's words.")
    share = models.CharField(max_length=120, blank=True, help_text="Which part is paid, in the provider's words.")
    given = models.CharField(max_length=8, blank=True, choices=[(each.value, each.value) for each in Given if each])
    contact_name = models.CharField(max_length=200, blank=True)
    contact_phone = models.CharField(max_length=60, blank=True)
    contact_mail = models.CharField(max_length=254, blank=True)
    answers_in = models.CharField(max_length=120, blank=True, help_text="How soon somebody answers, as far as known.")
    url = models.CharField(max_length=500, blank=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True, help_text="The last day; without one it is open until somebody says no.")
    status = models.CharField(max_length=8, choices=[(status.value, status.value) for status in Status])
    source_url = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    found_on = models.DateField(help_text="When somebody has written it down.")
    last_checked = models.DateField(null=True)
    checked_by = models.CharField(max_length=120, blank=True, help_text="Name or office of who has checked it.")
    checker = actor_column("Who has checked it here.")
    seen_on = models.DateField(help_text="The later of both days: from it freshness counts.")
    is_example = models.BooleanField(default=False, help_text="Shipped, and not checked by an editor yet.")
    words = models.TextField(blank=True, help_text="See lib.folding; each word between spaces.")
    revision = models.PositiveIntegerField(default=1, help_text="Raised by each change.")
    changed_at = models.DateTimeField()

    class Meta:
        """Lists are read by name; editors look for what nobody has checked for long."""

        indexes = [
            models.Index(fields=["name", "id"], name="ici_support_name"),
            models.Index(fields=["country", "name", "id"], name="ici_support_country"),
            models.Index(fields=["seen_on"], name="ici_support_seen"),
        ]


class SupportSuccession(models.Model):
    """That one entry follows another that has ended: an offer may be renamed, split, merged or taken over in part.

    .. no_pii: links two offers.
    """

    ended = models.ForeignKey(SupportEntry, on_delete=models.CASCADE, related_name="followed_by")
    successor = models.ForeignKey(SupportEntry, on_delete=models.CASCADE, related_name="follows")

    class Meta:
        """Once for each pair."""

        constraints = [models.UniqueConstraint(fields=["ended", "successor"], name="ici_one_succession")]


class SupportChange(models.Model):
    """A line of an entry's history: who has changed what when. Values of the contact person are not repeated here.

    .. pii: names who changed an entry
    .. pii_types: other
    .. pii_retirement: local_api
    """

    entry = models.ForeignKey(SupportEntry, on_delete=models.CASCADE, related_name="history")
    at = models.DateTimeField()
    author = actor_column("Who did it.")
    action = models.CharField(max_length=12, help_text="made, changed, checked, imported or example.")
    changes = models.JSONField(default=list, help_text="Field, before and after.")

    class Meta:
        """Read by entry, the newest first; dropped by age."""

        indexes = [models.Index(fields=["at"], name="ici_support_change_at")]


class SupportEditor(models.Model):
    """That a person keeps an area up to date: a country with its regions, one region, or what holds in the whole EU.

    Of the directory and no course run, because entries are; who gave it stands in the audit log of the run.

    .. pii: links a user account to an area
    .. pii_types: other
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=120, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        """Once for each person and area."""

        constraints = [models.UniqueConstraint(fields=["user", "country", "region"], name="ici_one_support_editor")]


class SupportImport(models.Model):
    """A table of entries that an editor has sent and not confirmed yet, or how much of it came.

    Kept on the server, so that what is confirmed is what was previewed. The plan is made anew when it is confirmed.
    Lines are dropped with the confirmation, rows after a week.

    .. pii: contact persons of offers, as sent
    .. pii_types: name, email_address, other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    table = models.JSONField(help_text="data.SentTable as JSON.")
    report = models.JSONField(null=True)
    created_at = models.DateTimeField(db_index=True)
    confirmed_at = models.DateTimeField(null=True)


class SupportContact(models.Model):
    """That somebody has asked somewhere, and what came of it.

    It belongs to the firm and the person: colleagues see who was asked already, and when the person is forgotten the
    firm keeps the line without a name. The college reads counts only. Once for each person, run and offer, so that two
    clicks are one contact.

    .. pii: names who has asked
    .. pii_types: other
    .. pii_retirement: local_api
    """

    entry = models.ForeignKey(SupportEntry, on_delete=models.CASCADE, related_name="contacts")
    company = models.ForeignKey("Company", null=True, on_delete=models.CASCADE, related_name="+")
    user = actor_column("Who has asked.")
    course_key = CourseKeyField(max_length=255)
    stage = models.CharField(max_length=2, blank=True, help_text="Of the project then.")
    contacted_at = models.DateTimeField()
    answered = models.BooleanField(null=True, help_text="NULL as long as nobody has said so.")
    helped = models.CharField(max_length=8, blank=True, choices=[(each.value, each.value) for each in Helped if each])

    class Meta:
        """Counted by run, read by firm."""

        constraints = [
            models.UniqueConstraint(fields=["user", "course_key", "entry"], name="ici_one_support_contact"),
        ]
        indexes = [models.Index(fields=["course_key", "company"], name="ici_support_contact_firm")]


class SupportBlock(models.Model):
    """A block `support_directory` as the app knows it, so that a contact logged elsewhere completes it.

    .. no_pii: text written by course authors.
    """

    usage_key = UsageKeyField(max_length=255, unique=True)
    course_key = CourseKeyField(max_length=255, db_index=True)
    settings = models.JSONField(help_text="What the author chose, as lib.json_data writes it.")


class SupportBlockDone(models.Model):
    """A block that is done for a learner; it stays done.

    .. pii: links a user account to a learning result
    .. pii_types: other
    .. pii_retirement: local_api
    """

    block = models.ForeignKey(SupportBlock, on_delete=models.CASCADE, related_name="done")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        """Once for each learner."""

        constraints = [models.UniqueConstraint(fields=["block", "user"], name="ici_support_block_done")]
