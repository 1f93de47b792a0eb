"""The kinds of entries and their fields, as data: forms, checks, tables, export and import are made from this."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .customer_kinds import CONTACT, IDEA, INSIGHT, RESULT, TEST
from .data import Domain, Kind, ProjectPart, Trigger
from .fields import LINE, LONG, TEXT, EntryField, EntryKind, FieldKind, Words, hours_field, money

#: What counts as a real sentence of the diary (R1).
REAL_DIARY = 30


TRIGGERS: Mapping[str, Words] = {
    Trigger.CRISIS.value: _("A crisis"),
    Trigger.LOST_CUSTOMER.value: _("A lost customer"),
    Trigger.DEMAND.value: _("Demand has changed"),
    Trigger.RULE.value: _("A new rule or law"),
    Trigger.VISION.value: _("Our own vision"),
    Trigger.EMPLOYEE.value: _("An idea of an employee"),
    Trigger.CUSTOMER_WISH.value: _("A customer's wish"),
}

DOMAINS: Mapping[str, Words] = {
    Domain.PRODUCT.value: _("What we offer"),
    Domain.PRODUCTION.value: _("How we make it"),
    Domain.MARKETING.value: _("How we sell it"),
    Domain.MODEL.value: _("How we earn money"),
    Domain.STAFF.value: _("Our people"),
}

#: Days between two values of a KPI.
INTERVALS: Mapping[str, int] = {"week": 7, "month": 31, "quarter": 92}


_CHARTER = EntryKind(
    Kind.CHARTER,
    _("Charter"),
    _("Charter"),
    ProjectPart.CHARTER,
    (
        EntryField("title", FieldKind.LINE, _("Name of the project"), required=True, length=LINE),
        EntryField(
            "trigger",
            FieldKind.CHOICE,
            _("Why do you begin?"),
            choices=tuple(TRIGGERS.items()),
        ),
        EntryField("trigger_words", FieldKind.TEXT, _("What happened?"), length=TEXT),
        EntryField("domains", FieldKind.CHOICES, _("What will it change?"), choices=tuple(DOMAINS.items())),
        EntryField(
            "sponsor", FieldKind.LINE, _("Who in the firm backs it?"), help=_("Owner or manager: a role is enough.")
        ),
        EntryField(
            "confidentiality",
            FieldKind.CHOICE,
            _("Who may know of it?"),
            choices=(
                ("staff", _("Only coach and teachers")),
                ("course", _("Other firms of the course may hear the result")),
            ),
        ),
        EntryField(
            "goal",
            FieldKind.TEXT,
            _("Goal"),
            help=_("What will be different for customers, by how much, and by when?"),
            length=TEXT,
        ),
        EntryField("goal_on", FieldKind.DAY, _("By when?")),
        EntryField("benefit", FieldKind.TEXT, _("What is it worth to the firm, in euros or hours?"), length=TEXT),
        EntryField(
            "signals",
            FieldKind.TEXT,
            _("What have the last 12 months shown?"),
            help=_("Complaints, lost quotes, returns, sales: figures if you have them."),
            length=TEXT,
        ),
        EntryField("self_check", FieldKind.YES_NO, _("We have done the self-check")),
        EntryField("kill_criteria", FieldKind.TEXT, _("When would you stop?"), length=TEXT),
        EntryField("resources", FieldKind.TEXT, _("Time and money that the owner has granted"), length=TEXT),
        EntryField("offer", FieldKind.TEXT, _("What do customers get, in one or two sentences?"), length=TEXT),
        EntryField("business_case", FieldKind.TEXT, _("Business case: what it costs, what it brings"), length=TEXT),
        EntryField("informed", FieldKind.TEXT, _("How were staff informed and trained?"), length=TEXT),
        EntryField("learned", FieldKind.TEXT, _("What have you learned?"), length=LONG),
        EntryField("routine", FieldKind.TEXT, _("What stays: routine and who is responsible"), length=TEXT),
        EntryField("next", FieldKind.TEXT, _("What comes next?"), length=TEXT),
    ),
    most=1,
)

_KPI = EntryKind(
    Kind.KPI,
    _("KPI"),
    _("KPIs"),
    ProjectPart.KPIS,
    (
        EntryField("name", FieldKind.LINE, _("What do you measure?"), required=True),
        EntryField("unit", FieldKind.LINE, _("Unit"), help=_("Such as days, EUR or %"), length=30),
        EntryField(
            "direction",
            FieldKind.CHOICE,
            _("What is better?"),
            required=True,
            choices=(("up", _("More")), ("down", _("Less"))),
        ),
        EntryField("baseline", FieldKind.NUMBER, _("Value at the start")),
        EntryField("baseline_on", FieldKind.DAY, _("Measured on")),
        EntryField("target", FieldKind.NUMBER, _("Goal")),
        EntryField("target_on", FieldKind.DAY, _("Goal reached by")),
        EntryField(
            "interval",
            FieldKind.CHOICE,
            _("How often do you measure?"),
            choices=(
                ("week", _("Every week")),
                ("month", _("Every month")),
                ("quarter", _("Every quarter")),
            ),
        ),
        EntryField("source", FieldKind.LINE, _("Where does the figure come from?")),
    ),
    most=3,
)

_READING = EntryKind(
    Kind.READING,
    _("Value of a KPI"),
    _("Values of KPIs"),
    ProjectPart.KPIS,
    (
        EntryField("kpi", FieldKind.ENTRY, _("KPI"), required=True, of=(Kind.KPI,)),
        EntryField("on", FieldKind.DAY, _("Day"), required=True),
        EntryField("value", FieldKind.NUMBER, pgettext_lazy("of a KPI", "Value"), required=True),
        EntryField("comment", FieldKind.LINE, _("Comment"), length=500),
        EntryField("result", FieldKind.ENTRY, _("Taken from"), of=(Kind.RESULT,)),
    ),
    most=2_000,
)

_STAGES = tuple((str(number), f"G{number}") for number in range(9))

_MEASURE = EntryKind(
    Kind.MEASURE,
    _("Measure"),
    _("Measures"),
    ProjectPart.PLAN,
    (
        EntryField("title", FieldKind.LINE, _("What will be done?"), required=True),
        EntryField("stage", FieldKind.CHOICE, _("For gate"), choices=_STAGES),
        EntryField("person", FieldKind.PERSON, _("Who?")),
        EntryField("role", FieldKind.LINE, _("Or a role"), help=_("Such as foreman, owner, trainee."), length=100),
        EntryField("start", FieldKind.DAY, pgettext_lazy("of a measure", "Begins on")),
        EntryField("due", FieldKind.DAY, _("Due on")),
        EntryField("done", FieldKind.COUNT, _("Done, %"), least=Decimal(0), most=Decimal(100)),
        hours_field("hours_planned", _("Hours planned")),
        money("cost_planned", _("Cost planned, EUR")),
        EntryField("blocked", FieldKind.LINE, _("Blocked by"), length=500),
    ),
    most=300,
)

_SPENT = EntryKind(
    Kind.SPENT,
    _("Hours and costs"),
    _("Hours and costs"),
    ProjectPart.PLAN,
    (
        EntryField("on", FieldKind.DAY, _("Day"), required=True),
        EntryField("measure", FieldKind.ENTRY, _("For"), of=(Kind.MEASURE,)),
        hours_field("hours", _("Hours")),
        money("cost", _("Cost, EUR")),
        EntryField("what", FieldKind.LINE, _("What for?")),
    ),
    most=2_000,
)

_MILESTONE = EntryKind(
    Kind.MILESTONE,
    _("Milestone"),
    _("Milestones"),
    ProjectPart.PLAN,
    (
        EntryField("title", FieldKind.LINE, _("What is reached?"), required=True),
        EntryField("due", FieldKind.DAY, _("Planned for"), required=True),
        EntryField("weight", FieldKind.COUNT, _("Weight"), least=Decimal(1), most=Decimal(10), help=_("1 to 10")),
        EntryField("done_on", FieldKind.DAY, _("Reached on")),
        EntryField("original", FieldKind.DAY, _("Planned at first for"), own=True),
        EntryField("moved", FieldKind.COUNT, _("Times moved"), own=True),
    ),
    most=100,
)

_RISK = EntryKind(
    Kind.RISK,
    _("Risk"),
    _("Risks"),
    ProjectPart.PLAN,
    (
        EntryField("title", FieldKind.LINE, _("What could go wrong?"), required=True),
        EntryField(
            "probability",
            FieldKind.COUNT,
            _("How likely? (1 to 5)"),
            required=True,
            least=Decimal(1),
            most=Decimal(5),
        ),
        EntryField("impact", FieldKind.COUNT, _("How bad? (1 to 5)"), required=True, least=Decimal(1), most=Decimal(5)),
        EntryField("measure", FieldKind.ENTRY, _("What we do about it"), of=(Kind.MEASURE,)),
        EntryField("person", FieldKind.PERSON, _("Who watches it?")),
    ),
    most=100,
)


_PARTNER = EntryKind(
    Kind.PARTNER,
    _("Partner"),
    _("Partners"),
    ProjectPart.PLAN,
    (
        EntryField("name", FieldKind.LINE, _("Firm or organisation"), required=True),
        EntryField("what", FieldKind.LINE, _("What for?"), length=500),
    ),
    most=50,
)

_SUPPORT = EntryKind(
    Kind.SUPPORT,
    _("Support"),
    _("Support contacted"),
    ProjectPart.PLAN,
    (
        EntryField("name", FieldKind.LINE, _("Whom did you ask?"), required=True),
        EntryField("on", FieldKind.DAY, _("Contacted on"), required=True),
        EntryField("answered", FieldKind.YES_NO, _("Answered")),
        EntryField("helped", FieldKind.YES_NO, _("It helped")),
        EntryField("note", FieldKind.TEXT, _("What came of it?"), length=TEXT),
    ),
    most=100,
)

_DIARY = EntryKind(
    Kind.DIARY,
    _("Diary"),
    _("Diary"),
    ProjectPart.DIARY,
    (
        EntryField("on", FieldKind.DAY, _("Day"), required=True),
        EntryField(
            "text",
            FieldKind.TEXT,
            _("What happened, and what next?"),
            required=True,
            help=_("Two sentences are enough."),
        ),
    ),
    most=1_000,
)

_REPORT = EntryKind(
    Kind.REPORT,
    _("Section of the report"),
    _("Final report"),
    ProjectPart.WHOLE,
    (
        EntryField("section", FieldKind.LINE, _("Section"), required=True, length=30),
        EntryField("text", FieldKind.TEXT, _("Text"), length=LONG),
        EntryField("refused", FieldKind.LINE, _("Figures that were left as they are"), length=LONG, own=True),
    ),
    most=20,
)

_EXAM = EntryKind(
    Kind.EXAM,
    _("Exam talk"),
    _("Exam talks"),
    ProjectPart.WHOLE,
    (
        EntryField("on", FieldKind.DAY, _("Day"), required=True),
        EntryField(
            "present",
            FieldKind.LINE,
            _("Who was there?"),
            required=True,
            help=_("Roles are enough, such as owner, learner, coach."),
            length=500,
        ),
        EntryField("questions", FieldKind.TEXT, _("Questions"), required=True, length=LONG),
        EntryField("notes", FieldKind.TEXT, _("What was answered"), length=LONG),
        EntryField(
            "result",
            FieldKind.CHOICE,
            pgettext_lazy("of an exam talk", "Result"),
            choices=(
                ("own_work", _("It is the learners' own work")),
                ("again", _("Talk again")),
                ("doubt", _("There are doubts; the teacher decides")),
            ),
        ),
        EntryField("why", FieldKind.TEXT, _("Why?"), length=TEXT),
    ),
    most=10,
    by_staff=True,
)

KINDS: Mapping[Kind, EntryKind] = {
    kind.kind: kind
    for kind in (
        _CHARTER,
        _KPI,
        _READING,
        _MEASURE,
        _SPENT,
        _MILESTONE,
        _RISK,
        CONTACT,
        INSIGHT,
        IDEA,
        TEST,
        RESULT,
        _PARTNER,
        _SUPPORT,
        _DIARY,
        _REPORT,
        _EXAM,
    )
}
