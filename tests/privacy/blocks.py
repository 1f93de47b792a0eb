"""What Anna leaves in the rooms of the other blocks: exercise, canvas, project, certificate and the like."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone

from iciinsmes.best_practices import api as best_practices
from iciinsmes.best_practices.data import CaseLine, Content
from iciinsmes.best_practices.data import CasesBlockSettings as CaseSettings
from iciinsmes.best_practices.data import Part as LinePart
from iciinsmes.best_practices.models import PracticeCase
from iciinsmes.best_practices.stored import columns_of
from iciinsmes.canvases import api as canvases
from iciinsmes.canvases.models import CanvasCard, CanvasVersion
from iciinsmes.certificates import api as certificates
from iciinsmes.certificates.data import CertificateCriterion, Criteria, Issuer, Presence
from iciinsmes.certificates.models import Certificate
from iciinsmes.early_warning import api as early_warning
from iciinsmes.early_warning.data import MonthCell
from iciinsmes.early_warning.data import WarningBlockSettings as WarningSettings
from iciinsmes.evaluation import api as evaluation
from iciinsmes.evaluation.data import ReactionData, ReactionSettings
from iciinsmes.evaluation.models import EvaluationReport, KeptQuestion
from iciinsmes.exercises import api as exercises
from iciinsmes.exercises.data import Answers, DataSource, ExerciseSettings
from iciinsmes.projects import api as projects
from iciinsmes.projects import days
from iciinsmes.projects.data import Decider, GateVerdict, Kind, Light, ProjectBlockSettings, ProjectPart
from iciinsmes.projects.models import Project
from iciinsmes.self_check import api as self_check
from iciinsmes.self_check.data import CheckSettings, TypedItem
from iciinsmes.support import api as support
from iciinsmes.support.data import EntryValues, SupportArea
from iciinsmes.support.data import SupportBlockSettings as HelpSettings
from iciinsmes.toolbox.data import Table
from tests.people import SME1

from .deeds import CANARY

CASES = SME1.make_usage_key("best_practice_cases", "cases")
SIGNS = SME1.make_usage_key("early_warning", "signs")
HELP = SME1.make_usage_key("support_directory", "help")
PLAN = SME1.make_usage_key("development_project", "plan")
TOOL = SME1.make_usage_key("digital_tool", "loyalty")


def fill_blocks(anna: Any, bo: Any, company_id: int) -> None:
    """Let Anna of this firm do something with a block of each kind, some of it with Bo."""
    _exercise(anna)
    _self_check(anna)
    _canvases(anna, bo)
    _projects(anna, bo)
    _early_warning(anna, company_id)
    _evaluation(anna)
    _certificates(anna, bo)
    _best_practices(anna)
    _support(anna)


def _exercise(anna: Any) -> None:
    table = Table.of(["score", "comment"], [(score, f"{CANARY} {anna.get_full_name()}") for score in (10, 9, 3)])
    settings = ExerciseSettings(title="Loyalty", instrument="net-promoter-score")
    exercises.open_exercise(user_id=anna.pk, usage_key=TOOL, course_key=SME1, settings=settings)
    kept = exercises.keep_data(
        owner_id=anna.pk,
        course_key=SME1,
        instrument=settings.instrument,
        title=CANARY,
        table=table,
        source=DataSource.PASTED,
    )
    attempt = exercises.begin(user_id=anna.pk, usage_key=TOOL, data_set_id=kept.id, options={})
    given = Answers(words=CANARY)
    for _step in range(2):
        attempt = exercises.answer(user_id=anna.pk, attempt_id=attempt.id, step=attempt.step, given=given)


def _self_check(anna: Any) -> None:
    usage_key = SME1.make_usage_key("self_check", "first")
    self_check.freeze_block(usage_key=usage_key, course_key=SME1, settings=CheckSettings(title="Your firm"))
    answers = {item.code: TypedItem(choice="2", proof=CANARY) for item in self_check.shipped_model().items}
    self_check.send(user_id=anna.pk, usage_key=usage_key, number=1, typed=answers)


def _canvases(anna: Any, bo: Any) -> None:
    about: dict[str, Any] = {"course_key": SME1, "instrument": "customer-journey-map"}
    own = canvases.create_canvas(owner_id=anna.pk, title=CANARY, **about)
    words = f"{CANARY} {anna.get_full_name()}"
    numbers = {"satisfaction": "3", "importance": "3", "frequency": "3"}
    canvases.add_card(canvas_id=own.id, user_id=anna.pk, place="", cells={"step": words, **numbers})
    canvases.save_version(canvas_id=own.id, user_id=anna.pk, note=CANARY)
    shared = canvases.create_canvas(owner_id=bo.pk, title="Ours", **about)
    canvases.add_card(canvas_id=shared.id, user_id=bo.pk, place="", cells={"step": "Call", **numbers})
    canvases.save_version(canvas_id=shared.id, user_id=bo.pk)
    # As a colleague of Bo leaves them who has worked on the same canvas.
    CanvasCard.objects.filter(canvas_id=shared.id).update(changed_by=anna)
    CanvasVersion.objects.filter(canvas_id=shared.id).update(made_by=anna)


def _projects(anna: Any, bo: Any) -> None:
    """Let Anna work on the project of her firm, and coach that of Bo's."""
    own = projects.open_project(user_id=anna.pk, course_key=SME1)
    who: dict[str, Any] = {"project_id": own.id, "user_id": anna.pk, "course_key": SME1}
    measure = projects.add_entry(kind=Kind.MEASURE, content={"title": "Call", "person": anna.pk}, **who)
    projects.change_entry(entry_id=measure.id, revision=1, content={"title": "Write", "person": anna.pk}, **who)
    projects.declare_pause(first=days.today(), last=days.today(), reason="Trade fair", **who)
    projects.ask_for_decision(has_owner=False, **who)
    projects.make_summary_link(**who)
    projects.freeze_block(
        usage_key=PLAN, course_key=SME1, settings=ProjectBlockSettings(title="Plan", part=ProjectPart.PLAN)
    )
    projects.settle(project_id=own.id)
    coached = projects.open_project(user_id=bo.pk, course_key=SME1)
    asked = projects.ask_for_decision(
        project_id=coached.id, user_id=bo.pk, course_key=SME1, has_owner=False, reason="Ready"
    )
    projects.decide(
        request_id=asked.id,
        user_id=anna.pk,
        course_key=SME1,
        decider=Decider.COACH,
        verdict=GateVerdict.ITERATE,
        reason="Who pays?",
    )
    who = {"project_id": coached.id, "user_id": anna.pk, "course_key": SME1}
    projects.log_talk(held_on=days.today(), about="The goal", notes=CANARY, agreements=["Call"], **who)
    projects.override_light(light=Light.AMBER, reason="Little time", until=days.today(), **who)


def _evaluation(anna: Any) -> None:
    usage_key = SME1.make_usage_key("reaction", "first-cycle")
    evaluation.freeze_block(usage_key=usage_key, course_key=SME1, settings=ReactionSettings(title="Cycle 1"))
    ratings = {"useful": 4, "worth": 3, "next_step": 2}
    evaluation.answer(user_id=anna.pk, usage_key=usage_key, reaction=ReactionData(ratings, text=CANARY))
    KeptQuestion.objects.create(
        user=anna, course_key=SME1, months=3, nonce=CANARY, asked_at=timezone.now(), expires_at=timezone.now()
    )
    EvaluationReport.objects.create(owner=anna, busy_for=anna, runs=[str(SME1)], state="making")


def _early_warning(anna: Any, company_id: int) -> None:
    """Let Anna enter figures, correct one, begin new limits, and answer and close what warned her firm."""
    who: dict[str, Any] = {"company_id": company_id, "user_id": anna.pk, "course_key": SME1}
    last = early_warning.running_month() - 1
    early_warning.choose(**who, kept=["E1"], thresholds={}, tells_coach=True)
    cases = (5, 6, 5, 4, 5, 5, 30)
    cells = [MonthCell("E1", last - 6 + place, Decimal(number), Decimal(200)) for place, number in enumerate(cases)]
    early_warning.save_figures(**who, cells=cells)
    early_warning.save_figures(**who, cells=[MonthCell("E1", last, Decimal(31), Decimal(200))])
    early_warning.begin_baseline(**who, indicator="E1", first_month=last, reason="New hall")
    alarm = early_warning.alarms_of(company_id=company_id)[0]
    due: dict[str, Any] = {"cause": "Snow", "action": "Salt", "due": days.today()}
    answered = early_warning.answer_alarm(**who, alarm_id=alarm.id, revision=alarm.revision, **due)
    early_warning.close_alarm(**who, alarm_id=alarm.id, revision=answered.revision, note="It thawed")
    early_warning.freeze_block(usage_key=SIGNS, course_key=SME1, settings=WarningSettings(title="Signs"))
    early_warning.settle(company_id=company_id)


def _certificates(anna: Any, bo: Any) -> None:
    """Let Anna have a certificate whose name was corrected, and let her do for Bo what the staff does."""
    others = tuple(sorted(each.value for each in CertificateCriterion if each is not CertificateCriterion.SESSIONS))
    criteria = Criteria(kind="SME1", left_out=others, issuer=Issuer("Chamber", "DK"))
    certificates.choose_criteria(course_key=SME1, by_id=anna.pk, criteria=criteria)
    session = certificates.add_session(course_key=SME1, held_on=days.today(), title="Start")
    there = {anna.pk: Presence(is_replaced=True, note=CANARY), bo.pk: Presence()}
    certificates.mark(session_id=session.id, course_key=SME1, by_id=anna.pk, changes=there)
    for learner in (anna, bo):
        who: dict[str, Any] = {"course_key": SME1, "by_id": anna.pk}
        certificates.confirm(
            learner_id=learner.pk, criterion=CertificateCriterion.UNIT_TAUGHT, shown_on=days.today(), **who
        )
        made = certificates.issue(learner_id=learner.pk, **who)
    certificates.revoke(certificate_id=made.id, reason="Mistaken.", **who)
    Certificate.objects.filter(learner=anna).update(
        earlier_names=[{"name": f"{CANARY} {anna.get_full_name()}", "until": "2026-10-01"}]
    )
    certificates.look_at_all()


def _best_practices(anna: Any) -> None:
    """Let Anna have proposed a case and decided about it, and say that she has read another."""
    project = Project.objects.get(entries__author=anna, number=1)
    content = Content(
        title="One call", about="A joinery", country="DE", trade="Joiner", size="10-49", phase="process",
        trigger="", monday="Call.", lines=(CaseLine(LinePart.STAYS, "We call."),), firm=project.company.name,
    )  # fmt: skip
    PracticeCase.objects.create(
        company_id=project.company_id,
        project=project,
        course_key=SME1,
        state="published",
        nonce="x",
        owner="Hinrich Nord",
        link_until=timezone.now(),
        proposed_by=anna,
        decided_by=anna,
        changed_at=timezone.now(),
        published_at=timezone.now(),
        **columns_of(content),
    )
    best_practices.freeze_block(usage_key=CASES, course_key=SME1, settings=CaseSettings(title="Cases"))
    best_practices.mark_read(user_id=anna.pk, usage_key=CASES)


def _support(anna: Any) -> None:
    """Let Anna edit a part of the directory, check an entry, send a table, and ask there herself."""
    support.give_area_on_site(who=anna.username, area=SupportArea("DE"))
    reader = support.reader_of(user_id=anna.pk, course_key=SME1)
    values = EntryValues(country="DE", kind="chamber", name="Chamber of Kiel", status="open")
    entry = support.make_entry(reader=reader, course_key=SME1, values=values)
    support.check_entry(reader=reader, course_key=SME1, entry_id=entry.id)
    support.begin_import(reader=reader, text=f"name\tcountry\tkind\tcontact_name\nBank\tDE\tloan\t{CANARY}\n")
    support.freeze_block(usage_key=HELP, course_key=SME1, settings=HelpSettings(title="Who helps"))
    support.log_contact(reader=reader, course_key=SME1, entry_id=entry.id)
