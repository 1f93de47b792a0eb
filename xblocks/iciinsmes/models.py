"""Tables of all rooms, gathered here because Django looks for an app's models in this module."""

from .assignments.models import Assignment, Draft, Round, TaskVersion, Work
from .canvases.models import Canvas, CanvasCard, CanvasVersion
from .companies.models import Company, CompanyCoach, CompanyImport, CompanyMembership, CompanyRun, JoinCode
from .evidence.models import EvidenceFile, EvidenceItem
from .exercises.models import Attempt, DataSet, DataVersion, Exercise, ToolResult
from .gallery.models import GalleryEntry, GalleryPerson
from .mentors.models import MentorAnswer, MentorRequest
from .notices.models import Notice, NoticePreference, OutgoingMail, Reminder, ScheduledRun
from .review.models import Assessment, RubricVersion
from .trail.models import TrailEntry

__all__ = [
    "Assessment",
    "Assignment",
    "Attempt",
    "Canvas",
    "CanvasCard",
    "CanvasVersion",
    "Company",
    "CompanyCoach",
    "CompanyImport",
    "CompanyMembership",
    "CompanyRun",
    "DataSet",
    "DataVersion",
    "Draft",
    "EvidenceFile",
    "EvidenceItem",
    "Exercise",
    "GalleryEntry",
    "GalleryPerson",
    "JoinCode",
    "MentorAnswer",
    "MentorRequest",
    "Notice",
    "NoticePreference",
    "OutgoingMail",
    "Reminder",
    "Round",
    "RubricVersion",
    "ScheduledRun",
    "TaskVersion",
    "ToolResult",
    "TrailEntry",
    "Work",
]
