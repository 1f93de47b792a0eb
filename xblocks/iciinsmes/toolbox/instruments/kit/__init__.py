"""What instruments are made of: import from here, not from the modules inside."""

from . import names
from .checks import Feedback, check_decision, check_estimate, check_question, check_valid
from .declaration import NEEDS, Canvas, Choice, Column, Demo, Firm, Instrument, Kind, Need, Option, Phase
from .json import result_from_json, result_to_json
from .questions import ask_largest
from .result import (
    Answer,
    Cell,
    Chart,
    ChartKind,
    Condition,
    Decision,
    Estimate,
    Figure,
    Heading,
    Level,
    Mark,
    Question,
    Result,
    ResultTable,
    Slip,
    Unit,
    Verdict,
    choose_one,
)
from .running import WrongOption, run, settings
from .showing import ENGLISH, Language, show, show_value
from .table import Settings, Table, Value
from .texts import Text, msg

__all__ = [
    "ENGLISH",
    "NEEDS",
    "Answer",
    "Canvas",
    "Cell",
    "Chart",
    "ChartKind",
    "Choice",
    "Column",
    "Condition",
    "Decision",
    "Demo",
    "Estimate",
    "Feedback",
    "Figure",
    "Firm",
    "Heading",
    "Instrument",
    "Kind",
    "Language",
    "Level",
    "Mark",
    "Need",
    "Option",
    "Phase",
    "Question",
    "Result",
    "ResultTable",
    "Settings",
    "Slip",
    "Table",
    "Text",
    "Unit",
    "Value",
    "Verdict",
    "WrongOption",
    "ask_largest",
    "check_decision",
    "check_estimate",
    "check_question",
    "check_valid",
    "choose_one",
    "msg",
    "names",
    "result_from_json",
    "result_to_json",
    "run",
    "settings",
    "show",
    "show_value",
]
