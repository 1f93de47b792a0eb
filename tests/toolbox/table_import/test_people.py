"""People in free text: those that the file names elsewhere, and those that titles and letters give away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox import api
from iciinsmes.toolbox.data import Sheet
from iciinsmes.toolbox.instruments.framework import show
from iciinsmes.toolbox.table_import.cells.empty import is_mistake
from iciinsmes.toolbox.table_import.people.personal import hide_people

NPS, RFM, PARETO = (api.find_instrument(name=code) for code in ("T02", "T13", "T05"))


def comments(text: str, instrument=NPS, column="comment"):
    sheet = api.open_pasted(text=text)
    mapping = api.weigh_columns(instrument=instrument, sheet=sheet).mapping
    found = api.read_table(instrument=instrument, sheet=sheet, mapping=mapping)
    assert found.problems == ()
    return list(found.table.columns[column])


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("I talked to Mr Smith and Mrs. Jones-Brown today", "I talked to Mr … and Mrs. … today"),
        ("Ms O\u2019Neill was rude, Miss Anna Bell too", "Ms … was rude, Miss … too"),
        ("Herr Müller hat nicht angerufen", "Herr … hat nicht angerufen"),
        ("Bitte Frau Dr. Schmidt fragen, nicht Herrn von der Heide", "Bitte Frau Dr. … fragen, nicht Herrn …"),
        ("frau Müller war nett", "frau … war nett"),
        ("Hr. Jensen kom for sent, fru Hansen også", "Hr. … kom for sent, fru … også"),
        ("Pan Kowalski nie odebrał, a pani Nowak tak", "Pan … nie odebrał, a pani … tak"),
        ("Proszę pana Kowalskiego o telefon", "Proszę pana … o telefon"),
        ("Kovács úr kedves volt", "… úr kedves volt"),
        ("Nagy Éva asszonnyal és Kovács Péter úrral beszéltem", "… asszonnyal és … úrral beszéltem"),
        ("Ma Kovácsné hívott", "Ma … hívott"),
        ("Horváth Anna vagyok, nem jött meg", "… vagyok, nem jött meg"),
        ("Late again. Best regards, Anna Berg", "Late again. Best regards, …"),
        ("Kind regards Anna", "Kind regards …"),
        ("Mit freundlichen Grüßen Anna Berg", "Mit freundlichen Grüßen …"),
        ("Viele Grüße, Anna-Lena von der Heide", "Viele Grüße, …"),
        ("kommt nie, lg anna", "kommt nie, lg …"),
        ("Med venlig hilsen Søren Ågård", "Med venlig hilsen …"),
        ("Mvh. Lars", "Mvh. …"),
        ("Pozdrawiam, Łukasz Żak", "Pozdrawiam, …"),
        ("Z poważaniem Anna Nowak", "Z poważaniem …"),
        ("Üdvözlettel: Őri Ágnes", "Üdvözlettel: …"),
        ("my name is Anna Berg and I wait", "my name is … and I wait"),
        ("ich heiße Anna Berg und warte", "ich heiße … und warte"),
        ("Jeg hedder Bo Lund", "Jeg hedder …"),
        ("nazywam się Anna Nowak", "nazywam się …"),
        ("a nevem Kovács Éva", "a nevem …"),
        ("Dear Anna, the door is late", "Dear …, the door is late"),
        ("tlf 12345678 from six", "tlf … from six"),
        ("konto 61 1090 1014 0000 0712 1981 2874", "konto …"),
        ("de89 3704 0044 0532 0130 00", "…"),
    ],
)
def test_what_stands_around_gives_a_name_away(words, wanted):
    assert hide_people(words) == wanted


ORDINARY = """
The delivery was two weeks late and nobody called. Was told it would be ready by Friday, but it was not.
We miss a person on the phone. The name on the invoice is wrong, my name is not on the list. Good price, Long wait.
Thanks for the quick help! Thank you. Cheers to all. I regard this as poor service.
Please send me a new invoice in May. Will you call back? White and Brown doors were mixed up.
Die Lieferung kam zwei Wochen zu spät, und die Tür klemmt. Die Frau am Telefon war freundlich, der Herr im Laden nicht.
Fr. Nachmittag war niemand da. Gut, aber zu lang. Der Koch im Restaurant war neu. Ein Gruß vom Team wäre nett.
Das kann man so nicht stehen lassen, ich heiße das nicht gut. Herrlich gemacht! Frauen und Männer warten gleich lang.
Vielen Dank. Danke für die Hilfe. Der Name auf der Rechnung ist falsch. Montag geht es nicht, Freitag schon.
Leveringen kom to uger for sent. Hr og fru i butikken var venlige. Tak for hjælpen! Tak.
Jeg ringede tre gange, men ingen tog telefonen. God service, Stor butik. Navnet på regningen er forkert.
Dostawa przyszła dwa tygodnie za późno. Proszę pana, czekam już miesiąc. Czy może pani oddzwonić? Pan był miły.
Tak, polecam wszystkim. Dziękuję za szybką pomoc. Zła nazwa na fakturze. Chleb był czerstwy, Nowy sklep jest lepszy.
A szállítás két hetet késett. Az úr a pultnál kedves volt. Kedves volt az asszony. Szeretné, ha visszahívnák?
Kérné vissza a pénzét. Nagy a sor, kis adagok. Köszönöm a segítséget. A nevem rosszul van a számlán. Jó, de drága.
""".strip().splitlines()


@pytest.mark.parametrize("words", ORDINARY)
def test_ordinary_complaints_stay_as_they_are(words):
    assert hide_people(words) == words


@pytest.mark.parametrize("words", ORDINARY)
def test_customers_whose_names_are_words_change_no_complaint(words):
    names = ["Éva Nagy", "Will Long", "May White", "Peter Koch", "Nowy Adam", "Kis Pál", "Lars Stor", "Ib Gammel"]
    text = "name;score;comment\n" + "".join(f"{name};9;{words.lower()}\n" for name in names)
    assert set(comments(text)) == {hide_people(words.lower())}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Anna Berg never called", "… never called"),
        ("never again, said anna", "never again, said …"),
        ("it was KOWALSKI, Jan", "it was …"),
        ("z Kowalskim i Anną nie da się mówić", "z … i … nie da się mówić"),
        ("I saw Annas car and Müller's too", "I saw … car and …'s too"),
        ("Muller wrote, then Eva", "… wrote, then …"),
        ("Nagy nem hívott, mert Nagy Éva beteg volt", "Nagy nem hívott, mert … beteg volt"),
        ("beszéltem Évával, ott volt Nagy is", "beszéltem …, ott volt … is"),
        ("Bo Li fixed it", "… fixed it"),
        ("Annabel is a chair, a mullered one", "Annabel is a chair, a mullered one"),
        ("ask at Hauptstraße 12 in Köln", "ask at … in Köln"),
        ("12345678 is mine, order 20260017 too", "… is mine, order 20260017 too"),
        ("jkl.weber@x.org, so weber", "…, so …"),
    ],
)
def test_people_of_other_columns_are_found_in_sentences(words, wanted):
    text = (
        "name;e-mail;telefon;adresse;score;comment\n"
        f"Anna Berg;;;Hauptstraße 12, 50667 Köln;9;{words}\n"
        "Jan Kowalski;;12345678;;9;\nMüller, Uwe;;;;9;\nNagy Éva;;;;9;\nBo Li;weber.jkl@example.org;;;9;\n"
    )
    assert comments(text)[0] == wanted


def test_people_behind_keys_are_found_in_words():
    text = "order;date;cause;cost\nAnna Berg;2026-01-01;Berg forgot it, Anna too;5\nJan Nowak;2026-01-02;nowak;5\n"
    found = comments(text, PARETO, "cause")
    assert found == ["Berg forgot it, … too", "…"]
    assert comments("Kunde;Datum;Betrag\nMüller;2026-01-01;5\nSchmidt;2026-01-02;6\n", RFM, "customer") == [
        "C001",
        "C002",
    ]


def test_one_mail_address_among_keys_is_enough():
    keys = [*(f"C{row}" for row in range(300)), "anna@example.org"]
    text = "customer;date;amount\n" + "".join(f"{key};2026-01-01;5\n" for key in keys)
    assert comments(text, RFM, "customer")[-1] == "C301"


def test_messages_do_not_repeat_people_of_other_columns():
    sheet = api.open_pasted(text="name;phone;score\nAnna Berg;12345678;Anna\nBo Lund;;12345678\nC D;;7\n")
    found = api.read_table(instrument=NPS, sheet=sheet, mapping={"score": 2})
    assert [show(problem.text) for problem in found.problems] == ["“…” is not a number", "… is above 10"]


@pytest.mark.parametrize(("words", "count"), [("nobody ever called me back", 1), ("too late", 0)])
def test_learners_are_told_to_read_sentences_once_more(words, count):
    sheet = api.open_pasted(text=f"score;comment\n9;{words}\n")
    found = api.read_table(instrument=NPS, sheet=sheet, mapping={"score": 0, "comment": 1})
    assert sum("once more" in show(note) for note in found.notes) == count


@given(st.lists(st.text(max_size=12), max_size=5), st.text(max_size=60).filter(lambda words: not is_mistake(words)))
def test_no_name_and_no_text_breaks_the_masking(names, words):
    sheet = Sheet(("name", "score", "comment"), [[name, 9.0, words] for name in names], range(2, len(names) + 2))
    found = api.read_table(instrument=NPS, sheet=sheet, mapping={"score": 1, "comment": 2})
    assert len(found.table) == len(names)


@pytest.mark.parametrize(
    "words",
    ["Herr " * 1000, "A" * 5000 + " úr", "lg " + "a" * 4990 + "1", "Kovácsné" * 600, "Anna Berg " * 500, "né" * 2500],
)
def test_long_texts_with_names_are_read_in_no_time(words):
    """Seconds, if a pattern goes back and forth; the suite would be stopped."""
    for _again in range(20):
        hide_people(words)
