"""Three more firms whose projects are finished, and what has become of their best practices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from opaque_keys.edx.keys import CourseKey

from iciinsmes.best_practices import api
from iciinsmes.best_practices.data import CaseState
from iciinsmes.companies import api as companies
from iciinsmes.companies.data import CompanyData
from iciinsmes.projects import api as projects
from iciinsmes.projects.api import Phase
from iciinsmes.projects.data import Gate, GateVerdict, Kind
from iciinsmes_campus.learning import api as learning

from .data import DemoCompany
from .past import DaysOfProjects
from .steps import DemoPart, Steps

_BEGAN, _ENDED, _TOLD = -120, -6, -3


@dataclass(frozen=True)
class Finished:
    """A firm with one learner, its project in a few entries, and its best practice; ``state`` is where that stands.

    ``figure`` is name, unit, direction, value at the start, goal and last value.
    """

    company: DemoCompany
    first_name: str
    last_name: str
    owner: str
    charter: Mapping[str, str]
    figure: tuple[str, str, str, str, str, str]
    insight: str
    idea: str
    test: Mapping[str, str]
    title: str
    about: str
    monday: str
    instruments: tuple[str, ...]
    state: CaseState
    is_named: bool = False

    @property
    def username(self) -> str:
        """The user name of who learns there."""
        return f"{self.company.key}.learner"


FINISHED = (
    Finished(
        company=DemoCompany("havblik", "Skrædder Havblik", "DK", "Fyn", "Tailor", "1"),
        first_name="Karen",
        last_name="Havblik",
        owner="Karen Havblik",
        charter={
            "title": "Repairs while you wait",
            "trigger": "vision",
            "trigger_words": "I wanted to live from repairs and sew fewer new dresses.",
            "goal": "40 repairs a month, each in 20 minutes, by summer.",
            "learned": "People do not ask what it costs. They ask when they get it back.",
            "routine": "Repairs on Tuesday and Friday from 15 to 18, without an appointment.",
        },
        figure=("Repairs a month", "repairs", "up", "14", "40", "37"),
        insight="Nine of twelve customers had thrown something away because two visits are too many.",
        idea="An afternoon on which people wait and have coffee",
        test={
            "assumption": "People wait 20 minutes if they know it before.",
            "method": "offered it on two Fridays, with a sign in the window.",
            "threshold": "six people come on each of them.",
            "customers": "17",
            "result": "Seven came on the first Friday and ten on the second; two did not want to wait.",
            "decision": "go",
        },
        title="Twice as many repairs, because customers wait",
        about="A tailor on Funen who works alone",
        monday="Put a sign in the window: one thing, one afternoon, finished while you wait. Count who comes.",
        instruments=("T08", "T26"),
        state=CaseState.PUBLISHED,
        is_named=True,
    ),
    Finished(
        company=DemoCompany("polana", "Foto Polana", "PL", "Warmińsko-Mazurskie", "Photographer", "1"),
        first_name="Marta",
        last_name="Polańska",
        owner="Marta Polańska",
        charter={
            "title": "Pictures on the same evening",
            "trigger": "customer_wish",
            "trigger_words": "A bride asked for ten pictures on the evening of the wedding.",
            "goal": "Half of all weddings with ten pictures on the same evening.",
            "learned": "Ten good pictures at once are worth more than eighty after four weeks.",
            "routine": "Two hours of choosing are part of the offer, with a laptop in the side room.",
        },
        figure=("Weddings with pictures on the same evening", "%", "up", "0", "50", "45"),
        insight="Guests send pictures to each other on the evening; after that nobody looks any more.",
        idea="Ten pictures while guests have supper",
        test={
            "assumption": "Couples pay 300 zloty more for it.",
            "method": "asked seven couples before they signed.",
            "threshold": "four say yes.",
            "customers": "7",
            "result": "Five of seven said yes.",
            "decision": "go",
        },
        title="Ten pictures tonight instead of eighty next month",
        about="A photographer in Masuria who works alone",
        monday="Ask your next customer what they would like to have today, and give them that part today.",
        instruments=("T25",),
        state=CaseState.ASKED,
    ),
    Finished(
        company=DemoCompany("lindenhof", "Pflegedienst Lindenhof", "DE", "Thüringen", "Care service", "50-249"),
        first_name="Sabrina",
        last_name="Lindner",
        owner="Ulrike Hofmann",
        charter={
            "title": "Families know who comes",
            "trigger": "employee",
            "trigger_words": "A nurse said that families call only to ask who comes tomorrow.",
            "goal": "Half as many calls about the plan within five months.",
            "learned": "The plan was right all the time. It only hung where nobody of the family could see it.",
            "routine": "On Friday the plan of the next week goes to the families; one person of the office does it.",
        },
        figure=("Calls about the plan", "a week", "down", "64", "32", "29"),
        insight="Of 20 callers 13 live in another town, and never see the sheet on the kitchen door.",
        idea="The week's plan as a message to one person of each family",
        test={
            "assumption": "A message on Friday makes calls on Monday needless.",
            "method": "sent it to twelve families for three weeks.",
            "threshold": "calls of these families fall by half.",
            "customers": "12",
            "result": "From 15 calls a week to 4.",
            "decision": "go",
        },
        title="A message on Friday halved the calls on Monday",
        about="A care service in Thuringia, 60 people",
        monday="For one day, write down why people call you. Answer the most frequent question before it is asked.",
        instruments=("T08", "T18"),
        state=CaseState.AGREED,
    ),
)


def tell_practices(
    *, account: Callable[[str, str, str], User], teacher: User, course_key: CourseKey, steps: Steps
) -> None:
    """Let the firms come, finish their projects and tell of them.

    Args:
        account: makes an account from user name, first and last name.
        teacher: decides at the gates, and publishes.
        course_key: the demo's course run.
        steps: takes each step alone.
    """
    days = DaysOfProjects()
    for firm in FINISHED:
        with steps.step(DemoPart.COMPANY, firm.company.name) as begun, days.on(_BEGAN):
            company = _company(firm)
            user = account(firm.username, firm.first_name, firm.last_name)
            learning.enrol(user_id=user.pk, course_key=course_key)
            companies.join_company(company_id=company.id, user_id=user.pk, course_key=course_key)
            project = projects.open_project(user_id=user.pk, course_key=course_key).id
            _enter(firm, project, user.pk, course_key)
        if begun.done:
            with steps.step(DemoPart.PROJECT, firm.company.name) as ended, days.on(_ENDED):
                _finish(project, user.pk, teacher.pk, course_key)
            if ended.done:
                with steps.step(DemoPart.PRACTICE, firm.company.name), days.on(_TOLD):
                    _tell(firm, project, user.pk, teacher.pk, course_key)
    with steps.step(DemoPart.ORDER, ""):
        days.move()


def _company(firm: Finished) -> CompanyData:
    about = firm.company
    return companies.create_company(
        name=about.name,
        country=about.country,
        region=about.region,
        trade=about.trade,
        size_class=about.size_class,
    )


def _enter(firm: Finished, project: UUID, user_id: int, course_key: CourseKey) -> None:
    name, unit, direction, start, goal, last = firm.figure
    day = DaysOfProjects().today
    kpi = uuid4()
    figure = {"name": name, "unit": unit, "direction": direction, "baseline": start, "target": goal}
    entries: list[tuple[UUID, Kind, Mapping[str, Any]]] = [
        (uuid4(), Kind.CHARTER, firm.charter),
        (kpi, Kind.KPI, {**figure, "source": "Our own list"}),
        (uuid4(), Kind.READING, {"kpi": str(kpi), "on": day.isoformat(), "value": last}),
        (uuid4(), Kind.INSIGHT, {"text": firm.insight}),
        (uuid4(), Kind.IDEA, {"title": firm.idea, "origin": "customer", "decision": "chosen"}),
        (uuid4(), Kind.TEST, {**firm.test, "on": day.isoformat()}),
    ]
    projects.add_entries(project_id=project, user_id=user_id, course_key=course_key, entries=entries)


def _finish(project: UUID, user_id: int, teacher_id: int, course_key: CourseKey) -> None:
    for _gate in Gate:
        asked = projects.ask_for_decision(project_id=project, user_id=user_id, course_key=course_key)
        for decider in asked.open_deciders:
            projects.decide(
                request_id=asked.id, user_id=teacher_id, course_key=course_key, decider=decider, verdict=GateVerdict.GO
            )


def _tell(firm: Finished, project: UUID, user_id: int, teacher_id: int, course_key: CourseKey) -> None:
    given: dict[str, Any] = {"project_id": project, "user_id": user_id, "course_key": course_key}
    offer = api.offer_of(**given)
    chosen = api.Chosen(
        title=firm.title,
        about=firm.about,
        monday=firm.monday,
        phase=Phase.REALISE,
        lines=tuple(line.key for line in offer.lines if not line.may_name),
        instruments=firm.instruments,
    )
    found = api.propose(**given, chosen=chosen)
    if firm.state is CaseState.ASKED:
        return
    secret = found.link.partition("#")[2]
    found = api.agree(secret=secret, name=firm.owner, is_named=firm.is_named, revision=found.revision)
    if firm.state is CaseState.PUBLISHED:
        api.publish(case_id=found.id, user_id=teacher_id, course_key=course_key, revision=found.revision)
