"""Full mornings: paused, while half of the salon is rebuilt after water damage."""

from __future__ import annotations

from iciinsmes.projects.data import Kind, Light
from iciinsmes_campus.demo.project_data import (
    Asked,
    AskedByLink,
    Changed,
    Decided,
    DemoProject,
    Of,
    OnDay,
    Paused,
    Talked,
    Who,
)

from .shorthand import diary, entered, heard, kpi, measure, milestone, spent, value

_REKA, _BALINT = "reka.szephaj", "balint.szephaj"
_OWNER, _MAIL = "Ildikó Révfalvi", "ildiko.revfalvi@example.org"

PROJECT = DemoProject(
    company="szephaj",
    by=_REKA,
    begins=-30,
    light=Light.BLUE,
    steps=(
        entered(
            -30,
            _REKA,
            Kind.CHARTER,
            "charter",
            title="Full mornings",
            trigger="employee",
            trigger_words="Bálint has counted empty chairs: eleven on Monday and Tuesday mornings in one month.",
            domains=["product", "marketing"],
            sponsor="The owner, Ildikó",
            confidentiality="staff",
        ),
        Asked(-29, _REKA, "Eleven of 18 cancelled appointments were before ten on two days."),
        AskedByLink(
            -29,
            _REKA,
            _OWNER,
            _MAIL,
            "hu",
            opened=-28,
            answered=-28,
            change="They may try what they like in the mornings.",
        ),
        diary(
            -26, _BALINT, "Strokes beside the appointment book from today on. Next: ask who cancels, not why, at first."
        ),
        Changed(
            -24,
            _REKA,
            "charter",
            {
                "goal": "At most eight appointments a month are cancelled, today it is 18.",
                "goal_on": OnDay(95),
                "benefit": "An empty chair costs about 22 euros, ten of them 220 euros a month.",
                "signals": "18 cancelled appointments in a month. No complaint in a year, and one review.",
                "self_check": True,
            },
        ),
        kpi(
            -24,
            _REKA,
            "cancelled",
            name="Cancelled appointments",
            unit="in four weeks",
            way=("down", "18", "8"),
            since=-30,
            until=95,
            interval="week",
            source="Appointment book",
        ),
        value(-24, _REKA, "cancelled", "18"),
        milestone(-23, _REKA, "asked", "Five who cancelled were asked", 20),
        value(-21, _BALINT, "cancelled", "17"),
        Talked(
            -20,
            "With five people 18 is a small number: a flu changes it. Count on, and ask.",
            "They doubt their own figures, which is good.",
            (("Ask those who cancel what would have kept them", "ask"),),
        ),
        Changed(-20, _REKA, "ask", {"person": Who(_REKA), "due": OnDay(20), "hours_planned": "3", "stage": "2"}),
        value(-18, _BALINT, "cancelled", "17", "Two of them had the flu."),
        Asked(-17, _REKA, "One figure, counted by two people."),
        AskedByLink(
            -17,
            _REKA,
            _OWNER,
            _MAIL,
            "hu",
            opened=-16,
            answered=-16,
            change="The book lies open for both now, and I have stopped to rub out names.",
        ),
        Decided(-15, "One figure is enough for a salon of five. Keep the small number in mind when you read it."),
        heard(
            -14, _REKA, "v3", "V3", "phone", "My bus comes at ten past nine, so nine never works.", "Comes each month"
        ),
        heard(-12, _BALINT, "v8", "V8", "talk", "I book early and decide in the evening.", "Comes now and then"),
        value(-11, _BALINT, "cancelled", "15"),
        measure(
            -11,
            _BALINT,
            "later",
            "Mornings begin at half past nine on two days",
            24,
            who=_BALINT,
            hours_planned="2",
            stage="3",
        ),
        spent(-10, _REKA, "ask", "0:40", "Two calls"),
        entered(
            -10,
            _REKA,
            Kind.RISK,
            title="Whoever comes at eight goes elsewhere",
            probability=2,
            impact=4,
            measure=Of("later"),
        ),
        value(-8, _REKA, "cancelled", "15"),
        diary(
            -7,
            _REKA,
            "A pipe burst above the washing chairs. Two chairs are left. Next: the insurance, then the project.",
        ),
        Paused(
            -7, _REKA, -6, 15, "Half of the salon is rebuilt after water damage. The course goes on, the project waits."
        ),
    ),
)
