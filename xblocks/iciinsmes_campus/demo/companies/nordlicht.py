"""Tischlerei Nordlicht: one good work that its mentor has confirmed and that waits, one weak work that came back."""

from __future__ import annotations

from decimal import Decimal

from iciinsmes.mentors.data import MentorRole, TookPlace
from iciinsmes_campus.demo.course import CHANNELS, LAW, LAW_CHECK, QUIZ_1, QUIZ_2, START, answered, read
from iciinsmes_campus.demo.data import (
    DemoAssessment,
    DemoCompany,
    DemoExercise,
    DemoExtension,
    DemoLearner,
    DemoMentor,
    DemoMessage,
    DemoPhoto,
    DemoTable,
    DemoWord,
    DemoWork,
)

COMPANY = DemoCompany("nordlicht", "Tischlerei Nordlicht", "DE", "Schleswig-Holstein", "Joinery, kitchens", "10-49")

#: Cause, how often, and what each cost in euros.
_CAUSES = (
    ("late delivery", 14, 60),
    ("wrong measurement", 6, 180),
    ("scratches from transport", 3, 90),
    ("fitter came later than agreed", 2, 20),
    ("colour differs from the sample", 1, 150),
    ("wrong invoice", 1, 10),
)

ANNA = DemoLearner(
    username="anna.nordlicht",
    first_name="Anna",
    last_name="Lindmoor",
    company="nordlicht",
    readings=read(START, days=-29) + read(CHANNELS, days=-19) + read(LAW, days=-18),
    quiz=(
        answered(QUIZ_1, days=-28)
        + answered((*QUIZ_2, *LAW_CHECK), days=-18, but={"what-the-key-list-does": ("choice_0",)})
    ),
    rounds=(
        DemoWork(
            days=-17,
            hours=Decimal("4.5"),
            answers={
                "channels": (
                    "I walked along one kitchen order, from the first call to the last screw, and found ten places. "
                    "Office: phone, about 60 voices a month, e-mail, about 45. Showroom: talks while planning, 12. "
                    "Architects who call, 5. Online reviews, 2. On site: what customers tell the fitters, about 30, "
                    "remarks on delivery notes, 8, the list of open points at handover, 6. Complaint sheets, 6. "
                    "Quotes that are turned down, about 13. The first four are answered the same day. The last six "
                    "are collected somewhere or nowhere, and nobody puts them side by side."
                ),
                "finding": (
                    "Two sources are unused. First, quotes that are turned down. From July to September we wrote 50 "
                    "and got 12 orders, so about 13 times a month somebody decides against us. We file the quote and "
                    "never ask. Second, remarks on delivery notes. The driver brings them back, the office files them "
                    "for the invoice. I read the last three months: 24 remarks, 11 of them about a date that was "
                    "moved without a call. From next week I ring every customer who says no, two questions, three "
                    "minutes, and write the reason in a list without names. The workshop foreman reads the delivery "
                    "notes each Friday. One gap stays: people who visit the showroom and never ask for a quote. We do "
                    "not even count them."
                ),
                "first-step": "I ring the first three customers who said no. Office, Tuesday before noon.",
            },
            files=(
                DemoTable(
                    name="nordlicht-channel-list.csv",
                    description="Our ten channels with numbers for October",
                    text=(
                        "Channel;Who looks after it;Per month;What happens today;Gap\r\n"
                        "Phone;Office;about 60;Answered;Reasons are not noted\r\n"
                        "E-mail;Office;about 45;Answered;Nobody sorts it by subject\r\n"
                        "Customers to fitters on site;Fitters;about 30;Told at breakfast;Forgotten by evening\r\n"
                        "Quotes turned down;Nobody;13;Filed;We never ask why\r\n"
                        "Planning talks in the showroom;Planner;12;Used for this kitchen;Not used for the next one\r\n"
                        "Remarks on delivery notes;Nobody;8;Filed with the invoice;Not read\r\n"
                        "Open points at handover;Fitters;6;Repaired;Causes are not counted\r\n"
                        "Complaint sheets;Foreman;6;Repaired;Cost is missing on half of them\r\n"
                        "Architects who call;Owner;5;Answered;Only in the owner's head\r\n"
                        "Online reviews;Owner;2;Read;Not answered\r\n"
                    ),
                ),
                DemoPhoto(
                    name="workshop-board.png",
                    description="Board in the workshop, no names",
                    title="Where do customers talk to us?",
                    lines=(
                        "Delivery notes: Friday, workshop",
                        "Said on site: one mark for each",
                        "Lost quotes: office, Tuesday",
                        "No names. Sheets go on the last Friday",
                    ),
                ),
            ),
            mentor=DemoMentor(
                name="Henrik Sturmfeld",
                email="henrik.sturmfeld@example.org",
                language="de",
                role=MentorRole.OWNER,
                asked=-11,
                opened=-10,
                answer=DemoWord(
                    days=-16,
                    took_place=TookPlace.YES,
                    change="The foreman reads the delivery notes every Friday now, and two delays got a call in time.",
                    role="Owner",
                ),
            ),
        ),
    ),
    exercises=(
        DemoExercise(
            block="t05-complaints",
            days=-2,
            title="Complaint sheets since May",
            table="Cause;Cost\n"
            + "".join(f"{cause};{cost}\n" for cause, number, cost in _CAUSES for _case in range(number)),
            estimates={"second_cumulated": 74},
            chosen={"vital_few": (0, 1), "same_order": (1,)},
        ),
    ),
)


JONAS = DemoLearner(
    username="jonas.nordlicht",
    first_name="Jonas",
    last_name="Ahrwald",
    company="nordlicht",
    readings=read(START, days=-28) + read(CHANNELS, days=-17),
    quiz=answered(
        QUIZ_1,
        days=-27,
        but={"hear-work-out-or-do": ("Work out", "Do", "Do"), "hit-rate": ("28", "choice_0")},
    ),
    rounds=(
        DemoWork(
            days=-14,
            hours=Decimal(2),
            answers={
                "channels": (
                    "We have four channels. Customers mostly call the office, that is the most important one and it "
                    "works well. Then there is e-mail, for plans and invoices. Some people come to the showroom on "
                    "Saturdays and look around. And when we fit a kitchen they of course talk to us fitters, that is "
                    "normal. I think that is about all, we are a small joinery and everybody knows everybody here."
                ),
                "finding": (
                    "I found out that our customers speak to us in many ways and that communication is important. "
                    "Most of them are satisfied. If somebody is not satisfied, he calls the office and then we look "
                    "for a solution together. We should listen even more in future and perhaps ask more often. The "
                    "boss also thinks that this is a good idea, and we will certainly talk about it in winter when "
                    "there is time."
                ),
                "first-step": "",
            },
            files=(
                DemoPhoto(
                    name="note-in-the-van.png",
                    description="My notes",
                    title="Channels",
                    lines=("1 Phone", "2 E-mail", "3 Showroom", "4 On site"),
                ),
            ),
            assessment=DemoAssessment(
                days=-12,
                outcome="revise",
                points={"completeness": Decimal(1), "finding": Decimal(1), "lawful": Decimal(1)},
                comments={
                    "completeness": "Four channels so far. Eight are needed, and hidden ones belong in.",
                    "finding": "No unused source is named yet.",
                    "lawful": "No names, good. What it is for, who sees it and when it goes are missing.",
                },
                feedback=(
                    "Strength: you put the talk on site on your list. You hear it yourself, so you can make it count. "
                    "Next step, criterion Places: walk along one kitchen order and add what reaches drivers, "
                    "the workshop and bookkeeping, until you have eight. Four more are within your reach: delivery "
                    "notes, open points at handover, complaint sheets and quotes that are turned down."
                ),
                talk=(
                    DemoMessage(
                        days=-8,
                        text=(
                            "One question: customers draw on our plans with a pencil and send us a photo of it. Is "
                            "that a channel of its own, or does it belong to e-mail?"
                        ),
                    ),
                    DemoMessage(
                        days=-7,
                        by_teacher=True,
                        text=(
                            "A channel of its own, and a good find: what they draw is what they could not say. Note "
                            "for five such plans what was drawn and who saw it."
                        ),
                    ),
                ),
            ),
        ),
    ),
    extension=DemoExtension(
        days=-7, more=14, reason="Two fitters are ill and you stand in for them, as your mentor wrote to me."
    ),
)
