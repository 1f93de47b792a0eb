"""Exports of survey programs that small firms use, made from their documented shapes with invented data.

Each function returns the bytes of a file; its docstring names where the shape is documented.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

SCORES = [10] * 12 + [9] * 8 + [8] * 6 + [7] * 4 + [6] * 4 + [3] * 4 + [0] * 2
REASONS = ["Quick and friendly", "Came on time", "Too dear for what it was", "Nobody rang back"]


def written(rows: Iterable[Sequence[object]], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> bytes:
    words = io.StringIO()
    csv.writer(words, delimiter=delimiter, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return words.getvalue().encode("utf-8-sig")


def day(number: int) -> str:
    return f"2026-{number % 9 + 1:02}-{number % 27 + 1:02}"


def google_forms() -> bytes:
    """Responses of Google Forms as CSV: support.google.com/docs/answer/139706, questions as headings, GMT+2."""
    head = [
        "Timestamp",
        "How likely is it that you recommend us to a friend?",
        "What is the main reason for your score?",
    ]
    rows = [
        [f"2026/{number % 9 + 1:02}/{number % 27 + 1:02} {number % 12 + 1}:05:09 PM GMT+2", score, REASONS[number % 4]]
        for number, score in enumerate(SCORES)
    ]
    return written([head, *rows], quoting=csv.QUOTE_ALL)


def microsoft_forms() -> bytes:
    """Responses of Microsoft Forms: support.microsoft.com, "Check and share your form results"; US days with AM/PM."""
    head = ["ID", "Start time", "Completion time", "Email", "Name", "How likely are you to recommend us?", "Why?"]
    rows = [
        [
            number + 1,
            *(f"{number % 9 + 1}/{number % 27 + 1}/26 {hour}:12:01" for hour in (13, 14)),
            *("anonymous", "", score, REASONS[number % 4]),
        ]
        for number, score in enumerate(SCORES)
    ]
    return written([head, *rows])


def limesurvey(answers: str) -> bytes:
    """Responses of LimeSurvey: limesurvey.org/manual/Export_responses; ``codes`` or ``full`` answers."""
    head = [
        *("id. Response ID", "submitdate. Date submitted", "lastpage. Last page", "startlanguage. Start language"),
        *("seed. Seed", "G01Q01. How satisfied are you with us?", "G01Q02. Why?"),
    ]
    stars = [5] * 20 + [4] * 10 + [2] * 10
    rows = [
        [
            *(number, f"{day(number)} 10:11:12", 1, "en", 1234567 + number),
            *(f"A{score}" if answers == "codes" else score, REASONS[number % 4]),
        ]
        for number, score in enumerate(stars, 1)
    ]
    return written([head, *rows], quoting=csv.QUOTE_ALL)


def surveymonkey() -> bytes:
    """All responses of SurveyMonkey: help.surveymonkey.com, "Exporting survey results"; two lines of headings."""
    head = [
        *("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name"),
        *("How likely is it that you would recommend us to a friend or colleague?", "", "Why?"),
    ]
    second = [*[""] * 7, "Score", "Response Group", "Open-Ended Response"]
    rows = [
        [
            *(118_000_000 + number, 4711, f"{day(number)} 10:00", f"{day(number)} 10:02", "192.0.2.1", "", ""),
            *(score, "Promoter" if score > 8 else "Passive" if score > 6 else "Detractor", REASONS[number % 4]),
        ]
        for number, score in enumerate(SCORES)
    ]
    return written([head, second, *rows])


def qualtrics() -> bytes:
    """Data of Qualtrics: qualtrics.com/support, "Understanding your data set"; three lines of headings."""
    head = [
        "StartDate",
        "EndDate",
        "Status",
        "Progress",
        "Finished",
        "RecordedDate",
        "ResponseId",
        "Q1_NPS_GROUP",
        "Q1",
        "Q2",
    ]
    second = [
        *("Start Date", "End Date", "Response Type", "Progress", "Finished", "Recorded Date", "Response ID"),
        *("How likely are you to recommend us? - Group", "How likely are you to recommend us?", "Why?"),
    ]
    third = [f'{{"ImportId":"{name}","timeZone":"Europe/Berlin"}}' for name in head]
    rows = [
        [
            *(f"{day(number)} 10:00:00", f"{day(number)} 10:02:00", "IP Address", 100, "True"),
            *(f"{day(number)} 10:02:01", f"R_{number:05}abc"),
            *("Promoter" if score > 8 else "Passive" if score > 6 else "Detractor", score, REASONS[number % 4]),
        ]
        for number, score in enumerate(SCORES)
    ]
    return written([head, second, third, *rows])


def typeform() -> bytes:
    """Responses of Typeform: typeform.com/help, "Download your results": questions, days in UTC, a network id."""
    head = [
        *(
            "#",
            "How likely are you to recommend us?",
            "And why?",
            "Response Type",
            "Start Date (UTC)",
            "Stage Date (UTC)",
        ),
        *("Submit Date (UTC)", "Network ID", "Tags", "Ending"),
    ]
    rows = [
        [
            *(f"a1b2c{number:03}", score, REASONS[number % 4], "completed", f"{day(number)} 10:00:00", ""),
            *(f"{day(number)} 10:02:00", f"{number:010x}", "", "thanks"),
        ]
        for number, score in enumerate(SCORES)
    ]
    return written([head, *rows])
