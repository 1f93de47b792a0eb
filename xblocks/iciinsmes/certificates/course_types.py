"""The types of courses, with what their certificates usually ask for: data only, whose texts are messages.

Hours are with others, at work, with the coach. A coordinator chooses one for a course run and may change how much is
enough; a course of another kind begins from the nearest one.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from .data import CertificateCriterion, CourseType, Unit
from .errors import NoCriteria

_OF_FIRMS = (
    CertificateCriterion.SESSIONS,
    CertificateCriterion.TOOLS,
    CertificateCriterion.ASSIGNMENTS,
    CertificateCriterion.GATE,
    CertificateCriterion.SELF_CHECK,
    CertificateCriterion.REPORT,
    CertificateCriterion.TALK,
)

_SME1 = CourseType(
    key="SME1",
    title=_("Digital tools for hearing and understanding customers"),
    level=4,
    criteria=_OF_FIRMS,
    tools=(("T01", "T02"), ("T05",), ("T08",), ("T13",)),
    gates=(2,),
    units=(
        Unit(_("Start: firm, trigger, self-check, goal"), 5, 2, 1),
        Unit(_("Where customers speak; law and privacy"), 3, 4, 1),
        Unit(_("Asking well: surveys and scores"), 4, 6, 1),
        Unit(_("Warning signs: complaints, returns, quotes, sales"), 3, 5, 1),
        Unit(_("Reading many texts: reviews, mails, communities"), 3, 6, 1),
        Unit(_("Journey and customer groups"), 2, 5, 1),
        Unit(_("Insight review, project plan, exhibition"), 2, 2, 2),
    ),
    outcomes=(
        _("Place the own firm between responding and looking ahead, and name what sets it in motion."),
        _("List the sources of feedback and collect it lawfully."),
        _("Design a neutral survey and read scores with their uncertainty."),
        _("Code complaints, set limits and act on an alarm."),
        _("Turn texts into themes with evidence."),
        _("Map the customer journey and pick whom to talk to."),
        _("Present three insights, each with two sources."),
    ),
    prerequisites=_("Work in a small firm, with access to its customers or their feedback."),
    stackability=_("Leads on to “Realising customer-centric innovations”."),
)

_SME2 = CourseType(
    key="SME2",
    title=_("Realising customer-centric innovations"),
    level=5,
    criteria=_OF_FIRMS,
    tools=(("T11", "T12"), ("T19",), ("T26",), ("T29",)),
    gates=(6, 8),
    units=(
        Unit(_("Goal, KPIs, team and contract"), 3, 2, 2),
        Unit(_("Deep insight: interviews, personas, lead users"), 4, 8, 2),
        Unit(_("What matters: Kano, service gap, opportunity"), 4, 7, 1),
        Unit(_("Ideas with customers and staff"), 3, 6, 1),
        Unit(_("Choosing"), 3, 4, 2),
        Unit(_("Concept: canvas, house of quality, price"), 4, 5, 2),
        Unit(_("Prototype and test"), 3, 7, 2),
        Unit(_("Launch, business case, routine, report"), 2, 5, 2),
    ),
    outcomes=(
        _("Set a SMART goal with a baseline and the owner's approval."),
        _("Interview openly and find lead users."),
        _("Tell must-be, performance and delight needs apart."),
        _("Run an idea session with customers and staff, and answer everybody."),
        _("Choose by weighted criteria and test how robust the choice is."),
        _("Describe the offer, its riskiest assumption and its price range."),
        _("Test cheaply, with a threshold that was fixed before."),
        _("Decide by numbers, launch, evaluate and hand over a routine."),
    ),
    prerequisites=_("“Digital tools for hearing and understanding customers”, or proven customer insights."),
    stackability=_("Builds on “Digital tools for hearing and understanding customers”."),
)

_TTT1 = CourseType(
    key="TTT1",
    title=_("Teaching digital tools for customer innovation"),
    level=6,
    criteria=(
        CertificateCriterion.SESSIONS,
        CertificateCriterion.ASSIGNMENTS,
        CertificateCriterion.SELF_CHECK,
        CertificateCriterion.UNIT_TAUGHT,
    ),
    units=(
        Unit(_("Small firms as learners"), 3, 1, 0),
        Unit(_("Tools I: feedback scores and statistics for teachers"), 4, 3, 1),
        Unit(_("Tools II: texts, journey, privacy"), 4, 3, 1),
        Unit(_("Designing learning at the workplace"), 3, 4, 1),
        Unit(_("Using the platform"), 2, 2, 0),
        Unit(_("Teaching a unit"), 2, 6, 1),
        Unit(_("Evaluation and quality"), 2, 1, 1),
    ),
    outcomes=(
        _("Explain why small firms see signals late."),
        _("Compute each score and say what it cannot tell."),
        _("Choose tools by the data at hand and by law."),
        _("Write tasks for the workplace that fit the outcomes, with a mentor's check."),
        _("Run a course on the platform and act on its lights."),
        _("Teach a unit and improve it."),
        _("Evaluate reaction, learning, transfer and results."),
    ),
    prerequisites=_("Work as a teacher or consultant."),
    stackability=_("Leads on to “Coaching customer-innovation projects in small firms”."),
)

_TTT2 = CourseType(
    key="TTT2",
    title=_("Coaching customer-innovation projects in small firms"),
    level=6,
    criteria=(
        CertificateCriterion.SESSIONS,
        CertificateCriterion.ASSIGNMENTS,
        CertificateCriterion.SELF_CHECK,
        CertificateCriterion.FIRM_COACHED,
        CertificateCriterion.AGREEMENT,
        CertificateCriterion.TALK,
    ),
    units=(
        Unit(_("Roles: trainer, coach, consultant"), 3, 1, 1),
        Unit(_("Diagnosing a firm"), 3, 4, 1),
        Unit(_("Coaching insight and selection"), 4, 3, 1),
        Unit(_("Coaching concept, test and business case"), 4, 3, 1),
        Unit(_("Coaching practice at one firm"), 1, 14, 3),
        Unit(_("Stalled projects"), 2, 1, 1),
        Unit(_("Assessing: rubric, moderation, certificate, referral"), 2, 3, 1),
        Unit(_("Going on: own programme, financing, network"), 1, 1, 1),
    ),
    outcomes=(
        _("Agree on roles and confidentiality."),
        _("Lead a diagnosis talk from data."),
        _("Coach the use of methods for insight and selection without taking over."),
        _("Coach concept, test and business case without taking over."),
        _("Accompany a firm through at least one gate."),
        _("See that a project is stalled, and unblock it or stop it well."),
        _("Grade reliably and refer precisely."),
        _("Plan a financed programme of the own."),
    ),
    prerequisites=_("“Teaching digital tools for customer innovation”, or practice as a trainer."),
    stackability=_("Builds on “Teaching digital tools for customer innovation”."),
)

COURSE_TYPES: Mapping[str, CourseType] = {each.key: each for each in (_SME1, _SME2, _TTT1, _TTT2)}


def type_of(key: str) -> CourseType:
    """Return the type of this key.

    Raises:
        NoCriteria: there is none.
    """
    try:
        return COURSE_TYPES[key]
    except KeyError as error:
        raise NoCriteria(key) from error
