"""What the assignments room takes and hands out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.evidence.data import EvidenceData, EvidenceRules, ItemData
from iciinsmes.lib.json_data import later
from iciinsmes.review.data import AssessmentData, Marking, Rubric
from iciinsmes.threads.data import SILENCE, ThreadData

#: Kinds of subjects. A round is assessed, a mentor confirms it, and it waits; evidence belongs to the work, from the
#: draft on, because a file stays when a round is taken back and goes along to the next one.
ROUND = "round"
WORK = "work"


@dataclass(frozen=True)
class TaskQuestion:
    """One thing a learner writes about.

    ``key`` is unique in its task and stays when the wording changes. Word limits are inclusive; 0 means no limit.
    ``min_files`` is how many pieces of evidence have to stand at this very question, files or others. ``source`` is a
    key of `answer_sources`, from which a learner can fill the box; empty for none.
    """

    key: str
    title: str
    help: str = ""
    min_words: int = 0
    max_words: int = 0
    required: bool = True
    min_files: int = later(0)
    source: str = later("")


@dataclass(frozen=True)
class LateRule:
    """What happens after the due date.

    Until ``grace_hours`` after it (0 to 720) a hand-in counts as in time. Later ones are marked late and lose
    ``percent_per_day`` (0 to 100) of their points for each day that has begun, ``max_percent`` at most; where
    ``accept`` is false they are refused.
    """

    grace_hours: int = 0
    accept: bool = True
    percent_per_day: Decimal = Decimal(0)
    max_percent: Decimal = Decimal(100)

    def deadline(self, due_at: datetime | None) -> datetime | None:
        """Return the last moment that counts as in time, or None where nothing is due."""
        # In UTC, because Python adds hours to a local time by the clock on the wall, which is changed twice a year.
        return None if due_at is None else due_at.astimezone(UTC) + timedelta(hours=self.grace_hours)


class MentorNeed(StrEnum):
    """Whether a mentor in the firm confirms the work: never, if the learner asks, or before any pass."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True)
class MentorRule:
    """Whether a mentor confirms, and ``checks``: what the author asks the mentor to look at, one sentence each."""

    need: MentorNeed = MentorNeed.NONE
    checks: tuple[str, ...] = ()


class CompleteOn(StrEnum):
    """When the block counts as done for the learner."""

    HAND_IN = "hand_in"
    SIGN_OFF = "sign_off"
    PASSED = "passed"


@dataclass(frozen=True)
class Task:
    """What an author wrote in the block; frozen as a task version when a learner first sees it.

    ``instructions`` is HTML by a course author; ``hours`` is the planned time at work, 0 for unknown; ``weight`` is
    what the whole assignment is worth in the gradebook, in points; ``attempts`` is how many rounds may be handed in,
    0 for any number; with ``team``, members of one company may hand in together; with ``statement``, the learner has to
    state that it is own work and may be shown. ``gate`` is the number of a gate of the firm's project that the mentor's
    word decides as well, as text; empty for none. ``marking`` is who makes the result.
    """

    title: str
    purpose: str
    instructions: str
    questions: tuple[TaskQuestion, ...]
    evidence: EvidenceRules
    rubric: Rubric
    hours: Decimal = Decimal(0)
    weight: Decimal = Decimal(1)
    attempts: int = later(0)
    late: LateRule = later(LateRule())
    mentor: MentorRule = later(MentorRule())
    complete_on: CompleteOn = later(CompleteOn.HAND_IN)
    team: bool = later(False)
    statement: bool = later(False)
    gate: str = later("")
    marking: Marking = later(Marking.ONE)


@dataclass(frozen=True)
class TaskVersionData:
    """A frozen task and its place; ``rubric_id`` is what `review.api.freeze_rubric` gave its rubric."""

    id: int
    assignment_id: int
    usage_key: UsageKey
    course_key: CourseKey
    task: Task
    rubric_id: int


@dataclass(frozen=True)
class HoursEntry:
    """One line of the log of hours at work; ``date`` is None where somebody typed only a number."""

    date: date | None
    hours: Decimal
    what: str


class Audience(StrEnum):
    """Whom the learner lets see a hand-in: the company's coach alone, the teachers too, or all learners as well."""

    COACH = "coach"
    TEACHERS = "teachers"
    GALLERY = "gallery"


@dataclass(frozen=True)
class DraftData:
    """What is being written; ``revision`` is 0 and ``saved_at`` None before the first save.

    ``hours`` is the sum of ``log``, None where it is empty; ``own_work`` says that the learner ticked the statement.
    """

    answers: Mapping[str, str]
    hours: Decimal | None
    revision: int
    saved_at: datetime | None
    log: tuple[HoursEntry, ...] = ()
    audience: Audience = Audience.TEACHERS
    own_work: bool = False


@dataclass(frozen=True)
class RoundFile:
    """A file as it was handed in."""

    id: UUID
    name: str
    description: str
    size: int
    content_type: str
    question: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether it can be listened to."""
        return self.content_type.startswith("audio/")


@dataclass(frozen=True)
class RoundData:
    """One hand-in, and its released assessment if there is one.

    ``late_percent`` (0 to 100) is what the late rule took from its points; ``opened_at`` is when somebody else first
    saw it; ``own_work`` says that the learner stated it; ``audience`` is whom the learner lets see it. ``team`` links
    it with the rounds of colleagues who handed in together, ``member_ids`` are all of them, the owner too, ascending;
    None and empty for the round of one person. ``handed_in_by_id`` is who of them did it. ``company_id`` is the firm in
    which it was handed in, None for a learner who had none. ``cancelled_at`` is when the staff decided that it does not
    count.
    """

    id: UUID
    number: int
    task: Task
    answers: Mapping[str, str]
    files: tuple[RoundFile, ...]
    hours: Decimal | None
    handed_in_at: datetime
    due_at: datetime | None
    assessment: AssessmentData | None
    late_percent: Decimal = Decimal(0)
    opened_at: datetime | None = None
    items: tuple[ItemData, ...] = ()
    log: tuple[HoursEntry, ...] = ()
    audience: Audience = Audience.TEACHERS
    own_work: bool = False
    handed_in_by_id: int | None = None
    team: UUID | None = None
    member_ids: tuple[int, ...] = ()
    company_id: int | None = None
    cancelled_at: datetime | None = None

    @property
    def shared_id(self) -> UUID:
        """One id for all rounds that were handed in together, for what is about all of them: the mentor's word."""
        return self.team or self.id

    @property
    def deadline(self) -> datetime | None:
        """The last moment at which it would have been in time: the learner's own due date and the days of grace."""
        return self.task.late.deadline(self.due_at)

    @property
    def late(self) -> bool:
        """Whether it came in after the deadline."""
        return self.deadline is not None and self.handed_in_at > self.deadline


class Verb(StrEnum):
    """What can happen to a work, as the trail keeps it."""

    HANDED_IN = "work.handed_in"
    WITHDRAWN = "work.withdrawn"
    OPENED = "work.opened"
    MENTOR_ASKED = "work.mentor_asked"
    MENTOR_REMINDED = "work.mentor_reminded"
    LINK_OPENED = "work.link_opened"
    LINK_REVOKED = "work.link_revoked"
    COACH_ASKED = "work.coach_asked"
    CONFIRMED = "work.confirmed"
    SENT_BACK = "work.sent_back"
    PASSED = "work.passed"
    REVISE = "work.revise"
    REOPENED = "work.reopened"
    EXTENDED = "work.extended"
    EXTENSION_ENDED = "work.extension_ended"
    IN_TIME = "work.in_time"
    WAIVED = "work.waived"
    WAIVER_ENDED = "work.waiver_ended"
    CORRECTED = "work.corrected"
    CANCELLED = "work.cancelled"


@dataclass(frozen=True)
class Happening:
    """One line of a work's life.

    ``verb`` is a value of `Verb`; who did it is the user ``actor_id``, or ``actor_name`` for a mentor without an
    account, or neither where that was forgotten; ``note`` is what the person wrote about it.
    """

    verb: str
    at: datetime
    round_number: int
    actor_id: int | None
    actor_name: str
    note: str


@dataclass(frozen=True)
class WaiverData:
    """A learner need not do it, and why."""

    reason: str
    granted_at: datetime


@dataclass(frozen=True)
class WorkData:
    """Everything about one learner's work on one assignment; ``rounds`` and ``timeline`` ascend in time.

    ``files`` and ``items`` belong to the draft; ``rounds_left`` is None where any number may be handed in;
    ``withdrawable`` says that the newest round can be taken back, because nobody has opened it. ``extension_reason``
    says why ``due_at`` is later than for others, empty where it is not; with a ``waiver`` nothing is asked for.
    ``talk`` is how the thread about the work stands.
    """

    owner_id: int
    state: str
    version: TaskVersionData
    draft: DraftData
    files: tuple[EvidenceData, ...]
    items: tuple[ItemData, ...]
    rounds: tuple[RoundData, ...]
    due_at: datetime | None
    rounds_left: int | None = None
    withdrawable: bool = False
    timeline: tuple[Happening, ...] = ()
    extension_reason: str = ""
    waiver: WaiverData | None = None
    talk: ThreadData = SILENCE

    @property
    def deadline(self) -> datetime | None:
        """The last moment at which a hand-in counts as in time for this learner."""
        return self.version.task.late.deadline(self.due_at)


@dataclass(frozen=True)
class GradingData:
    """A round with what a grader needs around it; ``earlier`` are the same work's rounds before it, ascending.

    ``work_id`` is what `api.timeline` tells the life of, ``work_subject`` what is talked about, and
    ``talk`` how that stands; ``waits_for_mentor`` says that the round cannot pass before a
    mentor has confirmed it.
    """

    round: RoundData
    owner_id: int
    state: str
    version: TaskVersionData
    earlier: tuple[RoundData, ...]
    work_id: int
    work_subject: UUID
    is_newest: bool
    waits_for_mentor: bool
    talk: ThreadData = SILENCE

    @property
    def course_key(self) -> CourseKey:
        """The course run."""
        return self.version.course_key


@dataclass(frozen=True)
class Standing:
    """Where one learner's work on one assignment stands: its newest round, None before the first."""

    owner_id: int
    title: str
    state: str
    number: int
    round_id: UUID | None


@dataclass(frozen=True)
class ListedRound:
    """A round as tables of a whole course run have it, without any assessment.

    ``rubric_id`` is that by which it is assessed; ``state`` is that of its work; ``can_be_assessed`` says that it is
    the newest one and lies with a mentor or the staff.
    """

    owner_id: int
    work_id: int
    usage_key: UsageKey
    title: str
    state: str
    rubric_id: int
    is_newest: bool
    can_be_assessed: bool
    round: RoundData

    @property
    def people_ids(self) -> frozenset[int]:
        """Whose work it is."""
        return frozenset({self.owner_id, *self.round.member_ids})
