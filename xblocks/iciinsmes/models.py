"""Tables of all rooms, gathered here because Django looks for an app's models in this module."""

from .assignments.models import Assignment, Draft, Extension, Round, TaskVersion, Waiver, Work
from .audit_log.models import AuditLogEntry
from .best_practices.models import PracticeBlock, PracticeBlockDone, PracticeCase
from .canvases.models import Canvas, CanvasCard, CanvasVersion
from .certificates.models import (
    Attendance,
    Certificate,
    CertificateRun,
    CertificateStanding,
    TeacherWord,
    TrainingSession,
)
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
from .evaluation.models import EvaluatedRun, EvaluationReport, KeptQuestion, Reaction, ReactionBlock
from .evidence.models import EvidenceFile, EvidenceItem, SharedTurn
from .exercises.models import Attempt, DataSet, DataVersion, Exercise, ToolResult
from .feedback.models import FeedbackFile, Remark
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
from .review.models import Assessment, EarlierResult, RubricVersion
from .self_check.models import Check, CheckBlock, CheckVersion
from .sheets.models import Archive, ArchivedLearner, GradeImport, GradeLine
from .snippets.models import Snippet
from .support.models import (
    SupportBlock,
    SupportBlockDone,
    SupportChange,
    SupportContact,
    SupportEditor,
    SupportEntry,
    SupportImport,
    SupportSuccession,
)
from .threads.models import Message, MessagePlace, Thread
from .waiting.models import CompanyAllocation, WaitingItem, WaitingWord

__all__ = [
    "Alarm",
    "Archive",
    "ArchivedLearner",
    "Assessment",
    "Assignment",
    "Attempt",
    "Attendance",
    "AuditLogEntry",
    "BlockDone",
    "Canvas",
    "CanvasCard",
    "CanvasVersion",
    "Certificate",
    "CertificateRun",
    "CertificateStanding",
    "Check",
    "CheckBlock",
    "CheckVersion",
    "CoachTalk",
    "Company",
    "CompanyAllocation",
    "CompanyCoach",
    "CompanyImport",
    "CompanyMembership",
    "CompanyRun",
    "CourseRules",
    "DataSet",
    "DataVersion",
    "Draft",
    "EarlierResult",
    "Entry",
    "EntryVersion",
    "EvaluatedRun",
    "EvaluationReport",
    "EvidenceFile",
    "EvidenceItem",
    "Exercise",
    "Extension",
    "FeedbackFile",
    "GalleryEntry",
    "GalleryPerson",
    "GateDecision",
    "GatePassage",
    "GateRequest",
    "GradeImport",
    "GradeLine",
    "JoinCode",
    "KeptQuestion",
    "LightOverride",
    "MentorAnswer",
    "MentorRequest",
    "Message",
    "MessagePlace",
    "MonthFigure",
    "MonthFigureVersion",
    "Notice",
    "NoticePreference",
    "OutgoingMail",
    "PracticeBlock",
    "PracticeBlockDone",
    "PracticeCase",
    "Project",
    "ProjectBlock",
    "ProjectPause",
    "ProjectRun",
    "Reaction",
    "ReactionBlock",
    "Remark",
    "Reminder",
    "Round",
    "RubricVersion",
    "SavedFilter",
    "ScheduledRun",
    "SharedTurn",
    "Snippet",
    "SummaryLink",
    "SupportBlock",
    "SupportBlockDone",
    "SupportChange",
    "SupportContact",
    "SupportEditor",
    "SupportEntry",
    "SupportImport",
    "SupportSuccession",
    "TaskVersion",
    "TeacherWord",
    "Thread",
    "ToolResult",
    "TrainingSession",
    "WaitingItem",
    "WaitingWord",
    "Waiver",
    "WarningBlock",
    "WarningBlockDone",
    "Watch",
    "WatchBaseline",
    "Work",
]
