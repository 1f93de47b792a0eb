"""Szép Haj Szalon: one draft, and one person who has not begun."""

from __future__ import annotations

from decimal import Decimal

from iciinsmes_campus.demo.course import CHANNELS, LAW, QUIZ_1, START, answered, read
from iciinsmes_campus.demo.data import DemoCompany, DemoExercise, DemoLearner, DemoPhoto, DemoWork

COMPANY = DemoCompany("szephaj", "Szép Haj Szalon", "HU", "Győr-Moson-Sopron", "Hairdressers", "2-9")

REKA = DemoLearner(
    username="reka.szephaj",
    first_name="Réka",
    last_name="Tavaszdi",
    company="szephaj",
    readings=read(START, days=-24) + read(CHANNELS, days=-6) + read(LAW[:1], days=-5),
    quiz=answered(QUIZ_1, days=-23, but={"hit-rate": ("4", "choice_1")}),
    draft=DemoWork(
        days=-2,
        hours=Decimal("1.5"),
        answers={
            "channels": (
                "So far six places. Appointment book: 18 cancelled in October, the reason was never noted. Phone, "
                "about 70. In the chair, all day long, I started a tally sheet on Monday. Messages, about 25. "
                "Reviews, 1. Mirror talk when paying, when they look twice and say it is fine"
            ),
            "finding": "The cancelled appointments. 11 of 18 were on Mondays and Tuesdays before ten. I want to ask",
            "first-step": "",
        },
        files=(
            DemoPhoto(
                name="appointment-book.png",
                description="Tally marks next to the appointment book, no names",
                title="Cancelled in October: 18",
                lines=("Monday, Tuesday before ten   11", "Other days                    7"),
            ),
        ),
    ),
    exercises=(
        DemoExercise(
            block="t02-recommend",
            days=-3,
            estimates={"nps": 60},
            chosen={"classify": (0, 1, 2), "changed": (2,)},
            words="I will ask every tenth customer at the till, because I have too few answers of my own.",
        ),
    ),
)


BALINT = DemoLearner(
    username="balint.szephaj",
    first_name="Bálint",
    last_name="Csendesi",
    company="szephaj",
    readings=read(START[:3], days=-22),
)
