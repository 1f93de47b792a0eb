"""What the demo's firms have entered month by month, what warned them, and what they said about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.contrib.auth.models import User
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies.data import CompanyData
from iciinsmes.early_warning import api
from iciinsmes.early_warning.data import MonthCell

from .steps import DemoPart, Steps


@dataclass(frozen=True)
class Series:
    """An indicator's months up to the last one that has ended."""

    key: str
    numerators: Sequence[float]
    denominators: Sequence[float] = ()
    extras: Sequence[float] = ()


@dataclass(frozen=True)
class DemoAlarmAnswer:
    """What a firm says about its newest alarm of an indicator; ``days`` are how long it gives itself."""

    key: str
    cause: str
    action: str
    days: int


@dataclass(frozen=True)
class NewLimits:
    """From how many months ago on an indicator has new limits, and why."""

    key: str
    months_ago: int
    reason: str


@dataclass(frozen=True)
class Warned:
    """A firm's early warning; ``by`` is the user name of who enters it."""

    company: str
    by: str
    series: Sequence[Series]
    answers: Sequence[DemoAlarmAnswer] = ()
    new_limits: Sequence[NewLimits] = ()
    tells_coach: bool = False


#: Fitters were late twelve months as usual, then a driver left and complaints doubled.
_NORDLICHT = Warned(
    company="nordlicht",
    by="anna.nordlicht",
    series=(
        Series(
            "E1",
            (5, 9, 4, 6, 10, 5, 8, 4, 7, 6, 9, 5, 4, 6, 5, 17),
            (210, 330, 180, 240, 410, 200, 310, 190, 260, 220, 350, 200, 180, 260, 240, 230),
        ),
        Series(
            "E4",
            (45, 52, 41, 50, 61, 44, 53, 42, 50, 47, 55, 44, 42, 51, 47, 46),
            (50, 57, 45, 55, 67, 49, 58, 46, 55, 52, 60, 49, 46, 56, 52, 53),
        ),
        Series(
            "E5",
            (
                *(61200, 84100, 55300, 70400, 98200, 58700, 81300, 57100, 69800, 66400, 90500, 60200),
                *(60900, 79800, 57600, 68100),
            ),
        ),
    ),
    answers=(
        DemoAlarmAnswer(
            "E1",
            "The driver who knew the old town has left, and the new one came late with seven kitchens.",
            "Ride along for two weeks, and call each customer the evening before.",
            14,
        ),
    ),
    tells_coach=True,
)

#: Heat pumps came in spring: one month in which many were late.
_ELSERVICE = Warned(
    company="elservicefyn",
    by="mette.elservicefyn",
    series=(
        Series(
            "E4",
            (58, 61, 57, 66, 60, 59, 63, 62, 58, 64, 61, 60, 59, 63, 62, 60, 52),
            (60, 63, 59, 68, 62, 61, 65, 64, 60, 66, 63, 62, 61, 65, 64, 62, 58),
        ),
        Series(
            "E8",
            (1, 1, 2, 1, 1, 0, 1, 2, 1, 1, 1, 2, 1, 1, 1, 1, 1),
            (38, 38, 39, 39, 40, 40, 40, 41, 41, 41, 42, 42, 42, 43, 43, 43, 43),
            (0,) * 17,
        ),
    ),
)

#: A new oven changed how much comes back for good.
_POD_DEBEM = Warned(
    company="poddebem",
    by="zofia.poddebem",
    series=(
        Series(
            "E2",
            (62, 58, 66, 61, 64, 59, 63, 60, 65, 62, 34, 31, 36, 33, 35, 32, 34, 33, 31, 35),
            (
                *(1510, 1470, 1560, 1490, 1530, 1480, 1520, 1500, 1550, 1510),
                *(1540, 1500, 1570, 1520, 1560, 1510, 1540, 1530, 1500, 1550),
            ),
        ),
        Series(
            "E11",
            (4.4, 4.5, 4.4, 4.3, 4.5, 4.4, 4.6, 4.4, 4.5, 4.4, 4.5, 4.4, 4.5, 4.6, 4.4, 4.5, 4.5, 4.4, 4.5, 4.5),
            (6, 5, 7, 4, 6, 6, 5, 8, 6, 5, 7, 6, 5, 6, 7, 6, 5, 6, 7, 6),
        ),
    ),
    new_limits=(NewLimits("E2", 10, "The new oven bakes evenly: bread comes back half as often, and that stays."),),
)

#: So few that months are added up to quarters, which takes eighteen months before anything is judged.
_SZEP_HAJ = Warned(
    company="szephaj",
    by="reka.szephaj",
    series=(
        Series(
            "E1", (0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0), (14, 16, 12, 15, 13, 17, 14, 15, 12, 16, 14, 13, 15, 14)
        ),
        Series("E5", (4100, 4300, 3900, 4200, 4500, 4000, 4400, 4300, 4100, 4200, 4600, 4800, 4100, 4350)),
    ),
)

FIRMS = (_NORDLICHT, _ELSERVICE, _POD_DEBEM, _SZEP_HAJ)


def tell_warnings(held: Mapping[str, CompanyData], *, course_key: CourseKey, steps: Steps) -> None:
    """Let the firms enter their months and answer what warned them; a firm or person that is missing is left out.

    Args:
        held: the firms by their key.
        course_key: the demo's course run.
        steps: takes each step alone.
    """
    people = dict(User.objects.values_list("username", "pk"))
    for firm in FIRMS:
        if firm.company in held and firm.by in people:
            with steps.step(DemoPart.WARNINGS, held[firm.company].name):
                _tell(firm, held[firm.company].id, people[firm.by], course_key)


def _tell(firm: Warned, company_id: int, user_id: int, course_key: CourseKey) -> None:
    api.choose(
        company_id=company_id,
        user_id=user_id,
        course_key=course_key,
        kept=[series.key for series in firm.series],
        thresholds={},
        tells_coach=firm.tells_coach,
    )
    last = api.running_month() - 1
    cells = [cell for series in firm.series for cell in _cells(series, last)]
    api.save_figures(company_id=company_id, user_id=user_id, course_key=course_key, cells=cells)
    for limits in firm.new_limits:
        api.begin_baseline(
            company_id=company_id,
            user_id=user_id,
            course_key=course_key,
            indicator=limits.key,
            first_month=last - limits.months_ago + 1,
            reason=limits.reason,
        )
    for said in firm.answers:
        newest = next(alarm for alarm in api.alarms_of(company_id=company_id, indicator=said.key) if alarm.is_open)
        api.answer_alarm(
            company_id=company_id,
            user_id=user_id,
            course_key=course_key,
            alarm_id=newest.id,
            revision=newest.revision,
            cause=said.cause,
            action=said.action,
            due=timezone.localdate() + timedelta(days=said.days),
        )


def _cells(series: Series, last: int) -> list[MonthCell]:
    first = last - len(series.numerators) + 1
    return [
        MonthCell(
            series.key,
            first + place,
            Decimal(str(numerator)),
            *(Decimal(str(each[place])) if each else None for each in (series.denominators, series.extras)),
        )
        for place, numerator in enumerate(series.numerators)
    ]
