"""Which folder belongs to this database."""

from __future__ import annotations

import uuid

from django.db import models

from iciinsmes.lib.uuid_field import UuidField


class StorageMark(models.Model):
    """The one row says under which mark the folder of this database's files is known.

    The same mark lies in the folder. A folder with another mark, or a database without one beside a folder that has
    one, do not belong together: what looks left over in such a folder is somebody else's only copy.

    .. no_pii: a random number.
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)


class RetentionRun(models.Model):
    """When the campus looked for what is older than its retention period, and how much of each kind it dropped.

    The moment also says what the clock was: a clock that leaps makes everything look old at once, so nothing is dropped
    before the clock has gone on from there for a day. ``dropped`` is empty for a run that only noted the time.

    .. no_pii: numbers.
    """

    at = models.DateTimeField()
    dropped = models.JSONField(null=True)
