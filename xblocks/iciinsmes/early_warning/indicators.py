"""The twelve indicators: what is asked for each month, how it is judged, and what helps when it warns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from .data import Chart


@dataclass(frozen=True)
class Indicator:
    """An indicator, or one of the two ways in which a firm may measure it.

    ``numerator``, ``denominator`` and ``extra`` are quantities (`labels.QUANTITIES`): several indicators ask for the
    same one, and it is typed once. ``scale`` is by what a value is multiplied to be shown. ``aggregates`` marks flows
    that are added up to quarters where they are small. ``fewest`` is from how many periods on fixed rules speak.
    ``opens`` are keys of instruments, ``tasks`` codes of assignments that help.
    """

    key: str
    number: int
    chart: Chart
    is_up_bad: bool
    numerator: str
    denominator: str = ""
    extra: str = ""
    scale: int = 100
    unit: str = "%"
    aggregates: bool = False
    needs_baseline: bool = True
    fewest: int = 6
    limits: Mapping[str, float] = field(default_factory=dict)
    opens: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()

    @property
    def is_ratio(self) -> bool:
        """Whether values are a numerator through a denominator."""
        return bool(self.denominator) and self.chart_value == "ratio"

    @property
    def chart_value(self) -> str:
        """How a month's value comes about: ratio, or the first figure alone beside its number."""
        return "plain" if self.key in _PLAIN else "ratio"

    @property
    def is_part(self) -> bool:
        """Whether the numerator is a part of the denominator, so that it can never be more."""
        return self.chart is Chart.SHARE or self.key in _PARTS


#: Means of so many answers, not shares of them.
_PLAIN = frozenset({"E5", "E11"})
_PARTS = frozenset({"E3", "E7", "E8", "E9", "E10", "E12", "E11N"})

_ALL = (
    Indicator(
        "E1",
        1,
        Chart.RATE,
        True,
        "complaints",
        "orders",
        unit="per 100",
        aggregates=True,
        limits={"cases": 5, "times": 2},
        opens=("complaint-pareto",),
        tasks=("W03",),
    ),
    Indicator("E2", 2, Chart.SHARE, True, "returns", "orders", aggregates=True, opens=("complaint-pareto",)),
    Indicator(
        "E2C",
        2,
        Chart.INDIVIDUAL,
        True,
        "return_cost",
        "sales",
        limits={"red": 3},
        opens=("complaint-pareto",),
    ),
    Indicator(
        "E3",
        3,
        Chart.NONE,
        True,
        "repeats",
        "complaints",
        aggregates=True,
        needs_baseline=False,
        limits={"amber": 15, "red": 30, "fewest": 10},
        opens=("complaint-pareto",),
        tasks=("W03",),
    ),
    Indicator(
        "E4",
        4,
        Chart.SHARE,
        False,
        "on_time",
        "deliveries",
        aggregates=True,
        limits={"amber": 95, "red": 85},
        opens=("customer-journey-map",),
    ),
    Indicator(
        "E5",
        5,
        Chart.NONE,
        False,
        "sales",
        scale=1,
        unit="",
        needs_baseline=False,
        fewest=24,
        limits={"amber": 5, "red": 10},
        opens=("customer-funnel",),
    ),
    Indicator(
        "E6",
        6,
        Chart.NONE,
        False,
        "order_intake",
        "sales",
        scale=1,
        unit="",
        needs_baseline=False,
        limits={"amber": 1.0, "red": 0.85},
        opens=("customer-funnel",),
    ),
    Indicator(
        "E7",
        7,
        Chart.NONE,
        False,
        "quotes_won",
        "quotes",
        limits={"red": 10},
        opens=("persona-empathy-map",),
        tasks=("W06",),
    ),
    Indicator(
        "E8",
        8,
        Chart.NONE,
        True,
        "quiet",
        "regulars",
        "quiet_best",
        needs_baseline=False,
        limits={"amber": 10, "red": 20},
        opens=("recency-frequency-money",),
    ),
    Indicator("E9", 9, Chart.NONE, False, "new_sales", "sales", opens=("lead-user-screening",)),
    Indicator(
        "E10",
        10,
        Chart.NONE,
        True,
        "biggest_sales",
        "sales",
        needs_baseline=False,
        limits={"amber": 25, "red": 40, "grown": 10},
        opens=("customer-value",),
    ),
    Indicator(
        "E11",
        11,
        Chart.NONE,
        False,
        "stars",
        "reviews",
        scale=1,
        unit="",
        limits={"amber": 0.3, "red": 0.6, "fewest": 10},
        opens=("review-mining",),
    ),
    Indicator(
        "E11N",
        11,
        Chart.NONE,
        False,
        "promoters",
        "answers",
        "detractors",
        unit="",
        opens=("review-mining", "net-promoter-score"),
    ),
    Indicator(
        "E12",
        12,
        Chart.NONE,
        False,
        "young_sales",
        "sales",
        needs_baseline=False,
        limits={"amber": 10, "red": 5},
        opens=("idea-scoring",),
    ),
)

#: By key, in the order in which they are shown.
INDICATORS: Mapping[str, Indicator] = MappingProxyType({each.key: each for each in _ALL})
#: What a firm watches until it chooses: one way of measuring each of the twelve.
USUAL = tuple(each.key for each in _ALL if each.key not in ("E2C", "E11N"))
