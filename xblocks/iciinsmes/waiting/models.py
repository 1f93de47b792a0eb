"""What waits, and who shares it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField

from iciinsmes.lib.uuid_field import UuidField

from .data import MentorWord, Progress, WaitingFor


class WaitingItem(models.Model):
    """A subject that waits for somebody; the row goes when nobody has to act any more.

    Who has it in hand, and to whom it is allocated, stand here because both end with the waiting, and a claim is one
    conditional update of a row. While ``is_blind``, two judge it without knowing of each other: it is in nobody's hand,
    is allocated to nobody, and its progress stays as it was.

    It has what a queue filters, sorts and shows, copied when the subject began to wait, so that a page is one range of
    one index and joins nothing. The room of the subject writes it in the transaction that moves the subject.
    ``subject`` is an id without a foreign key: this room knows neither rounds nor projects. ``with_ids`` is a list and
    not only `WaitingWord`, because a page would have to read that one too.

    .. pii: links user accounts to what they have handed in
    .. pii_types: other
    .. pii_retirement: local_api
    """

    class Whom(models.TextChoices):
        """Whose queue it stands in."""

        MENTOR = WaitingFor.MENTOR.value
        STAFF = WaitingFor.STAFF.value
        COACH = WaitingFor.COACH.value
        OWNER = WaitingFor.OWNER.value

    class HowFar(models.TextChoices):
        """See `Progress`."""

        NEW = Progress.NEW.value
        OPENED = Progress.OPENED.value
        BEGUN = Progress.BEGUN.value
        READY = Progress.READY.value

    class Word(models.TextChoices):
        """See `MentorWord`; empty where none is wanted."""

        OPEN = MentorWord.OPEN.value
        CONFIRMED = MentorWord.CONFIRMED.value

    subject = UuidField(unique=True)
    kind = models.CharField(max_length=32, help_text="Registered by the room that has the subject.")
    course_key = CourseKeyField(max_length=255)
    company = models.ForeignKey("Company", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    with_ids = models.JSONField(default=list, help_text="Ids of the others whose work it is too, ascending.")
    waiting_for = models.CharField(max_length=8, choices=Whom.choices)
    since = models.DateTimeField()
    title = models.CharField(max_length=255)
    place = models.CharField(max_length=255, blank=True, help_text="What a queue can be narrowed to: key of a block.")
    number = models.PositiveSmallIntegerField(default=0, help_text="Of the round, or what else repeats.")
    late = models.BooleanField(default=False)
    progress = models.CharField(max_length=8, choices=HowFar.choices, default=HowFar.NEW)
    word = models.CharField(max_length=12, choices=Word.choices, blank=True, help_text="Of a mentor.")
    has_question = models.BooleanField(default=False, help_text="Whether its owner asked and nobody has answered.")
    language = models.CharField(max_length=16, blank=True, help_text="Of the owner, when it began to wait.")
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    allocated_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_blind = models.BooleanField(default=False)

    class Meta:
        """One index a question, in the order of a page: the queue of a course run, and that queue by each filter."""

        indexes = [
            models.Index(fields=["course_key", "waiting_for", "since", "id"], name="ici_waiting_course"),
            *(
                models.Index(fields=["course_key", "waiting_for", column, "since", "id"], name=f"ici_waiting_{column}")
                for column in ("place", "company", "kind", "word", "progress", "language", "late", "allocated_to")
            ),
        ]


class WaitingWord(models.Model):
    """A word in the name of somebody whose work waits, so that a search is a range of an index in any queue.

    Words are as `lib.folding` writes them, of the name and the user name that the person had when it began to wait. A
    table of its own, because one item has several, and those of everybody who shares it.

    .. pii: parts of names of learners
    .. pii_types: name
    .. pii_retirement: local_api
    """

    item = models.ForeignKey(WaitingItem, on_delete=models.CASCADE, related_name="words")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    word = models.CharField(max_length=40)

    class Meta:
        """The index is the search."""

        indexes = [models.Index(fields=["course_key", "word", "item"], name="ici_waiting_words")]


class CompanyAllocation(models.Model):
    """A firm whose work one person of the staff sees to in a course run, also what begins to wait later.

    Not a role: others may open and judge it all the same. The queue is narrowed by what stands on the rows that wait.

    .. pii: links user accounts of the staff to firms
    .. pii_types: other
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    company = models.ForeignKey("Company", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        """A firm is allocated to one person; the index is the firms of one course run."""

        constraints = [models.UniqueConstraint(fields=["course_key", "company"], name="ici_one_allocation")]
