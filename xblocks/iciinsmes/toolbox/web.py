"""The toolbox' door for pages of other rooms: results, questions and options as templates show them.

It stands beside `api`, because that one also serves programs without a web: nothing there imports Django.
"""

from __future__ import annotations

from .answers import CHOICE, WORDS, Answers, missing, read_answers
from .asking import AskAfter, AskBefore, DecisionPart, EstimatePart, QuestionPart, ask_after, ask_before
from .catalogue import Card, cards_by_phase
from .handouts.columns import explained
from .language import known_languages, reader_language
from .option_form import OptionForm, option_form, written
from .page import ResultPage, result_page
from .row_form import CELL, RowField, row_fields, value_words

__all__ = [
    "CELL",
    "CHOICE",
    "WORDS",
    "Answers",
    "AskAfter",
    "AskBefore",
    "Card",
    "DecisionPart",
    "EstimatePart",
    "OptionForm",
    "QuestionPart",
    "ResultPage",
    "RowField",
    "ask_after",
    "ask_before",
    "cards_by_phase",
    "explained",
    "known_languages",
    "missing",
    "option_form",
    "read_answers",
    "reader_language",
    "result_page",
    "row_fields",
    "value_words",
    "written",
]
