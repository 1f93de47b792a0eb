"""Sessions of the demo, who was there, and how far its people are on the way to a certificate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.certificates import api
from iciinsmes.certificates.data import CertificateThresholds, Criteria, Issuer, Presence
from iciinsmes.companies.data import CompanyData
from iciinsmes.projects import api as projects

from .past import DaysOfProjects, on_day
from .project_data import COACH
from .steps import DemoPart, Steps

#: What is not taught yet in the week of the demo.
_LEFT_OUT = ("T08", "T13")
_ISSUER = Issuer(
    name="Baltic College of Crafts",
    country="DK",
    region="Fyn",
    quality="Each run is evaluated by the EQAVET cycle, and two teachers assess a sample of all work.",
)
_CRITERIA = Criteria(kind="SME1", thresholds=CertificateThresholds(own_data=1), left_out=_LEFT_OUT, issuer=_ISSUER)


@dataclass(frozen=True)
class DemoSession:
    """A session, ``days`` relative to today; who was there and who made up for it how, by user name."""

    days: int
    title: str
    there: tuple[str, ...]
    replaced: Mapping[str, str] = field(default_factory=dict)


_ZOFIA, _MAREK, _ANNA, _METTE = "zofia.poddebem", "marek.poddebem", "anna.nordlicht", "mette.elservicefyn"
SESSIONS = (
    DemoSession(-30, "Start: your firm and its trigger", (_ZOFIA, _MAREK, _ANNA, "jonas.nordlicht", _METTE)),
    DemoSession(-20, "Where customers speak", (_ZOFIA, _MAREK, _ANNA, _METTE)),
    DemoSession(
        -13,
        "Asking well",
        (_MAREK, _ANNA),
        {_ZOFIA: "Was ill; talked it through and sent the survey."},
    ),
    DemoSession(-6, "Warning signs", (_ZOFIA, _MAREK)),
)
_TALK = {
    "present": "Owner, two learners, coach",
    "questions": "Why the date and not the price? What did the market stall teach you?",
    "notes": "Both explain the tally marks at the till and what was tried, without looking at the report.",
    "result": "own_work",
}
#: Days of the exam talk and of the first certificate.
_TALKED, _ISSUED = -5, -3


def tell_certificates(held: Mapping[str, CompanyData], *, course_key: CourseKey, steps: Steps) -> None:
    """List the sessions, tick who was there, let Pod Dębem have its exam talk, and issue Zofia's certificate.

    Args:
        held: the firms by their key.
        course_key: the demo's course run.
        steps: takes each step alone.
    """
    people = dict(User.objects.values_list("username", "pk"))
    teacher, coordinator, coach = people["teacher"], people["coordinator"], people[COACH]
    with steps.step(DemoPart.CERTIFICATES, ""), on_day(SESSIONS[0].days):
        api.choose_criteria(course_key=course_key, by_id=coordinator, criteria=_CRITERIA)
    for session in SESSIONS:
        with steps.step(DemoPart.CERTIFICATES, session.title), on_day(session.days):
            _hold(session, people, course_key=course_key, teacher=teacher)
    if "poddebem" in held:
        with steps.step(DemoPart.CERTIFICATES, held["poddebem"].name):
            _talk(held["poddebem"].id, course_key=course_key, coach=coach)
    if _ZOFIA in people:
        name = User.objects.get(pk=people[_ZOFIA]).get_full_name()
        with steps.step(DemoPart.CERTIFICATES, name), on_day(_ISSUED):
            issued = api.issue(learner_id=people[_ZOFIA], course_key=course_key, by_id=coordinator)
            api.show_name(certificate_id=issued.id, learner_id=people[_ZOFIA], shown=True)
    with steps.step(DemoPart.CERTIFICATES, ""):
        api.look_at_all()


def _hold(session: DemoSession, people: Mapping[str, int], *, course_key: CourseKey, teacher: int) -> None:
    row = api.add_session(
        course_key=course_key, held_on=timezone.localdate() + timedelta(days=session.days), title=session.title
    )
    changes: dict[int, Presence | None] = {people[name]: Presence() for name in session.there if name in people}
    changes |= {people[name]: Presence(True, note) for name, note in session.replaced.items() if name in people}
    api.mark(session_id=row.id, course_key=course_key, by_id=teacher, changes=changes)


def _talk(company_id: int, *, course_key: CourseKey, coach: int) -> None:
    days = DaysOfProjects()
    project = projects.current_project(company_id=company_id)
    if project is None:
        raise RuntimeError("the firm of the exam talk has no project")
    on = (days.today + timedelta(days=_TALKED)).isoformat()
    with days.on(_TALKED):
        projects.write_exam(project_id=project.id, user_id=coach, course_key=course_key, content={"on": on, **_TALK})
    days.move()
