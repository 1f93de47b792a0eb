"""Nothing that a learner's file says about people is stored or logged, whatever it is and in whichever language."""

from __future__ import annotations

import json
import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from iciinsmes.exercises import api
from iciinsmes.exercises.models import Attempt, DataSet, DataVersion, ToolResult
from iciinsmes.exercises.stored_table import unpack
from iciinsmes.toolbox.__main__ import main
from iciinsmes.toolbox.api import find_instrument
from tests.exercises.conftest import BLOCK, SCORES, exercise
from tests.people import SME1

pytestmark = pytest.mark.django_db

HEAD = "Kunde;Name;E-Mail;Telefon;IBAN;Betrag;Grund;Datum"
PEOPLE = [
    ("Anna Bergström", "anna.b@example.org", "+49 151 23456789", "DE89 3704 0044 0532 0130 00"),
    ("Łukasz Kowalski", "lukasz@example.pl", "601-234-567", "PL61109010140000071219812874"),
    ("Ágnes Kelemen", "agnes@example.hu", "06 30 123 4567", "HU42117730161111101800000000"),
    ("Søren Ågård", "soren@example.dk", "12 34 56 78", "DK50 0040 0440 1162 43"),
    ("Oliver Smithson", "oliver@example.co.uk", "+44 20 7946 0958", "GB29 NWBK 6016 1331 9268 19"),
]
#: In each: somebody of another row's columns, and somebody whom only the sentence knows.
SENTENCES = [
    "Herr Zimmerling kam nicht; {mail} oder {phone}, sagt {name}. Viele Grüße, Gerlinde Hubertus",
    "Pan Wiśniowiecki obiecał, konto {iban}, tel. 605111222. nazywam się Teofil Brzeziński. Pozdrawiam {first}",
    "Szűcsné és Vadász Ödön úr hívott, {phone}. A nevem Barabás Zsombor. Üdvözlettel: {name}",
    "Fru Mortensen lovede det, ring {phone} eller {mail}. Jeg hedder Rasmus Kjeldsen. Mvh {first}",
    "Mrs Pemberton and {last} promised, {iban}. My name is Winifred Ashcombe. Best regards, {name}",
]
ONLY_IN_SENTENCES = [
    "Zimmerling",
    "Gerlinde",
    "Hubertus",
    "Wiśniowiecki",
    "Teofil",
    "Brzeziński",
    "Szűcsné",
    "Vadász",
    "Ödön",
    "Barabás",
    "Zsombor",
    "Mortensen",
    "Rasmus",
    "Kjeldsen",
    "Pemberton",
    "Winifred",
    "Ashcombe",
    "605111222",
]


def secrets() -> list[str]:
    of_columns = [part for name, *contacts in PEOPLE for part in (*name.split(), *contacts)]
    figures = ["".join(filter(str.isalnum, words)) for person in PEOPLE for words in person[2:]]
    return [*of_columns, *figures, *ONLY_IN_SENTENCES]


def table() -> str:
    rows = []
    for number, ((name, mail, phone, iban), form) in enumerate(zip(PEOPLE * 8, SENTENCES * 8, strict=True)):
        first, last = name.split()
        words = form.format(name=name, first=first, last=last, mail=mail, phone=phone, iban=iban).replace(";", ",")
        # A cell in the wrong column is quoted by the message about it.
        score = name if number == 3 else phone if number == 7 else SCORES[number]
        rows.append(f"{name};{name};{mail};{phone};{iban};{score};{words};")
    return HEAD.replace("Betrag", "Score") + "\n" + "\n".join(rows) + "\n"


def found_in(text: str) -> list[str]:
    low = text.casefold()
    close = "".join(filter(str.isalnum, low))
    return [
        secret
        for secret in secrets()
        if secret.casefold() in low or (secret[-1:].isdigit() and secret.casefold() in close)
    ]


def test_nothing_about_people_is_stored_or_logged(client, learner, caplog):
    caplog.set_level(logging.DEBUG)
    api.open_exercise(user_id=learner.pk, usage_key=BLOCK, course_key=SME1, settings=exercise())
    client.force_login(learner)
    assert len(found_in(table())) == len(secrets())
    upload = SimpleUploadedFile("Umfrage Frau Zimmerling anna.b@example.org.csv", table().encode())
    keep, begin = (reverse(f"iciinsmes:exercise-{name}", args=[BLOCK]) for name in ("keep", "begin"))
    page = client.post(keep, {"file": upload}).content.decode()
    data_set = DataSet.objects.get()
    client.post(begin, {"data-set": str(data_set.id)})
    version = DataVersion.objects.get()
    rows = unpack(find_instrument(name=data_set.instrument), bytes(version.rows))
    assert (len(rows), set(rows.columns)) == (38, {"customer", "score", "comment", "date"})
    result = ToolResult.objects.get()
    stored = [
        data_set.title,
        json.dumps({key: list(map(str, values)) for key, values in rows.columns.items()}, ensure_ascii=False),
        result.title,
        json.dumps([result.content, result.options], ensure_ascii=False),
        json.dumps([Attempt.objects.get().answers, Attempt.objects.get().settings], ensure_ascii=False),
    ]
    assert [found_in(words) for words in stored] == [[]] * len(stored)
    assert found_in(page) == []
    assert found_in("\n".join([caplog.text, *(str(record.__dict__) for record in caplog.records)])) == []


def test_the_command_prints_nothing_about_people(capsys, caplog, tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text(table(), encoding="utf-8")
    for more in ([], ["--json"]):
        assert main(["run", "T02", str(path), *more]) == 0
        said = capsys.readouterr()
        assert "is not a number" in said.out
        assert "once more" in said.out
        assert found_in(said.out + said.err + caplog.text) == []
