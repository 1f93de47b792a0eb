"""El-Service Fyn: one work in its second round, one weak work; both wait."""

from __future__ import annotations

from decimal import Decimal

from iciinsmes_campus.demo.course import CHANNELS, LAW, LAW_CHECK, QUIZ_1, QUIZ_2, START, answered, read
from iciinsmes_campus.demo.data import (
    DemoAssessment,
    DemoCompany,
    DemoExercise,
    DemoLearner,
    DemoPhoto,
    DemoTable,
    DemoWork,
)

COMPANY = DemoCompany("elservicefyn", "El-Service Fyn", "DK", "Syddanmark", "Electricians", "2-9")

#: Answers to the survey by text message, one after each job.
_SCORES = (
    *(10, 9, 8, 10, 6, 9, 7, 9, 10, 3, 8, 9, 10, 8, 7, 10, 9, 5, 9, 8),
    *(10, 9, 8, 10, 6, 9, 7, 10, 8, 9, 4, 9, 10, 8, 10, 7, 9, 6, 8, 9),
)

METTE = DemoLearner(
    username="mette.elservicefyn",
    first_name="Mette",
    last_name="Strandvig",
    company="elservicefyn",
    readings=read(START, days=-29) + read(CHANNELS, days=-19) + read(LAW, days=-18),
    quiz=answered(QUIZ_1, days=-29)
    + answered((*QUIZ_2, *LAW_CHECK), days=-17, but={"messages-nobody-reads": ("152",)}),
    rounds=(
        DemoWork(
            days=-15,
            hours=Decimal(3),
            answers={
                "channels": (
                    "Our list has six channels. Phone, about 60 calls a month, I take them in the office. E-mail, "
                    "about 30. Remarks on the job sheets, about 45, they come in with the hours on Friday. What "
                    "customers say to the fitters, about 40 a month if I add up what the four of them remember. Our "
                    "survey by text message after a job, 40 answers so far. Reviews on the map service, 2 a month. "
                    "All of them bring something, the phone most of all."
                ),
                "finding": (
                    "The phone is our best channel, because there I hear at once what is wrong and can help. The "
                    "survey is new and people answer more than we expected. 40 people have answered until now and 14 "
                    "of them write about waiting for the fitter. The job sheets take me an hour every Friday because "
                    "of the hours and the material. All in all we already have many channels for a firm with nine "
                    "people, and most of them work well."
                ),
                "first-step": "Go on with the survey for three more months.",
            },
            files=(
                DemoTable(
                    name="channels-first-list.csv",
                    description="First list. For: less waiting. Seen by: office, owner. Goes with the project",
                    text=(
                        "Channel;Who looks after it;Per month;What happens today;Gap\r\n"
                        "Phone;Office;60;Answered and used;\r\n"
                        "Remarks on job sheets;Office;45;Filed;\r\n"
                        "Said to the fitters;Fitters;40;;\r\n"
                        "E-mail;Office;30;Answered and used;\r\n"
                        "Survey by text message;Office;about 13;Read;\r\n"
                        "Reviews on the map service;Nobody;2;;\r\n"
                    ),
                ),
            ),
            assessment=DemoAssessment(
                days=-12,
                outcome="revise",
                points={"completeness": Decimal(1), "finding": Decimal(1), "lawful": Decimal(2)},
                comments={
                    "completeness": "Six channels with numbers. Two more are missing, for example what customers show.",
                    "finding": "You describe what works. Which two channels does nobody read today?",
                    "lawful": "Roles only, and the three lines are there. Write a day instead of “with the project”.",
                },
                feedback=(
                    "Strength: you have a number for each channel, and 14 of 40 answers about waiting is a clear "
                    "sign. Next step, criterion Finding: which two channels does nobody read today? Name them and "
                    "write who will read them from now on. Look at your own column “What happens today”: it is empty "
                    "twice."
                ),
                said=(
                    (
                        "channels",
                        "if I add up what the four of them remember",
                        "This is your richest channel, and nobody writes it down. Could it be one of the two?",
                    ),
                    ("finding", "14 of them write about waiting", "A strong sign: who sees it besides you?"),
                ),
            ),
        ),
        DemoWork(
            days=-1,
            hours=Decimal("5.5"),
            answers={
                "channels": (
                    "Now there are ten. Phone 60 a month, e-mail 30, remarks on job sheets 45, said to the fitters "
                    "40, survey by text message about 13, reviews 2. New are: quotes that are turned down, about 9 a "
                    "month, in July to September 26 of 40. Appointments that customers move, 11. Calls that nobody "
                    "takes after four o'clock, 22, the telephone counts them. And questions about invoices, 6, they "
                    "all go to our bookkeeper, who comes on Wednesdays."
                ),
                "finding": (
                    "You asked which two channels nobody reads. The remarks on job sheets: I type in hours and "
                    "material and skip the line below. I went through one month, 45 remarks. 17 are about waiting or "
                    "moved dates, 12 are wishes for another job, worth money, and we answered two of them. And the "
                    "calls after four: 22 a month, no list, no call back. From Monday I copy wishes from the job "
                    "sheets into our job calendar each Friday and one of the fitters rings back within a week. The "
                    "apprentice rings back missed calls every morning at eight. The owner looks at both numbers at "
                    "the end of the month. What we still miss: customers who never call again."
                ),
                "first-step": "The apprentice rings back yesterday's missed calls, Monday at eight.",
            },
            files=(
                DemoTable(
                    name="channels-second-list.csv",
                    description="Second list, ten channels with gaps",
                    text=(
                        "Channel;Who looks after it;Per month;What happens today;Gap\r\n"
                        "Phone;Office;60;Answered and used;None we know\r\n"
                        "Remarks on job sheets;Nobody;45;Filed, not read;12 wishes a month, 2 answered\r\n"
                        "Said to the fitters;Fitters;40;Not written down;Forgotten\r\n"
                        "E-mail;Office;30;Answered and used;None we know\r\n"
                        "Calls after four o'clock;Nobody;22;Not answered;No call back\r\n"
                        "Survey by text message;Office;about 13;Read;Not yet used\r\n"
                        "Appointments moved by customers;Office;11;Moved;Reason is not noted\r\n"
                        "Quotes turned down;Owner;about 9;Filed;We do not ask\r\n"
                        "Questions about invoices;Bookkeeper;6;Answered;Office does not hear of them\r\n"
                        "Reviews on the map service;Nobody;2;Not read;No answer\r\n"
                    ),
                ),
                DemoPhoto(
                    name="job-sheet-remarks.png",
                    description="Count of one month's job sheets, no customers named",
                    title="Remarks on job sheets: 45",
                    lines=(
                        "Waiting, moved dates   17",
                        "Wish for another job   12",
                        "Thanks                  9",
                        "Other                   7",
                    ),
                ),
            ),
        ),
    ),
    exercises=(
        DemoExercise(
            block="t02-recommend",
            days=-4,
            title="Text messages after a job, autumn",
            table="Customer;Score\n" + "".join(f"C{number:03};{score}\n" for number, score in enumerate(_SCORES, 1)),
            estimates={"nps": 37.5},
            chosen={"classify": (0, 1)},
            words=(
                "Five of six who gave 6 or less waited for the fitter without a call. From Monday on whoever drives "
                "late sends a message before the agreed time."
            ),
        ),
    ),
)


RASMUS = DemoLearner(
    username="rasmus.elservicefyn",
    first_name="Rasmus",
    last_name="Møllegård",
    company="elservicefyn",
    readings=read(START[:4], days=-25) + read(CHANNELS[:2], days=-10),
    quiz=answered(
        QUIZ_1, days=-25, but={"which-step-counts": ("choice_0",), "looking-ahead": (("choice_0", "choice_3"),)}
    ),
    rounds=(
        DemoWork(
            days=-9,
            hours=Decimal("1.5"),
            answers={
                "channels": (
                    "Customers can reach us by phone, by e-mail and on our website, where there is a form. They can "
                    "also write to us in social media, but hardly anybody does that. And of course they talk to us "
                    "when we are in the house. I do not know how many it is in a month, it depends on the season. In "
                    "autumn it is always more because of the heating, then the phone never stops ringing."
                ),
                "finding": (
                    "Most things come by phone. That is fine because you can ask back. The form on the website is "
                    "hardly used, maybe we could make it prettier. What people say in the house stays with the "
                    "fitter, that is me for example, and I tell it in the office if it is important. I have not found "
                    "anything that is really unused. If customers are unhappy, we notice it soon enough, the town is "
                    "small."
                ),
                "first-step": "",
            },
            files=(
                DemoTable(
                    name="channels.csv",
                    description="List",
                    text=(
                        "Channel;Who looks after it;Per month;What happens today;Gap\r\n"
                        "Phone;Office;many;Answered;\r\n"
                        "E-mail;Office;;Answered;\r\n"
                        "Form on the website;;few;;\r\n"
                        "Social media;;0;;\r\n"
                        "In the house;Fitters;;;\r\n"
                    ),
                ),
            ),
        ),
    ),
)
