"""Seven more small firms with short projects, so that counts of the course have groups large enough to be shown.

Each has one learner, whom the sign-in page does not offer: what there is to see of them are lists of staff.
"""

from __future__ import annotations

from dataclasses import dataclass

from iciinsmes.projects.data import Kind, Light
from iciinsmes_campus.demo.data import DemoCompany
from iciinsmes_campus.demo.project_data import Asked, AskedByLink, Changed, DemoProject, OnDay, Step

from .shorthand import diary, entered, kpi, measure, value


@dataclass(frozen=True)
class Neighbour:
    """A firm, who learns for it, and its project."""

    company: DemoCompany
    username: str
    first_name: str
    last_name: str
    project: DemoProject


@dataclass(frozen=True)
class _Figure:
    """What a firm counts: from where to where, and the last value."""

    name: str
    unit: str
    direction: str
    baseline: str
    target: str
    now: str


@dataclass(frozen=True)
class _Story:
    """A short project: why, what is counted, what is done, the owner if there was a yes, and the newest line.

    Days are relative to today: ``last`` is that of the newest entries, ``due`` that of the measure. ``light`` is what
    the rules say today.
    """

    title: str
    trigger: str
    why: str
    figure: _Figure
    to_do: str
    line: str
    light: Light = Light.GREEN
    owner: str = ""
    begins: int = -18
    last: int = -5
    due: int = 9


def _neighbour(company: DemoCompany, name: str, language: str, story: _Story) -> Neighbour:
    first_name, last_name = name.split()
    username = f"{company.key}.learner"
    return Neighbour(company, username, first_name, last_name, _project(company.key, username, language, story))


def _project(key: str, by: str, language: str, story: _Story) -> DemoProject:
    begins, figure = story.begins, story.figure
    steps: list[Step] = [
        entered(begins, by, Kind.CHARTER, "charter", title=story.title, trigger=story.trigger, trigger_words=story.why)
    ]
    if story.owner:
        mail = f"{key}@example.org"
        steps += [
            Asked(begins + 1, by),
            AskedByLink(
                begins + 1, by, story.owner, mail, language, begins + 2, begins + 2, "It may cost two hours a week."
            ),
            Changed(begins + 4, by, "charter", {"goal": f"{figure.name}: {figure.target}.", "goal_on": OnDay(90)}),
        ]
    steps += [
        kpi(
            begins + 4,
            by,
            "figure",
            name=figure.name,
            unit=figure.unit,
            way=(figure.direction, figure.baseline, figure.target),
            since=begins,
            until=90,
            source="Our own list",
        ),
        measure(begins + 5, by, "first", story.to_do, story.due, role="Whoever opens in the morning"),
        value(story.last, by, "figure", figure.now),
        diary(story.last, by, story.line),
    ]
    return DemoProject(company=key, by=by, begins=begins, light=story.light, steps=tuple(steps))


NEIGHBOURS = (
    _neighbour(
        DemoCompany("radwerk", "Radwerk Hollerbach", "DE", "Niedersachsen", "Bicycle repair", "2-9"),
        "Mira Hollenstedt",
        "de",
        _Story(
            "Repaired in two days",
            "lost_customer",
            "A courier service took its eleven bicycles elsewhere, because nobody could say when they are ready.",
            _Figure("Days until a bicycle is back", "days", "down", "6", "2", "5"),
            "A day on each job ticket",
            "Whoever hears a day does not call. Three calls today instead of nine.",
            owner="Jörn Hollerbach",
        ),
    ),
    _neighbour(
        DemoCompany("jasnydzien", "Optyk Jasny Dzień", "PL", "Małopolskie", "Optician", "2-9"),
        "Ewa Brzezicka",
        "pl",
        _Story(
            "Glasses that fit on the first day",
            "lost_customer",
            "Four regular customers did not come back after their second visit for the same pair.",
            _Figure("Pairs that come back to be adjusted", "% of pairs", "down", "30", "10", "26"),
            "Try the frame once more before the glass is cut",
            "Two of five said that it pinched from the start. We had not asked.",
            owner="Adam Jasiński",
        ),
    ),
    _neighbour(
        DemoCompany("havnekro", "Havnekroen Strandby", "DK", "Nordjylland", "Restaurant", "2-9"),
        "Søren Lyngholt",
        "da",
        _Story(
            "Seated in ten minutes",
            "lost_customer",
            "The sailing club now holds its suppers elsewhere. They had stood in the door for half an hour.",
            _Figure("Groups that leave before they sit", "a week", "down", "12", "4", "10"),
            "Somebody at the door from six to eight",
            "Most of them only wanted to know how long. Next: a board with the time.",
            owner="Bente Strandby",
        ),
    ),
    _neighbour(
        DemoCompany("kertvaros", "Kertváros Faiskola", "HU", "Zala", "Garden centre", "2-9"),
        "Dóra Somogyvári",
        "hu",
        _Story(
            "Plants that live through the first winter",
            "lost_customer",
            "A landscape gardener buys across the border since a third of our roses froze.",
            _Figure("Plants that are brought back", "a month", "down", "40", "15", "34"),
            "A card with three sentences on care",
            "People plant too deep, nearly all of them. Nobody had told them so far.",
            owner="Gábor Zalai",
        ),
    ),
    _neighbour(
        DemoCompany("farbton", "Malerbetrieb Farbton", "DE", "Hessen", "Painters", "10-49"),
        "Timo Brandeck",
        "de",
        _Story(
            "The quote comes on the same day",
            "lost_customer",
            "A housing company has given its stairwells to somebody who answered within a day.",
            _Figure("Days until a quote is out", "days", "down", "9", "1", "7"),
            "Prices for the ten usual jobs",
            "Eight of ten quotes were one of the usual jobs. Next: fix their prices.",
            light=Light.RED,
            owner="Sabine Farbinger",
            due=-2,
        ),
    ),
    _neighbour(
        DemoCompany("szewc", "Pracownia Obuwia Krok", "PL", "Lubelskie", "Shoemaker", "1"),
        "Iga Krokowska",
        "pl",
        _Story(
            "Soles for people who stand all day",
            "demand",
            "Nurses ask for soles in which they can stand, and I send them away.",
            _Figure("Pairs of new soles sold", "a month", "up", "2", "10", "2"),
            "Ask five nurses what they wear",
            "Asked at the clinic: they change shoes twice a shift, because of the heels.",
            light=Light.RED,
            begins=-20,
            last=-8,
        ),
    ),
    _neighbour(
        DemoCompany("trykkeri", "Trykkeriet Møllegade", "DK", "Sjælland", "Printers", "10-49"),
        "Ida Møller",
        "da",
        _Story(
            "Labels from one piece on",
            "rule",
            "From next year every jar needs its own lot number, and our smallest order is five hundred.",
            _Figure("Orders below one hundred", "a month", "up", "0", "20", "3"),
            "Price for small numbers",
            "The two dairies would order each week. Next: what does one set-up cost us?",
            begins=-9,
            last=-4,
        ),
    ),
)
