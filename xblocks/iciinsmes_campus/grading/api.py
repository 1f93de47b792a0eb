"""The only door to grades: from points in blocks to one course grade."""

from __future__ import annotations

from .data import Column, CourseGrade, GradingPlan, Points, SubsectionGrade, TypeGrade, percent
from .rules import course_grade, grading_plan

__all__ = [
    "Column",
    "CourseGrade",
    "GradingPlan",
    "Points",
    "SubsectionGrade",
    "TypeGrade",
    "course_grade",
    "grading_plan",
    "percent",
]
