"""What is shown in the gallery."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField, UsageKeyField

from iciinsmes.lib.uuid_field import UuidField


class GalleryEntry(models.Model):
    """A passed round whose learner chose the gallery.

    The row is made when the round passes, so that a page of the gallery is one walk along an index and needs not look
    for results. Colleagues who handed in together are one entry: ``shared_id`` is unique. Texts and files stay in the
    round. Taking out and hiding are marks of their own, because each may be undone only by whom it belongs to.

    .. pii: what staff wrote about a learner's work, and who of them
    .. pii_types: other
    .. pii_retirement: local_api
    """

    round = models.ForeignKey("Round", on_delete=models.CASCADE, related_name="+")
    shared_id = UuidField(unique=True)
    course_key = CourseKeyField(max_length=255)
    usage_key = UsageKeyField(max_length=255)
    company = models.ForeignKey("Company", null=True, on_delete=models.SET_NULL, related_name="+")
    company_named = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    taken_out_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    hidden_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        """The index is a page of the gallery."""

        indexes = [models.Index(fields=["course_key", "id"], name="ici_gallery_page")]


class GalleryPerson(models.Model):
    """Somebody who did what an entry shows, and may take it out.

    .. pii: links a user account to a learning result
    .. pii_types: other
    .. pii_retirement: local_api
    """

    entry = models.ForeignKey(GalleryEntry, on_delete=models.CASCADE, related_name="people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        """Everybody once an entry."""

        constraints = [models.UniqueConstraint(fields=["entry", "user"], name="ici_gallery_person")]
