"""The door of the toolbox: instruments by name, reading a learner's table, one run, and all that as pages show it.

Each name is defined where its subject is; the command line, which has no web, imports from there.
"""

from __future__ import annotations

from .catalogue import cards_by_phase
from .charts.render import chart_svg
from .collection import all_instruments, find_instrument
from .downloads.columns import explained, foreign_words
from .downloads.templates import table_csv, table_xlsx, template_csv, template_xlsx
from .downloads.text_file import figures_csv
from .instruments.framework import demo_options, demo_table, run
from .language import known_languages, reader_language
from .option_form import OptionForm, option_form, written
from .page import ResultPage, result_page
from .quiz_form import CHOICE, WORDS, QuizAnswers, missing, read_answers
from .quiz_view import AskAfter, ask_after, ask_before
from .row_form import RowField, row_fields, typed_row, value_words
from .table_import.cells.amounts import may_be_either, number, signs_of
from .table_import.columns.mapping import weigh_columns
from .table_import.columns.reading import cell_words
from .table_import.columns.turning import turn_table
from .table_import.files.text_files import decoded
from .table_import.names import plain_name
from .table_import.pace import gently
from .table_import.people.personal import hide_people, looks_like_people
from .table_import.rows.all_rows import read_table
from .table_import.rows.one_row import read_row
from .table_import.rows.understood import show_columns
from .table_import.tidying.lines import open_pasted, open_table

__all__ = [
    "CHOICE",
    "WORDS",
    "AskAfter",
    "OptionForm",
    "QuizAnswers",
    "ResultPage",
    "RowField",
    "all_instruments",
    "ask_after",
    "ask_before",
    "cards_by_phase",
    "cell_words",
    "chart_svg",
    "decoded",
    "demo_options",
    "demo_table",
    "explained",
    "figures_csv",
    "find_instrument",
    "foreign_words",
    "gently",
    "hide_people",
    "known_languages",
    "looks_like_people",
    "may_be_either",
    "missing",
    "number",
    "open_pasted",
    "open_table",
    "option_form",
    "plain_name",
    "read_answers",
    "read_row",
    "read_table",
    "reader_language",
    "result_page",
    "row_fields",
    "run",
    "show_columns",
    "signs_of",
    "table_csv",
    "table_xlsx",
    "template_csv",
    "template_xlsx",
    "turn_table",
    "typed_row",
    "value_words",
    "weigh_columns",
    "written",
]
