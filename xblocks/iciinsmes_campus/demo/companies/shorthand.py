"""Short ways to write what firms have entered into their projects."""

from __future__ import annotations

from typing import Any

from iciinsmes.projects.data import Kind
from iciinsmes_campus.demo.project_data import Entered, Of, OnDay, Who


def entered(days: int, by: str, kind: Kind, key: str = "", **content: Any) -> Entered:
    """Something that somebody has entered on a day."""
    return Entered(days, by, kind, content, key)


def kpi(
    days: int,
    by: str,
    key: str,
    *,
    name: str,
    unit: str,
    way: tuple[str, str, str],
    since: int,
    until: int,
    **more: Any,
) -> Entered:
    """A KPI with its way, as direction, baseline and target, and the days between which it is gone."""
    direction, baseline, target = way
    return entered(
        days,
        by,
        Kind.KPI,
        key,
        name=name,
        unit=unit,
        direction=direction,
        baseline=baseline,
        baseline_on=OnDay(since),
        target=target,
        target_on=OnDay(until),
        **more,
    )


def milestone(days: int, by: str, key: str, title: str, due: int, **more: Any) -> Entered:
    """Something that is reached on a day."""
    return entered(days, by, Kind.MILESTONE, key, title=title, due=OnDay(due), **more)


def value(days: int, by: str, kpi: str, number: str, comment: str = "") -> Entered:
    """A value of a KPI, measured on the day on which it was entered."""
    return entered(days, by, Kind.READING, kpi=Of(kpi), on=OnDay(days), value=number, comment=comment)


def diary(days: int, by: str, text: str) -> Entered:
    """A line of the diary."""
    return entered(days, by, Kind.DIARY, on=OnDay(days), text=text)


def heard(days: int, by: str, key: str, customer: str, method: str, words: str, segment: str = "") -> Entered:
    """What a customer has said or done."""
    content = {"on": OnDay(days), "customer": customer, "segment": segment, "method": method, "words": words}
    return Entered(days, by, Kind.CONTACT, content, key)


def spent(days: int, by: str, measure: str, hours: str, what: str, cost: str = "") -> Entered:
    """Hours, and money if there was any."""
    return entered(days, by, Kind.SPENT, on=OnDay(days), measure=Of(measure), hours=hours, cost=cost, what=what)


def measure(days: int, by: str, key: str, title: str, due: int, **more: Any) -> Entered:
    """Something that will be done, by a person (``who``, a user name) or in a role."""
    if "who" in more:
        more["person"] = Who(more.pop("who"))
    return entered(days, by, Kind.MEASURE, key, title=title, start=OnDay(days), due=OnDay(due), **more)


def idea(days: int, by: str, key: str, title: str, origin: str, **more: Any) -> Entered:
    """An idea, with its decision if there is one."""
    return entered(days, by, Kind.IDEA, key, title=title, origin=origin, **more)


def insight(days: int, by: str, key: str, text: str, *sources: str) -> Entered:
    """What was understood, and from what."""
    return entered(days, by, Kind.INSIGHT, key, text=text, sources=[Of(source) for source in sources])
