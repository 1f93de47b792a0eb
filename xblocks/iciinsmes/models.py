"""Tables of all rooms, gathered here because Django looks for an app's models in this module."""

from .assignments.models import Assignment, Draft, Round, TaskVersion, Work
from .audit_log.models import AuditLogEntry
from .canvases.models import Canvas, CanvasCard, CanvasVersion
from .companies.models import Company, CompanyCoach, CompanyImport, CompanyMembership, CompanyRun, JoinCode
from .desk.models import SavedFilter
from .early_warning.models import (
    Alarm,
    MonthFigure,
    MonthFigureVersion,
    WarningBlock,
    WarningBlockDone,
    Watch,
    WatchBaseline,
)
from .evidence.models import EvidenceFile, EvidenceItem, SharedTurn
from .exercises.models import Attempt, DataSet, DataVersion, Exercise, ToolResult
from .gallery.models import GalleryEntry, GalleryPerson
from .mentors.models import MentorAnswer, MentorRequest
from .notices.models import Notice, NoticePreference, OutgoingMail, Reminder, ScheduledRun
from .projects.models import (
    BlockDone,
    CoachTalk,
    CourseRules,
    Entry,
    EntryVersion,
    GateDecision,
    GatePassage,
    GateRequest,
    LightOverride,
    Project,
    ProjectBlock,
    ProjectPause,
    ProjectRun,
    SummaryLink,
)
from .review.models import Assessment, RubricVersion
from .snippets.models import Snippet
from .waiting.models import WaitingItem, WaitingWord

__all__ = [
    "Alarm",
    "Assessment",
    "Assignment",
    "Attempt",
    "AuditLogEntry",
    "BlockDone",
    "Canvas",
    "CanvasCard",
    "CanvasVersion",
    "CoachTalk",
    "Company",
    "CompanyCoach",
    "CompanyImport",
    "CompanyMembership",
    "CompanyRun",
    "CourseRules",
    "DataSet",
    "DataVersion",
    "Draft",
    "Entry",
    "EntryVersion",
    "EvidenceFile",
    "EvidenceItem",
    "Exercise",
    "GalleryEntry",
    "GalleryPerson",
    "GateDecision",
    "GatePassage",
    "GateRequest",
    "JoinCode",
    "LightOverride",
    "MentorAnswer",
    "MentorRequest",
    "MonthFigure",
    "MonthFigureVersion",
    "Notice",
    "NoticePreference",
    "OutgoingMail",
    "Project",
    "ProjectBlock",
    "ProjectPause",
    "ProjectRun",
    "Reminder",
    "Round",
    "RubricVersion",
    "SavedFilter",
    "ScheduledRun",
    "SharedTurn",
    "Snippet",
    "SummaryLink",
    "TaskVersion",
    "ToolResult",
    "WaitingItem",
    "WaitingWord",
    "WarningBlock",
    "WarningBlockDone",
    "Watch",
    "WatchBaseline",
    "Work",
]
