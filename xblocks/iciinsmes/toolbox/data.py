"""What the toolbox takes and hands out, for other rooms."""

from .instruments.kit import (
    Chart,
    Figure,
    Instrument,
    Language,
    Level,
    Result,
    ResultTable,
    Table,
    Text,
    Verdict,
    result_from_json,
    result_to_json,
    show,
    show_value,
)
from .intake.rows import Intake, Problem
from .intake.sheet import Sheet

__all__ = [
    "Chart",
    "Figure",
    "Instrument",
    "Intake",
    "Language",
    "Level",
    "Problem",
    "Result",
    "ResultTable",
    "Sheet",
    "Table",
    "Text",
    "Verdict",
    "result_from_json",
    "result_to_json",
    "show",
    "show_value",
]
