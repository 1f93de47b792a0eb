"""The demo's directory of support: examples that somebody has checked, advisers with invented names, and who asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies.data import CompanyData
from iciinsmes.support import api
from iciinsmes.support.data import EntryValues, Filters, Helped, SupportArea

from .past import on_day
from .steps import DemoPart, Steps

#: Who keeps the directory up to date in the demo.
EDITOR = "coordinator"
_COUNTRIES = ("EU", "DE", "DK", "PL", "HU")
#: Examples that nobody has checked yet stay on the editor's list.
_LEFT_UNCHECKED = 3
#: Before anybody has asked.
_FILLED_DAYS_AGO = 21


@dataclass(frozen=True)
class AskedForSupport:
    """Whom a learner has asked, so many days relative to today, and what came of it."""

    by: str
    offer: str
    day: int
    answered: bool | None = None
    helped: Helped | None = None


#: Offers with a person; names and numbers are invented, and the numbers are kept free for that.
ADVISERS: Sequence[EntryValues] = (
    EntryValues(
        country="DE",
        languages=("de",),
        kind="chamber",
        name="Handwerkskammer Förde: Innovationsberatung",
        provider="Handwerkskammer Förde (invented)",
        benefit="Kommt in den Betrieb, hört zu und sagt, wer welchen Teil der Kosten trägt.",
        sizes=("1", "2-9", "10-49"),
        stages=("G0", "G1", "G2"),
        needs=("talk", "customers", "digital"),
        given="advice",
        contact_name="Wiebke Thomsen",
        contact_phone="+49 30 23125 014",
        contact_mail="thomsen@example.org",
        answers_in="zwei Arbeitstage",
        url="https://example.org/foerde",
        status="open",
    ),
    EntryValues(
        country="DK",
        languages=("da",),
        kind="chamber",
        name="Erhvervshus Fyn: gratis sparring",
        provider="Erhvervshus Fyn (invented)",
        benefit="En times gratis samtale med en, der kender ordningerne på Fyn.",
        stages=("G0", "G1", "G2", "G3"),
        needs=("talk", "customers", "abroad"),
        given="advice",
        contact_name="Mads Kjær Holm",
        contact_phone="+45 32 55 01 14",
        contact_mail="holm@example.org",
        answers_in="tre arbejdsdage",
        url="https://example.org/fyn",
        status="open",
    ),
    EntryValues(
        country="PL",
        languages=("pl",),
        kind="chamber",
        name="Izba Rzemieślnicza: doradca innowacji",
        provider="Izba Rzemieślnicza (invented)",
        benefit="Doradca przyjeżdża do zakładu i mówi, skąd wziąć pieniądze i kogo zapytać.",
        stages=("G0", "G1", "G2"),
        needs=("talk", "customers", "skills"),
        given="advice",
        contact_name="Agata Wrona",
        contact_phone="+48 12 555 01 14",
        contact_mail="wrona@example.org",
        answers_in="dwa dni robocze",
        url="https://example.org/izba",
        status="open",
    ),
    EntryValues(
        country="HU",
        languages=("hu",),
        kind="chamber",
        name="Kamarai innovációs tanácsadó",
        provider="Kereskedelmi és Iparkamara (kitalált)",
        benefit="Ingyenes első beszélgetés arról, mi vinné előre az üzletet és ki fizeti.",
        stages=("G0", "G1", "G2"),
        needs=("talk", "customers", "digital"),
        given="advice",
        contact_name="Bodnár Emese",
        contact_phone="+36 1 555 0114",
        contact_mail="bodnar@example.org",
        answers_in="három munkanap",
        url="https://example.org/kamara",
        status="open",
    ),
)

ASKED: Sequence[AskedForSupport] = (
    AskedForSupport(
        "anna.nordlicht", "Handwerkskammer Förde: Innovationsberatung", -12, answered=True, helped=Helped.YES
    ),
    AskedForSupport("jonas.nordlicht", "Mittelstand-Digital Zentren", -20),
    AskedForSupport("mette.elservicefyn", "Erhvervshus Fyn: gratis sparring", -14, answered=True),
    AskedForSupport("zofia.poddebem", "Izba Rzemieślnicza: doradca innowacji", -9, answered=True, helped=Helped.PARTLY),
    AskedForSupport("reka.szephaj", "Kamarai innovációs tanácsadó", -18, answered=False),
)


def tell_support(held: Mapping[str, CompanyData], *, course_key: CourseKey, steps: Steps) -> None:
    """Fill the directory, and let the firms ask; who is missing has asked nobody.

    Args:
        held: the firms by their key; without any there is nobody to ask.
        course_key: the demo's course run.
        steps: takes each step alone.
    """
    people = dict(User.objects.values_list("username", "pk"))
    with steps.step(DemoPart.SUPPORT, "") as step, on_day(-_FILLED_DAYS_AGO):
        _fill(people[EDITOR], course_key)
    if not step.done or not held:
        return
    for asked in ASKED:
        if asked.by in people:
            with steps.step(DemoPart.SUPPORT, asked.by):
                _ask(asked, people[asked.by], course_key)


def _fill(editor_id: int, course_key: CourseKey) -> None:
    for country in _COUNTRIES:
        api.give_area_on_site(who=EDITOR, area=SupportArea(country))
    editor = api.reader_of(user_id=editor_id, course_key=course_key)
    api.take_examples(reader=editor, course_key=course_key)
    made = [api.make_entry(reader=editor, course_key=course_key, values=values) for values in ADVISERS]
    old = api.to_check(areas=editor.areas)
    for entry in (*old[_LEFT_UNCHECKED:], *made):
        api.check_entry(reader=editor, course_key=course_key, entry_id=entry.id)


def _ask(asked: AskedForSupport, user_id: int, course_key: CourseKey) -> None:
    reader = api.reader_of(user_id=user_id, course_key=course_key)
    (entry,) = api.find(filters=Filters(text=asked.offer)).entries
    with on_day(asked.day):
        contact = api.log_contact(reader=reader, course_key=course_key, entry_id=entry.id)
    if asked.helped is not None:
        api.say_outcome(reader=reader, course_key=course_key, contact_id=contact.id, helped=asked.helped)
    elif asked.answered is not None:
        api.say_outcome(reader=reader, course_key=course_key, contact_id=contact.id, answered=asked.answered)
