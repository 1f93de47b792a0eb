"""What instruments are made of, and the index to it: import from here, not from the modules inside.

The floors, each standing on those below it:

running
    One run of an instrument (`run`), the rows of its demo in a language (`demo_table`), and its result as JSON.
declaration
    What an instrument says about itself (`Instrument`, `Column` and `choice_column`, `Option`, `CardLayout`), its
    `Demo`, and the `Table` and `Settings` that ``compute`` is given.
groups
    Groups beside each other: shares by group with their figure, table and chart, shares of a whole with ABC classes;
    how far people agree on an order.
result
    What ``compute`` hands out (`Result` with `Figure`, `Rows`, `Chart` and `bars`, `Verdict`, `Condition`, `noted`,
    `Estimate`, `Question`, `Decision`), how that is read in a language (`show`), and how answers to it are checked.
estimation
    Numbers in, numbers out: intervals of shares and means, two shares compared, Student's distribution.
texts
    Messages to be translated (`msg`), words of the learner's data that mean the same (`grouped`), names and numbers
    within sentences (`named`, `rounded`).
"""

from .declaration.allowed import allowed, joined
from .declaration.demo import Demo, Firm
from .declaration.instrument import (
    NEEDS,
    CardLayout,
    Column,
    Instrument,
    Need,
    Option,
    Phase,
    ValueKind,
    choice_column,
    choice_option,
    number_column,
    number_option,
    switch_option,
)
from .declaration.table import Settings, Table, Value
from .estimation.intervals import (
    SIGNIFICANT,
    Z_EXACT,
    Agreement,
    Interval,
    Z,
    adjusted_wald,
    agreement,
    doubled_ranks,
    edge,
    kendall_w_of_scores,
    mean,
    mean_interval,
    normal_cdf,
    quantile,
    rounding_variance,
    two_sided_p,
    wilson,
)
from .estimation.student import mean_difference, student_limit
from .estimation.two_shares import (
    Comparison,
    Variant,
    compare,
    fisher_p,
    shares_score_interval,
    shares_z,
    visitors_for_difference,
)
from .groups.concord import MIN_AGREEMENT, Concord, agreement_figures, concord
from .groups.shares import (
    CLASS_A_SHARE,
    EPSILON,
    GroupShare,
    ParetoShare,
    Standing,
    abc_class,
    behind,
    best,
    by_group,
    pareto,
    percent,
    share_chart,
    share_figure,
    share_table,
    small_groups,
    standing,
)
from .result.charts import bars, curves, heat, ranges, scatter
from .result.checks import (
    MAX_CHOICES,
    Feedback,
    ask_largest,
    check_decision,
    check_estimate,
    check_question,
    check_valid,
)
from .result.parts import (
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
    NotInResult,
    Question,
    Result,
    ResultTable,
    Rows,
    Shown,
    Slip,
    Unit,
    Verdict,
    choose_one,
    interval_figure,
    noted,
    yes_or_no,
)
from .result.showing import ENGLISH, Language, show, show_value
from .running.demo import demo_language, demo_options, demo_table
from .running.result_json import FORMAT, result_from_json, result_to_json, value_from_json, value_to_json
from .running.run import WrongOption, cannot_be, run, settings
from .texts.message import Text, day_text, msg
from .texts.sentences import named, rounded, with_commas
from .texts.words import grouped, in_time, numbered, same, spelled
