"""The only door to early warning."""

from __future__ import annotations

from .alarms import alarm_here, alarms_of, answer_alarm, close_alarm, make_measure
from .blocks import block_settings, clear_block, done_points, freeze_block, settle
from .choosing import baselines_of, begin_baseline, choose, watch_here
from .evaluation import look_at_all, running_month
from .figures import changes_by, figures_of, problems_of, save_figures, versions_of
from .notifications import tell_coaches
from .permissions import CompanyReader, own_company, reader_of
from .reading import FirmPage, IndicatorPage, charts_for, facts_of, firm_page, indicator_page
from .table import (
    MOST_BYTES,
    ColumnUse,
    TableReading,
    brought_back,
    carried,
    read_figures,
    use_choices,
)

__all__ = [
    "MOST_BYTES",
    "ColumnUse",
    "CompanyReader",
    "FirmPage",
    "IndicatorPage",
    "TableReading",
    "alarm_here",
    "alarms_of",
    "answer_alarm",
    "baselines_of",
    "begin_baseline",
    "block_settings",
    "brought_back",
    "carried",
    "changes_by",
    "charts_for",
    "choose",
    "clear_block",
    "close_alarm",
    "done_points",
    "facts_of",
    "figures_of",
    "firm_page",
    "freeze_block",
    "indicator_page",
    "look_at_all",
    "make_measure",
    "own_company",
    "problems_of",
    "read_figures",
    "reader_of",
    "running_month",
    "save_figures",
    "settle",
    "tell_coaches",
    "use_choices",
    "versions_of",
    "watch_here",
]
