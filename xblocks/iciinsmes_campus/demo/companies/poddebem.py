"""Piekarnia Pod Dębem: two good works, one passed and shown in the gallery, one that waits and lies with the mentor."""

from __future__ import annotations

from decimal import Decimal

from iciinsmes.mentors.data import MentorRole, TookPlace
from iciinsmes_campus.demo.course import CHANNELS, LAW, LAW_CHECK, QUIZ_1, QUIZ_2, START, answered, read
from iciinsmes_campus.demo.data import (
    DemoAssessment,
    DemoCompany,
    DemoExercise,
    DemoLearner,
    DemoMentor,
    DemoPhoto,
    DemoTable,
    DemoWord,
    DemoWork,
)

COMPANY = DemoCompany("poddebem", "Piekarnia Pod Dębem", "PL", "Pomorskie", "Bakery with three shops", "10-49")
#: The mentor of both; has no account.
OWNER, OWNERS_MAIL = "Halina Klonowska", "halina.klonowska@example.org"

#: Cakes that were collected, from 0 to 10; and what was said at the till when one was not ordered.
_SCORES = (10, 9, 9, 8, 10, 7, 9, 6, 10, 9, 8, 9, 10, 5, 9, 8, 7, 10, 9, 9)
_REASONS = (("the date is too late", 9, 40), ("price", 5, 35), ("not the size wanted", 4, 20), ("no such cake", 2, 30))
_TILL = "Cause;Cost\n" + "".join(f"{cause};{cost}\n" for cause, number, cost in _REASONS for _case in range(number))

ZOFIA = DemoLearner(
    username="zofia.poddebem",
    first_name="Zofia",
    last_name="Borowiczka",
    company="poddebem",
    readings=read(START, days=-30) + read(CHANNELS, days=-21) + read(LAW, days=-20),
    quiz=answered(QUIZ_1, days=-29) + answered((*QUIZ_2, *LAW_CHECK), days=-19),
    rounds=(
        DemoWork(
            days=-16,
            hours=Decimal("4.25"),
            answers={
                "channels": (
                    "You know our first eight places from the course page. I walked again, along one order for a "
                    "wedding cake, and found three more. Counter in three shops, about 77 a month. Phone 25. Drivers "
                    "at the cafés, about 20. Return slips, 16. Social media messages 14. E-mail 12. Online reviews "
                    "10. Cakes asked for and not ordered, about 9. New: questions about ingredients, about 20, which "
                    "we never counted. The stall at the Saturday market, about 15. And the loyalty card: 640 cards "
                    "were used in October, and 31 people who came every week in summer did not come at all."
                ),
                "finding": (
                    "Unused source one is the loyalty card. It says who stays away, and nobody looks. From Monday the "
                    "bookkeeper counts on the first of each month how many weekly customers did not come. Numbers "
                    "only, no names. If it is more than 20, I ask in the shops what has changed. Unused source two is "
                    "the cake that nobody orders. In October we made tally marks: 3 for price, 5 for the date, 1 for "
                    "size. So it looks as if the date is the problem and not the price, as we all believed. We need "
                    "six days for a cake, people want three. Shop staff go on counting for two months. Then the owner "
                    "decides whether one baker works on cakes on Thursdays."
                ),
                "first-step": "Bookkeeper counts the cards on the first. I look at the marks each Monday at seven.",
            },
            files=(
                DemoTable(
                    name="pod-debem-channels.csv",
                    description="Eleven channels, October, with gaps",
                    text=(
                        "Channel;Who looks after it;Per month;What happens today;Gap\r\n"
                        "Counter, three shops;Shop staff;about 77;Not written down;Forgotten by evening\r\n"
                        "Phone;Office;25;Answered and used;None we know\r\n"
                        "Drivers at the cafés;Drivers;about 20;Told over coffee;Never reaches the bakers\r\n"
                        "Questions about ingredients;Shop staff;about 20;Answered;Same question every day\r\n"
                        "Return slips of the cafés;Nobody;16;Filed, not read;Reasons are lost\r\n"
                        "Market stall;Owner;about 15;Answered;Not written down\r\n"
                        "Social media messages;Office, part-time;14;Answered and used;Closed at weekends\r\n"
                        "E-mail;Office;12;Answered and used;None we know\r\n"
                        "Online reviews;Owner;10;Read;Rarely answered\r\n"
                        "Cakes asked for, not ordered;Nobody;about 9;Not written down;We guessed the reason\r\n"
                        "Loyalty card;Nobody;640 cards;Not looked at;Who stays away\r\n"
                    ),
                ),
                DemoPhoto(
                    name="tally-sheet.png",
                    description="Tally sheet at the till, October",
                    title="Cakes not ordered",
                    lines=(
                        "Price   III",
                        "Date    IIIII",
                        "Size    I",
                        "Other   -",
                        "For: cakes in time. Seen by: shop, owner",
                        "No names. Thrown away in two months",
                    ),
                ),
            ),
            assessment=DemoAssessment(
                days=-13,
                outcome="passed",
                points={"completeness": Decimal(3), "finding": Decimal(3), "lawful": Decimal(2)},
                comments={
                    "completeness": "Eleven channels, hidden ones among them, each with a number and a gap.",
                    "finding": "Two unused sources, each with a person, a day and a limit that makes you act.",
                    "lawful": "No names, and the sheet says what it is for and when it goes. Tell the customers too.",
                },
                feedback=(
                    "Strength: you counted, and the count speaks against what you all believed. It is the date, not "
                    "the price. Next step, criterion Finding: nine marks are few. Go on until you have about 30, "
                    "and write the shop next to each mark, so that you see whether all three shops have the same "
                    "problem."
                ),
            ),
            mentor=DemoMentor(
                name=OWNER,
                email=OWNERS_MAIL,
                language="pl",
                role=MentorRole.OWNER,
                asked=-16,
                opened=-15,
                answer=DemoWord(
                    days=-15,
                    took_place=TookPlace.YES,
                    change="We talk about the date of a cake now, and no longer about its price.",
                    role="Owner",
                ),
            ),
            in_gallery=True,
        ),
    ),
    exercises=(
        DemoExercise(
            block="t02-recommend",
            days=-12,
            title="Asked at the counter when a cake was collected",
            table="Customer;Score\n" + "".join(f"C{number:03};{score}\n" for number, score in enumerate(_SCORES, 1)),
            estimates={"nps": 55},
            chosen={"classify": (0, 1)},
            words="Both who gave 6 or less had waited a week. The shop says the date first now, and then the price.",
        ),
        DemoExercise(
            block="t05-complaints",
            days=-10,
            title="Cakes asked for and not ordered",
            table=_TILL,
            estimates={"second_cumulated": 70},
            chosen={"vital_few": (0, 1, 2), "same_order": (1,)},
            words="The date first: it is nearly half of all, and one baker on Thursdays can change it.",
            choice=0,
        ),
    ),
)


MAREK = DemoLearner(
    username="marek.poddebem",
    first_name="Marek",
    last_name="Jesionowiak",
    company="poddebem",
    readings=read(START, days=-27) + read(CHANNELS, days=-12) + read(LAW, days=-9),
    quiz=(
        answered(QUIZ_1, days=-26, but={"looking-ahead": (("choice_0",),)})
        + answered((*QUIZ_2, *LAW_CHECK), days=-8, but={"hidden-or-not": (("choice_0", "choice_3"),)})
    ),
    rounds=(
        DemoWork(
            days=-4,
            hours=Decimal(5),
            answers={
                "channels": (
                    "I am the dispatch foreman, so I took the deliveries to our ten cafés and looked where they "
                    "speak. Nine places: order calls in the evening, about 90 a month, only amounts are written down. "
                    "Order messages by phone, about 60. Talk at the ramp with our three drivers, about 20. Return "
                    "slips, 16. Crates that come back half full, about 40, nobody counts. Complaints by phone in the "
                    "morning, 7. Questions about invoices, 5. Orders that become smaller from week to week. The visit "
                    "of the owner before Christmas, once a year."
                ),
                "finding": (
                    "Two sources we have and do not use. The return slips: I read all 16 from October. 9 say too "
                    "dark, 5 say came after seven, 2 cannot be read. Nobody in the bakery knew about too dark. From "
                    "this week I pin the reasons up every Friday, without the name of the café. Second, the orders "
                    "that become smaller. I put the last eight weeks of the ten cafés into a table. Two of them order "
                    "a third less than in September. Nobody noticed, because the week as a whole looks the same. I "
                    "will look at this table on the first Monday of each month and tell the owner which café to "
                    "visit."
                ),
                "first-step": "Friday: I pin the first list up next to the oven. The night shift leader initials it.",
            },
            files=(
                DemoTable(
                    name="cafes-channel-list.csv",
                    description="Channels on the way to the cafés, C001 to C010 instead of names",
                    text=(
                        "Channel;Who looks after it;Per month;What happens today;Gap\r\n"
                        "Order calls;Office;about 90;Amounts written down;Remarks are lost\r\n"
                        "Order messages;Office;about 60;Amounts written down;Remarks are lost\r\n"
                        "Crates that come back half full;Nobody;about 40;Thrown away;Nobody counts\r\n"
                        "Talk at the ramp;Drivers;about 20;Told over coffee;Not written down\r\n"
                        "Return slips;Dispatch;16;Read since October;Bakers do not see them\r\n"
                        "Complaints in the morning;Dispatch;7;Solved;Not counted by cause\r\n"
                        "Questions about invoices;Bookkeeping;5;Answered;Dispatch does not hear of them\r\n"
                        "Orders that become smaller;Nobody;2 of 10 cafés;Not noticed;No warning\r\n"
                        "Visit by the owner;Owner;once a year;Used;Too seldom\r\n"
                    ),
                ),
                DemoPhoto(
                    name="return-slips-board.png",
                    description="Board next to the oven, cafés not named",
                    title="Return slips in October: 16",
                    lines=("Too dark            9", "Came after seven    5", "Cannot be read      2"),
                ),
            ),
            mentor=DemoMentor(name=OWNER, email=OWNERS_MAIL, language="pl", role=MentorRole.OWNER, asked=-4, opened=-3),
        ),
    ),
    exercises=(
        DemoExercise(
            block="t02-recommend",
            days=-9,
            estimates={"nps": 60},
            chosen={"classify": (0, 1, 2), "changed": (2,)},
            words="The drivers ask each café once a quarter, because ten cafés are too few for a score each month.",
        ),
        DemoExercise(
            block="t05-complaints",
            days=-8,
            title="Return slips, October",
            table="Cause;Cost\n" + "too dark;12\n" * 9 + "came after seven;25\n" * 5 + "cannot be read;5\n" * 2,
            estimates={"second_cumulated": 87.5},
            chosen={"vital_few": (0, 1), "same_order": (1,)},
            words="Too dark first: nine of sixteen, and only the oven has to change.",
            choice=0,
        ),
    ),
)
