"""What the demo's firms have done in their development projects, through the same doors as everybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import singledispatch
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.companies.data import CompanyData
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import AnswerForm, MaySee, MentorContact, MentorRole
from iciinsmes.projects import api
from iciinsmes.projects.data import Decider, EntryData, Kind
from iciinsmes_campus.courseware import api as courseware

from .companies import PROJECTS
from .companies.neighbours import NEIGHBOURS
from .course import PROJECT_BLOCKS
from .data import DemoPhoto
from .history import draw
from .past import DaysOfProjects, look_anew, on_day, remind
from .project_data import (
    COACH,
    Asked,
    AskedByLink,
    Changed,
    Decided,
    DemoProject,
    Entered,
    LightSet,
    Of,
    OnDay,
    Paused,
    Step,
    TakenEvidence,
    Talked,
    Who,
)
from .steps import DemoPart, Steps


@dataclass
class Telling:
    """A project while its history is told: who is who, and what the entries so far are called."""

    project_id: UUID
    course_key: CourseKey
    people: Mapping[str, int]
    days: DaysOfProjects
    kinds: set[Kind] = field(default_factory=set)
    entries: dict[str, UUID] = field(default_factory=dict)
    request_id: UUID | None = None

    def day(self, days: int) -> date:
        """Return a day relative to today."""
        return self.days.today + timedelta(days=days)

    def resolved(self, content: Any) -> Any:
        """Return content with days, entries and people as the room takes them."""
        match content:
            case OnDay():
                return self.day(content.days).isoformat()
            case Of():
                return str(self.entries[content.key])
            case Who():
                return self.people[content.username]
            case Mapping():
                return {key: self.resolved(each) for key, each in content.items()}
            case list():
                return [self.resolved(each) for each in content]
        return content

    def has_news(self, turn: Sequence[Step]) -> bool:
        """Tell whether a turn may complete blocks: something of a kind that was not there, or a step at a gate."""
        kinds = {step.kind for step in turn if isinstance(step, Entered)} - self.kinds
        self.kinds |= kinds
        return bool(kinds) or any(isinstance(step, Asked | AskedByLink | Decided) for step in turn)

    def by(self, username: str) -> dict[str, Any]:
        """Return what the room's functions ask for: the project, a person and the run."""
        return {"project_id": self.project_id, "user_id": self.people[username], "course_key": self.course_key}


def tell_projects(held: Mapping[str, CompanyData], *, actor_id: int, course_key: CourseKey, steps: Steps) -> None:
    """Let the coach come to the firms and the firms work on their projects; then look at the lights of today.

    Args:
        held: the firms by their key; the project of one that is not among them is left out.
        actor_id: who says that the coach accompanies them.
        course_key: the demo's course run.
        steps: takes each step alone.
    """
    people = dict(User.objects.values_list("username", "pk"))
    days = DaysOfProjects()
    told: dict[UUID, DemoProject] = {}
    for project in (*PROJECTS, *(each.project for each in NEIGHBOURS)):
        if project.company not in held or project.by not in people:
            continue
        company = held[project.company]
        if project in PROJECTS:
            with steps.step(DemoPart.COACH, company.name), days.on(project.begins):
                companies.assign_coach(company_id=company.id, course_key=course_key, who=COACH, actor_id=actor_id)
        if not told:
            with steps.step(DemoPart.PROJECT, company.name), days.on(project.begins):
                open_blocks(User.objects.get(pk=people[project.by]), course_key)
        made = tell(project, company=company.name, people=people, course_key=course_key, days=days, steps=steps)
        if made is not None:
            told[made] = project
    with steps.step(DemoPart.ORDER, ""):
        days.move()
    for made, project in told.items():
        reminded = [people[username] for username in project.reminded if username in people]
        with steps.step(DemoPart.PROJECT, held[project.company].name), on_day(-1):
            look_anew(made)
            remind(made, course_key=course_key, user_ids=reminded)


def open_blocks(user: User, course_key: CourseKey) -> None:
    """Let a learner open the pages with a part of the project: the first visit makes their blocks known to the app."""
    browser = Client(headers={"host": "localhost"})
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for name in PROJECT_BLOCKS:
        key = courseware.node(course_key.make_usage_key("development_project", name)).usage_key
        browser.get(reverse("campus:block", args=[course_key, key]), follow=True)
    browser.logout()


def tell(
    project: DemoProject,
    *,
    company: str,
    people: Mapping[str, int],
    course_key: CourseKey,
    days: DaysOfProjects,
    steps: Steps,
) -> UUID | None:
    """Begin a firm's project and take its steps.

    Args:
        project: of the firm.
        company: the firm's name.
        people: user ids by user name, the coach among them.
        course_key: the demo's course run.
        days: remembers on which day each step happened.
        steps: takes each step alone; what depends on one that failed fails too.

    Returns:
        The project's id, None if it could not be begun.
    """
    with steps.step(DemoPart.PROJECT, company) as begun, days.on(project.begins):
        made = api.open_project(user_id=people[project.by], course_key=course_key)
    if not begun.done:
        return None
    telling = Telling(made.id, course_key, people, days)
    for turn in _turns(project):
        with steps.step(DemoPart.PROJECT, company), days.on(turn[0].days):
            entered = [step for step in turn if isinstance(step, Entered)]
            if entered:
                enter(entered, telling)
            else:
                take(turn[0], telling)
            if telling.has_news(turn):
                # What a day has done completes blocks on that day.
                api.settle(project_id=made.id)
    return made.id


def enter(turn: Sequence[Entered], telling: Telling) -> None:
    """Enter what one person has entered one after the other, in one go."""
    entries = []
    for step in turn:
        entry_id = uuid4()
        content = telling.resolved(step.content)
        if step.photo is not None:
            content["files"] = [_keep(step.photo, step.by, entry_id, telling)]
        telling.entries[step.key] = entry_id
        telling.days.put(entry_id, step.days)
        entries.append((entry_id, step.kind, content))
    # The lights are looked at when all of the history is there.
    api.add_entries(**telling.by(turn[0].by), entries=entries, look=False)


@singledispatch
def take(step: Step, telling: Telling) -> None:
    """Take one step of a project's history."""
    raise TypeError(step)


@take.register
def _(step: Changed, telling: Telling) -> None:
    entry = _entry(telling, telling.entries[step.key])
    api.change_entry(
        **telling.by(step.by),
        entry_id=entry.id,
        revision=entry.revision,
        content={**entry.content, **telling.resolved(step.content)},
    )


@take.register
def _(step: TakenEvidence, telling: Telling) -> None:
    person = telling.by(step.by)
    user_id, course_key = person["user_id"], telling.course_key
    offers = api.offers_for(user_id=user_id, course_key=course_key, entries=())
    offer = next(each for each in offers if each.key.startswith(f"{step.kind}:"))
    if step.figure:
        kpi = telling.entries[step.kpi]
        api.take_figure(**person, key=offer.key, figure=step.figure, kpi=kpi)
    telling.entries[step.key] = api.take_over(**person, key=offer.key).id


@take.register
def _(step: Asked, telling: Telling) -> None:
    telling.request_id = api.ask_for_decision(**telling.by(step.by), reason=step.reason).id


@take.register
def _(step: AskedByLink, telling: Telling) -> None:
    contact = MentorContact(name=step.name, email=step.email, language=step.language, role=MentorRole.OWNER.value)
    request = api.ask_by_link(
        request_id=_request(telling),
        user_id=telling.people[step.by],
        course_key=telling.course_key,
        decider=Decider.OWNER,
        contact=contact,
    )
    token = request.link.partition("#")[2]
    with telling.days.on(step.opened):
        mentors.mark_opened(token=token)
        if step.change:
            mentors.answer(
                token=token,
                form=AnswerForm(
                    verdict="confirmed",
                    took_place=step.took_place.value,
                    change=step.change,
                    may_see=MaySee(coach=True, teacher=True),
                    name=step.name,
                    role="Owner",
                ),
            )


@take.register
def _(step: Decided, telling: Telling) -> None:
    api.decide(
        request_id=_request(telling),
        user_id=telling.people[step.by],
        course_key=telling.course_key,
        decider=step.decider,
        verdict=step.verdict,
        reason=step.reason,
    )


@take.register
def _(step: Talked, telling: Telling) -> None:
    person = telling.by(step.by)
    talk = api.log_talk(
        **person,
        held_on=telling.day(step.days),
        about=step.about,
        notes=step.notes,
        agreements=[words for words, _key in step.agreements],
        next_on=None if step.next_on is None else telling.day(step.next_on),
    )
    for number, (_words, key) in enumerate(step.agreements):
        if key:
            telling.entries[key] = api.make_measure(
                talk_id=talk.id, user_id=person["user_id"], course_key=telling.course_key, number=number
            )


@take.register
def _(step: Paused, telling: Telling) -> None:
    # Nobody declares a pause in the past, so it is declared for as many days from now and moved with its day.
    api.declare_pause(
        **telling.by(step.by),
        first=telling.day(step.first - step.days),
        last=telling.day(step.last - step.days),
        reason=step.reason,
    )


@take.register
def _(step: LightSet, telling: Telling) -> None:
    api.override_light(
        **telling.by(step.by), light=step.light, reason=step.reason, until=telling.day(step.until - step.days)
    )


def _entry(telling: Telling, entry_id: UUID) -> EntryData:
    return next(entry for entry in api.entries_of(project_id=telling.project_id) if entry.id == entry_id)


def _request(telling: Telling) -> UUID:
    if telling.request_id is None:
        raise RuntimeError("nothing was asked yet")
    return telling.request_id


def _keep(photo: DemoPhoto, username: str, entry_id: UUID, telling: Telling) -> str:
    picture = draw(photo)
    file = api.keep_file(
        **telling.by(username), entry_id=entry_id, name=photo.name, size=len(picture), content=ContentFile(picture)
    )
    return str(file.id)


def _turns(project: DemoProject) -> Iterator[list[Step]]:
    """Yield the steps by their days: entries of one person together until somebody does something else."""
    for _turn, group in groupby(
        sorted(project.steps, key=lambda step: step.days),
        key=lambda step: step.by if isinstance(step, Entered) else id(step),
    ):
        yield list(group)
