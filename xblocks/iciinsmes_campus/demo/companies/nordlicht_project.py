"""Kitchens on the promised day: amber before G2, because the calls to late customers are late themselves."""

from __future__ import annotations

from dataclasses import replace

from iciinsmes.projects.data import Kind, Light
from iciinsmes_campus.demo.data import DemoPhoto
from iciinsmes_campus.demo.project_data import (
    Asked,
    AskedByLink,
    Changed,
    Decided,
    DemoProject,
    Of,
    OnDay,
    TakenEvidence,
    Talked,
    Who,
)

from .shorthand import diary, entered, heard, idea, insight, kpi, measure, milestone, spent, value

_ANNA, _JONAS = "anna.nordlicht", "jonas.nordlicht"
_OWNER, _MAIL = "Henrik Sturmfeld", "henrik.sturmfeld@example.org"
_NOTE = DemoPhoto(
    name="delivery-note.png",
    description="Remark on a delivery note, name and address covered",
    title="Delivery note, C009",
    lines=("Worktop: fine", "Second appointment, nobody called", "Waited from 8 until 2"),
)

PROJECT = DemoProject(
    company="nordlicht",
    by=_ANNA,
    begins=-40,
    light=Light.AMBER,
    steps=(
        entered(
            -40,
            _ANNA,
            Kind.CHARTER,
            "charter",
            title="Kitchens on the promised day",
            trigger="lost_customer",
            trigger_words=(
                "An architect who sent us eight kitchens a year now sends them elsewhere. Three of her clients had "
                "waited for us in vain."
            ),
            domains=["production", "marketing", "staff"],
            sponsor="The owner, who also drives to the architects",
            confidentiality="course",
        ),
        Asked(-39, _ANNA, "We want to know why kitchens come late, and what customers would like to hear from us."),
        AskedByLink(
            -39, _ANNA, _OWNER, _MAIL, "de", opened=-38, answered=-38, change="Anna and Jonas get four hours a week."
        ),
        diary(-36, _JONAS, "Asked the drivers what they hear. All four said the same: nobody calls when we are late."),
        Changed(
            -33,
            _ANNA,
            "charter",
            {
                "goal": "Of 100 deliveries at most 15 come later than promised, today it is 46.",
                "goal_on": OnDay(55),
                "benefit": "A second trip costs us about 60 euros, that is 1,800 euros in 100 deliveries.",
                "signals": (
                    "46 of the last 100 deliveries were late. Of 50 quotes 12 became orders, a year ago it was 19. "
                    "24 remarks on delivery notes in three months, 11 of them about a date that was moved."
                ),
                "self_check": True,
            },
        ),
        kpi(
            -33,
            _ANNA,
            "late",
            name="Late deliveries",
            unit="% of orders",
            way=("down", "46", "15"),
            since=-40,
            until=55,
            interval="week",
            source="Delivery notes, the last 100 deliveries",
        ),
        kpi(
            -33,
            _JONAS,
            "quotes",
            name="Quotes that become orders",
            unit="%",
            way=("up", "24", "35"),
            since=-40,
            until=55,
            interval="week",
            source="Quote list, the last 100 quotes",
        ),
        value(-33, _ANNA, "late", "46"),
        value(-33, _JONAS, "quotes", "24"),
        value(-26, _ANNA, "late", "44"),
        value(-26, _JONAS, "quotes", "24"),
        milestone(-30, _ANNA, "goal", "Goal agreed with the owner", -22, done_on=OnDay(-22)),
        milestone(-30, _ANNA, "five", "Five customers heard", -1, weight=2),
        milestone(-30, _ANNA, "board", "Board with promised days is up", 11),
        entered(
            -29,
            _ANNA,
            Kind.PARTNER,
            name="Spedition Küstenweg",
            what="Drives our worktops and knows on the evening before what will not come",
        ),
        diary(
            -27,
            _ANNA,
            "Counted delivery notes for an hour. Late is late by one day in most cases. Next: ask customers.",
        ),
        Talked(
            -26,
            "We looked at the two figures and at who can count them. The owner wants to see them on Fridays.",
            "Good pair. Jonas hears customers on site and does not take it for data yet. Ask him first next time.",
            (
                ("Call five late customers and ask what they would have needed", "calls"),
                ("Show the figures on Fridays", ""),
            ),
        ),
        Asked(-24, _ANNA, "The figures are counted, the goal is written."),
        AskedByLink(
            -24,
            _ANNA,
            _OWNER,
            _MAIL,
            "de",
            opened=-23,
            answered=-23,
            change="We look at the board every Friday, and I pay for the phone in the van.",
        ),
        Decided(-22, "Two figures that you can count, a goal with a day, and the owner is behind it."),
        Changed(
            -22,
            _ANNA,
            "calls",
            {
                "title": "Call five late customers",
                "role": "Owner",
                "due": OnDay(-2),
                "hours_planned": "5",
                "stage": "2",
            },
        ),
        measure(
            -22,
            _JONAS,
            "notes",
            "Driver notes each evening",
            -4,
            role="Foreman",
            hours_planned="4",
            stage="2",
        ),
        replace(
            heard(
                -22,
                _JONAS,
                "c009",
                "C009",
                "visit",
                "The customer had written on the delivery note that nobody called, and waited from eight until two.",
                "Private kitchen",
            ),
            photo=_NOTE,
        ),
        value(-19, _ANNA, "late", "40"),
        value(-19, _JONAS, "quotes", "25", "Two quotes came back with a yes after a second call."),
        heard(
            -19,
            _ANNA,
            "c021",
            "C021",
            "talk",
            "I chose the other firm because they named a day. Yours was cheaper.",
            "Quote turned down",
        ),
        heard(-16, _ANNA, "c014", "C014", "phone", "I took a day off for you, twice.", "Private kitchen"),
        insight(-15, _ANNA, "day", "The day matters more than the price.", "c014", "c021"),
        spent(-15, _ANNA, "calls", "1", "The first call, with notes"),
        entered(
            -14,
            _ANNA,
            Kind.SUPPORT,
            name="Innovation adviser of the chamber",
            on=OnDay(-18),
            answered=True,
            helped=True,
            note="Sent us a sheet for planning by day and knows a joinery that has used it for two years.",
        ),
        idea(-14, _JONAS, "message", "A message on the evening before: we come, or we do not", "customer", score="16"),
        idea(
            -14,
            _ANNA,
            "slot",
            "Promise a morning or an afternoon, not a day",
            "with_customer",
            decision="later",
            why="First we have to know on the evening before what will come.",
        ),
        idea(
            -14,
            _JONAS,
            "van",
            "A second van",
            "staff",
            decision="dropped",
            why="The van is not the reason: 11 of 14 late kitchens waited for a worktop.",
        ),
        value(-12, _ANNA, "late", "38"),
        value(-12, _JONAS, "quotes", "25"),
        Changed(-12, _ANNA, "five", {"due": OnDay(9)}),
        diary(
            -12,
            _ANNA,
            "The fair took the whole week, so no calls. Moved the milestone by ten days, once and not again.",
        ),
        Talked(
            -11,
            "Three customers heard, five are the aim. The calls have stopped, the owner is at the fair.",
            "If the calls are not done by the next talk: let Jonas make them instead of the owner.",
            (("Driver notes come in each evening, on Fridays too", ""),),
            next_on=5,
        ),
        Changed(-8, _JONAS, "notes", {"done": 100}),
        spent(-8, _JONAS, "notes", "3", "Form, and a week of getting used to it"),
        measure(
            -8,
            _JONAS,
            "plan",
            "Board with promised days",
            9,
            role="Trainee",
            hours_planned="6",
            cost_planned="120",
            stage="2",
        ),
        entered(
            -8,
            _JONAS,
            Kind.RISK,
            title="The supplier of worktops does not tell us when one is late",
            probability=4,
            impact=3,
            measure=Of("plan"),
            person=Who(_JONAS),
        ),
        value(-5, _ANNA, "late", "31", "The first weeks with driver notes."),
        value(-5, _JONAS, "quotes", "26"),
        diary(
            -5,
            _JONAS,
            "Driver notes work: two kitchens were late and both got a call. Next: the calls to late customers.",
        ),
        TakenEvidence(-2, _ANNA, "result", "pareto"),
    ),
    reminded=(_ANNA, _JONAS),
)
