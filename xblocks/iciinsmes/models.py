"""Tables of all rooms, gathered here because Django looks for an app's models in this module."""

from .assignments.models import Assignment, Draft, Round, TaskVersion, Work
from .companies.models import Company, CompanyMembership
from .evidence.models import EvidenceFile
from .review.models import Assessment, RubricVersion

__all__ = [
    "Assessment",
    "Assignment",
    "Company",
    "CompanyMembership",
    "Draft",
    "EvidenceFile",
    "Round",
    "RubricVersion",
    "TaskVersion",
    "Work",
]
