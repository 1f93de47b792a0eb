"""Spreadsheets that are made to hurt, all at once: ``python -m tests.load hostile``.

Eight learners bring one each to the same exercise, while another goes on reading. Broken is: an answer that is an error
of the server or has no words, and a reader who gets no page. How long the reader waited is printed.
"""

from __future__ import annotations

import argparse
import random
import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.campus_process import running_campus
from tests.load.campus import add_database_options, prepared, sessions, task_paths
from tests.load.person import Person
from tests.load.promises import complaints
from tests.load.report import tell_result, tell_times
from tests.toolbox.table_import.test_bombs import BOMBS

_COURSE = "course-v1:ICIinSMEs+SME1+2026"
_BLOCK = "block-v1:ICIinSMEs+SME1+2026+type@digital_tool+block@t02-recommend"
_LOOK = f"/iciinsmes/exercises/{_BLOCK}/look"
#: Read, larger than the campus takes, or refused in words: with the reason, or because others are read just now.
_EXPECTED = {200, 413, 422}
_HONEST = "a hundred thousand honest rows"


def main(arguments: Sequence[str]) -> int:
    """Run the scenario and print what each file was answered; return 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.load hostile", description=__doc__)
    add_database_options(parser)
    options = parser.parse_args(arguments)
    files = {name: make() for name, make in list(BOMBS.items())[:7]}
    files[_HONEST] = b"customer;score;date\n" + b"".join(b"C%06d;9;2026-01-02\n" % row for row in range(100_000))
    with prepared(len(files) + 1, options) as campus:
        cookies = sessions(campus.names)
        with running_campus(campus.home, demo=False, environment=campus.environment) as address:
            people = []
            for name, cookie in zip(campus.names, cookies, strict=True):
                person = Person(name=name, address=address, random=random.Random(name), **task_paths())
                person.session.cookies.set("sessionid", cookie)
                person.session.get(f"{address}/courses/{_COURSE}/block/{_BLOCK}/", timeout=60).raise_for_status()
                person.read()
                person.samples.clear()
                people.append(person)
            reader, *senders = people
            is_over = threading.Event()
            reading = threading.Thread(target=_read, args=[reader, is_over])
            reading.start()
            with ThreadPoolExecutor(len(senders)) as pool:
                answers = list(pool.map(_bring, senders, files.items()))
            is_over.set()
            reading.join()
        broken = complaints(campus.home / "server.log")
    for (name, content), (status, words) in zip(files.items(), answers, strict=True):
        print(f"{name:<32}{len(content) / 1e6:>6.1f} MB{status:>5}  {words[:100]}")
        if status not in _EXPECTED or not words:
            broken.append(f"{name} was answered with {status}: {words[:100]!r}")
    broken += [f"the reader got {sample.status}" for sample in reader.samples if sample.status != 200]
    tell_times([sample for person in people for sample in person.samples])
    return tell_result(broken)


def _read(reader: Person, is_over: threading.Event) -> None:
    while not is_over.is_set():
        reader.read()


def _bring(person: Person, file: tuple[str, bytes]) -> tuple[int, str]:
    """Send a file, and return status and words of the answer."""
    name, content = file
    ending = "csv" if content[:2] != b"PK" else "xlsx"
    token = person.session.cookies.get("csrftoken") or ""
    headers = {"X-CSRFToken": token, "Referer": person.address + person.unit_path}
    sent = {"file": (f"{name}.{ending}", content)}

    def post() -> requests.Response:
        where = person.address + _LOOK
        return person.session.post(where, files=sent, data={"pasted": ""}, headers=headers, timeout=120)

    answer = person.send("bring file", post)
    alerts = re.findall(r'(?s)role="alert"[^>]*>(.*?)</', answer.text)
    words = " ".join(alerts) or re.sub(r"(?s)<(script|style|head)\b.*?</\1>|<[^>]*>", " ", answer.text)
    return answer.status_code, " ".join(words.split())
