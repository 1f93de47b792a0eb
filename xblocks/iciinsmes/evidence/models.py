"""What learners hand in as evidence: files, and what they write or paste on the page."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField

from iciinsmes.lib.uuid_field import UuidField


class _OfSubject(models.Model):
    """Columns of a row that belongs to a subject, whatever that is: see `iciinsmes.subjects.Subject`."""

    subject = UuidField(db_index=True)
    subject_kind = models.CharField(max_length=32)
    course_key = CourseKeyField(max_length=255)
    company = models.ForeignKey("iciinsmes.Company", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """No table of its own."""

        abstract = True


class EvidenceFile(_OfSubject):
    """One file of a subject, from the first byte of its upload to the end of its keeping.

    ``owner`` is who sent it: a subject may belong to several, a file keeps its author.

    The row comes first and the stored object second: a row without an object is an unfinished upload that can be
    resumed or cleaned away, an object without a row would be a leak nobody can find. ``in_draft`` says that the file
    is attached to what the owner is working on; ``kept`` that a round holds it, from then on neither the row nor the
    object is changed or removed by the owner. Descriptions may change while in draft; rounds keep their own copy.
    ``missing_since`` is set while the storage does not show the object, and nothing else follows from it: a storage
    that is not there today, or another folder, must not cost anybody a file.

    .. pii: a file chosen by a learner, its name and description: may show or name people
    .. pii_types: image, video, other
    .. pii_retirement: local_api
    """

    class State(models.TextChoices):
        """Only a STORED file counts as evidence."""

        UPLOADING = "uploading"
        STORED = "stored"

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    description = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADING)
    announced_size = models.PositiveBigIntegerField(help_text="Bytes the browser says it will send.")
    announced_sha256 = models.CharField(max_length=64, help_text="Hash of the bytes the browser says it will send.")
    received = models.PositiveBigIntegerField(default=0, help_text="Bytes that have arrived in order.")
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes of the stored object.")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Hash of the stored object.")
    content_type = models.CharField(max_length=100, blank=True, help_text="Media type found in the content.")
    storage_name = models.CharField(max_length=255, blank=True)
    question = models.CharField(max_length=64, blank=True, help_text="Key of the question it belongs to, or empty.")
    in_draft = models.BooleanField(default=True)
    kept = models.BooleanField(default=False)
    missing_since = models.DateTimeField(null=True, help_text="When the object was first not found; else empty.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The index is for a person's quota in a course; that of ``subject`` for everything else."""

        indexes = [models.Index(fields=["owner", "course_key"], name="ici_evidence_owner")]


class EvidenceItem(_OfSubject):
    """Evidence of a draft that is no file: a link, an observation note, a pasted table, a copy of a result.

    It has a table of its own, because nothing of a file's life exists here: no announced bytes, chunks, hash, stored
    object or repair. In one table with a kind, most columns would be empty and every query of the upload path would
    need one more condition. A hand-in copies the whole item into the round, so there is no ``kept`` either: whatever
    happens here later, the round stays as it is. ``revision`` counts changes: one that started from an older revision
    is refused, so that two tabs cannot overwrite each other unseen.

    .. pii: what a learner writes or pastes as evidence: may name people
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=64, blank=True, help_text="Key of the question it belongs to, or empty.")
    kind = models.CharField(max_length=12, help_text="A key of evidence.kinds.ITEM_KINDS.")
    title = models.CharField(max_length=200, blank=True)
    content = models.JSONField(help_text="As evidence.data.ItemData describes it.")
    size = models.PositiveIntegerField(help_text="Bytes of title and content.")
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The same two questions as of files."""

        indexes = [models.Index(fields=["owner", "course_key"], name="ici_item_owner")]


class SharedTurn(models.Model):
    """Whose turn it is to add to a subject that several share: a row that one transaction holds against all others.

    Limits are counted over several rows of several people, of which there may be none yet, so these cannot be locked;
    the row of a person, which is, is another one for each of them. It is as small as the subject, and stays.

    .. no_pii: a subject and a moment.
    """

    subject = UuidField(primary_key=True)
    taken_at = models.DateTimeField()
