"""Companies and who belongs to them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.django.models import CourseKeyField

from iciinsmes.lib.uuid_field import UuidField


class Company(models.Model):
    """A small firm taking part.

    A table of its own, not a field of the learner: several people of one firm share a project, and what belongs to a
    firm stays with it when a person leaves.

    .. no_pii: the firm's name and place are data of a legal entity; people are linked through CompanyMembership.
    """

    class SizeClass(models.TextChoices):
        """Size classes by number of staff, as in the European Union's definition of small firms."""

        SOLO = "1", _("1 person")
        MICRO = "2-9", _("2 to 9 people")
        SMALL = "10-49", _("10 to 49 people")
        MEDIUM = "50-249", _("50 to 249 people")

    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2 code, upper case.")
    region = models.CharField(max_length=120, blank=True)
    trade = models.CharField(max_length=120, blank=True)
    size_class = models.CharField(max_length=8, choices=SizeClass.choices, default=SizeClass.MICRO)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Alphabetical, because lists of firms are read by people."""

        ordering = ["name", "id"]
        verbose_name_plural = "companies"

    def __str__(self) -> str:
        """Return the firm's name."""
        return self.name


class CompanyMembership(models.Model):
    """A person's place in a firm for one course run.

    One row a stay: a change of firm ends a row (``active`` becomes NULL) and begins another, so that old work stays
    with the firm it was done in. ``active`` is True or NULL, never False: databases count NULLs as different, so the
    unique constraint allows one active firm a person and course run and any number of ended ones, on MySQL too.

    .. pii: links a user account to a firm
    .. pii_types: other
    .. pii_retirement: local_api
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    active = models.BooleanField(null=True, default=True)
    since = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        """See the class docstring for the constraint."""

        constraints = [
            models.UniqueConstraint(fields=["user", "course_key", "active"], name="ici_one_active_company"),
        ]


class CompanyRun(models.Model):
    """A firm takes part in a course run.

    A table of its own, because a firm that a coordinator has imported has no member yet, and because the list of a
    run's firms must not be gathered from memberships.

    .. no_pii: links a firm to a course run.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="runs")
    course_key = CourseKeyField(max_length=255, db_index=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A firm takes part once."""

        constraints = [models.UniqueConstraint(fields=["company", "course_key"], name="ici_one_company_run")]


class JoinCode(models.Model):
    """A short code with which colleagues join a firm in a course run.

    Rows, not a column of the firm: after a merge the codes of both firms lead to the one that is kept. A new code
    deletes the earlier ones.

    .. no_pii: a random code of a firm.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="codes")
    course_key = CourseKeyField(max_length=255)
    code = models.CharField(max_length=16, unique=True)
    expires_at = models.DateTimeField()


class CompanyCoach(models.Model):
    """A person who accompanies a firm in a course run.

    Not a role of the course run: a coach sees the projects of the firms assigned here and nothing else of the run, and
    needs no more than an account.

    .. pii: links a user account to a firm
    .. pii_types: other
    .. pii_retirement: local_api
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="coaches")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    assigned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A person coaches a firm once a course run."""

        constraints = [models.UniqueConstraint(fields=["company", "course_key", "user"], name="ici_one_coach")]


class CompanyImport(models.Model):
    """A table of firms and members that a coordinator has sent and not confirmed yet, or the report of what it did.

    Kept on the server, so that what is confirmed is what was previewed and nothing has to be trusted that comes back
    from the browser. The plan is made anew when it is confirmed, from these lines and from what is there then. Lines
    are dropped with the confirmation, rows after a week.

    .. pii: names, user names and mail addresses of members, as sent
    .. pii_types: name, email_address
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    course_key = CourseKeyField(max_length=255)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    table = models.JSONField(help_text="As imports.table_to_json writes it.")
    report = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    confirmed_at = models.DateTimeField(null=True)
