"""What rooms bring to each other: nothing is forgotten, nothing is brought twice, and the docs name it."""

from __future__ import annotations

import inspect
import pkgutil
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import iciinsmes
from iciinsmes import jobs
from iciinsmes.apps import ROOMS
from iciinsmes.assignments import answer_sources
from iciinsmes.assignments.data import Verb
from iciinsmes.audit_log import api as audit_log
from iciinsmes.audit_log import labels
from iciinsmes.companies import merging
from iciinsmes.companies.models import Company
from iciinsmes.evidence import permissions as of_files
from iciinsmes.exercises import permissions as of_results
from iciinsmes.lib import personal_data, registry
from iciinsmes.notices import api as notices
from iciinsmes.notices import kinds
from iciinsmes.notices.data import NoticeKind
from iciinsmes.platform import Role
from iciinsmes.privacy import api as privacy
from iciinsmes.projects import firm_signs
from iciinsmes.support import facts as of_support
from iciinsmes.threads import registry as of_threads
from iciinsmes.waiting import registry as of_waiting
from tests.checks import ROOT
from tests.people import SME1, person

CODE = ROOT / "xblocks" / "iciinsmes"
HOST = "iciinsmes_campus"
#: Packages that bring nothing to a room below them.
SILENT = {
    "authoring": "what blocks share; keeps nothing",
    "lib": "furniture",
    "management": "commands",
    "migrations": "no room",
    "platform": "lies below all rooms that could be told something",
    "settings": "no room",
    "templatetags": "no room",
    "toolbox": "lies below all rooms, and keeps nothing",
}
REGISTRIES: dict[str, registry.Registry[Any]] = {
    "kinds of notices": kinds._KINDS,
    "sources of answers": answer_sources._SOURCES,
    "things beside rounds": answer_sources._ASIDES,
    "verbs": labels.VERBS,
    "things in the trail": labels.SUBJECTS,
    "details in the trail": labels._DETAILS,
    "veils of the trail": labels.VEILS,
    "personal data": personal_data._SOURCES,
    "periods": personal_data._PERIODS,
    "jobs": jobs._JOBS,
    "tasks": jobs._SCHEDULE,
    "tables of firms": merging._MOVES,
    "kinds of what waits": of_waiting._KINDS,
    "kinds of what is talked about": of_threads._KINDS,
    "rules for files": of_files._RULES,
    "rules for results": of_results._RULES,
    "signs of firms": firm_signs._SIGNS,
    "stages of firms": of_support._STAGES,
    "times to an answer": of_support._ANSWERS,
}

#: What each room brings, by number. Whoever adds a room or takes something away says it here too.
BROUGHT = {
    "desk": {"kinds of notices": 2, "verbs": 2, "things in the trail": 2, "personal data": 1, "tasks": 1},
    "sheets": {
        "verbs": 5,
        "things in the trail": 2,
        "details in the trail": 3,
        "personal data": 1,
        "periods": 2,
        "jobs": 2,
        "tasks": 2,
    },
    "privacy": {"kinds of notices": 1, "verbs": 3, "things in the trail": 2, "details in the trail": 1},
    "evaluation": {
        "verbs": 2,
        "things in the trail": 2,
        "personal data": 1,
        "periods": 2,
        "jobs": 1,
        "tasks": 2,
    },
    "certificates": {
        "kinds of notices": 3,
        "verbs": 7,
        "things in the trail": 4,
        "personal data": 1,
        "periods": 2,
        "jobs": 1,
        "tasks": 2,
    },
    "gallery": {"personal data": 1, "tables of firms": 1, "rules for files": 1},
    "early_warning": {
        "kinds of notices": 1,
        "verbs": 1,
        "personal data": 1,
        "periods": 1,
        "jobs": 1,
        "tasks": 2,
        "tables of firms": 1,
        "signs of firms": 1,
    },
    "best_practices": {
        "kinds of notices": 2,
        "verbs": 5,
        "things in the trail": 1,
        "personal data": 1,
        "periods": 1,
        "tables of firms": 1,
    },
    "projects": {
        "kinds of notices": 4,
        "sources of answers": 8,
        "things beside rounds": 1,
        "verbs": 6,
        "things in the trail": 2,
        "details in the trail": 2,
        "personal data": 1,
        "periods": 1,
        "jobs": 1,
        "tasks": 2,
        "tables of firms": 1,
        "kinds of what waits": 1,
        "kinds of what is talked about": 1,
        "rules for files": 1,
        "stages of firms": 1,
        "times to an answer": 1,
    },
    "support": {
        "verbs": 8,
        "things in the trail": 4,
        "details in the trail": 1,
        "personal data": 1,
        "periods": 4,
        "tables of firms": 1,
    },
    "self_check": {"kinds of notices": 1, "personal data": 1, "periods": 2, "tables of firms": 1},
    "assignments": {
        "kinds of notices": 21,
        "verbs": 23,
        "things in the trail": 4,
        "details in the trail": 2,
        "veils of the trail": 1,
        "personal data": 1,
        "periods": 2,
        "jobs": 2,
        "tasks": 4,
        "tables of firms": 2,
        "rules for files": 2,
        "rules for results": 1,
        "kinds of what waits": 1,
        "kinds of what is talked about": 1,
    },
    "feedback": {"personal data": 1},
    "threads": {"kinds of notices": 2, "personal data": 1},
    "review": {"personal data": 1},
    "snippets": {"personal data": 1},
    "mentors": {"personal data": 1, "tasks": 1},
    "exercises": {
        "verbs": 4,
        "things in the trail": 3,
        "details in the trail": 1,
        "personal data": 1,
        "periods": 2,
        "tables of firms": 2,
    },
    "canvases": {"verbs": 2, "things in the trail": 1, "personal data": 1, "periods": 1, "tables of firms": 1},
    "waiting": {"personal data": 1, "tables of firms": 2},
    "evidence": {"verbs": 1, "things in the trail": 1, "personal data": 1, "tables of firms": 2},
    "notices": {"kinds of notices": 1, "personal data": 1, "periods": 1, "jobs": 1},
    "companies": {
        "verbs": 12,
        "things in the trail": 2,
        "details in the trail": 1,
        "personal data": 1,
        "periods": 2,
        "tables of firms": 4,
    },
    "audit_log": {"details in the trail": 2, "personal data": 1, "periods": 1},
    HOST: {
        "verbs": 6,
        "things in the trail": 3,
        "details in the trail": 1,
        "personal data": 4,
        "periods": 3,
        "tasks": 1,
    },
}


def packages() -> set[str]:
    return {module.name for module in pkgutil.iter_modules(iciinsmes.__path__) if module.ispkg}


def registration_of(room: str) -> Any:
    return import_module(f"{room}.registration" if room == HOST else f"iciinsmes.{room}.registration")


def tables() -> Iterator[type[Model]]:
    yield from apps.get_app_config("iciinsmes").get_models()


def written(pattern: str) -> set[str]:
    """Return what stands in quotes behind something in the code of the add-on and of the campus."""
    files = [path for house in (CODE, CODE.parent / HOST) for path in house.rglob("*.py")]
    return {found for path in files for found in re.findall(pattern, path.read_text(encoding="utf-8"))}


@pytest.fixture
def empty(monkeypatch):
    """Return a function that empties what is registered, for a room to bring its things anew."""

    def clear() -> None:
        for each in REGISTRIES.values():
            monkeypatch.setattr(each, "_entries", {})

    return clear


def test_every_room_says_what_it_brings_or_why_nothing():
    with_registration = {name for name in packages() if (CODE / name / "registration.py").exists()}
    assert with_registration == set(ROOMS), "name the room in iciinsmes.apps.ROOMS"
    assert packages() - with_registration == set(SILENT)


@pytest.mark.parametrize("room", [*ROOMS, HOST])
def test_a_room_brings_what_is_listed_here(room, empty):
    empty()
    registration_of(room).connect()
    found = {what: len(each) for what, each in REGISTRIES.items()}
    assert {what: number for what, number in found.items() if number} == BROUGHT[room]


@pytest.mark.parametrize("room", [*ROOMS, HOST])
def test_a_room_that_is_made_ready_twice_brings_the_same(room):
    before = {what: dict(each) for what, each in REGISTRIES.items()}
    registration_of(room).connect()
    assert before == {what: dict(each) for what, each in REGISTRIES.items()}


def test_every_layer_of_the_contract_is_a_room_and_every_room_a_layer():
    contract = (ROOT / ".importlinter").read_text(encoding="utf-8").partition("[importlinter:contract:rooms]")[2]
    layers = contract.partition("\n\n")[0].partition("layers =")[2]
    named = set(re.findall(r"\biciinsmes\.(\w+)", layers))
    # A room in parentheses may not be there yet.
    planned = set(re.findall(r"\(iciinsmes\.(\w+)\)", layers))
    no_rooms = {"management", "migrations", "settings", "templatetags"}
    assert packages() - no_rooms <= named
    assert named - planned <= packages()


def test_every_table_with_personal_data_belongs_to_a_source_of_its_room():
    """`local_api` in a table's description promises that `ici_forget_person` reaches it."""
    keepers = {str(getattr(source.keeper, "__name__", "")) for source in personal_data.sources()}
    rooms = {name.removesuffix(".retirement") for name in keepers}
    silent = [
        table.__name__
        for table in tables()
        if ".. pii_retirement: local_api" in (table.__doc__ or "")
        and table.__module__.removesuffix(".models") not in rooms
    ]
    assert silent == []


def test_sources_of_the_host_are_erased_last():
    of_host = [source.of_host for source in personal_data.sources()]
    assert of_host == sorted(of_host)
    assert [source.name for source in personal_data.sources()][-1] == "account"


def test_every_table_with_a_firm_follows_a_merge_or_says_why_not():
    with_company = {
        table._meta.label
        for table in tables()
        if any(isinstance(field, ForeignKey) and field.related_model is Company for field in table._meta.get_fields())
    }
    assert with_company == set(merging._MOVES), "see companies.api.register_company_table"


@pytest.mark.parametrize("kind", kinds.kinds().values(), ids=str)
def test_every_kind_of_notice_has_words(kind):
    for words in (kind.headline, kind.next_step, kind.reason):
        assert isinstance(words, Promise)
        assert str(words).strip()
    assert "%(title)s" in str(kind.headline)
    assert ("%(actor)s" in str(kind.headline)) == (kind.actor is not None)
    assert len(kind.key) <= 24


def test_every_verb_that_is_recorded_has_words_and_every_word_is_recorded():
    recorded = written(r'(?:verb=|[^.\w]_?record\(\s*)"(\w+)"') | written(r'verb="\w+" if \w+ else "(\w+)"')
    assert recorded | {verb.value for verb in Verb} == set(labels.VERBS)
    assert max(map(len, labels.VERBS)) <= 40


def test_every_thing_in_the_trail_has_words():
    calls = written(r"(?s)audit_log\.record(?:_about)?\((.*?)\n\s*\)\n|audit_log\.record\(([^\n]*)\)")
    named = {name for call in calls for text in call for name in re.findall(r'subject=f?"(\w+)', text)}
    assert named
    assert named <= set(labels.SUBJECTS)


def test_everything_done_regularly_is_in_the_docs():
    text = (ROOT / "docs" / "reference" / "notices.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|", text, re.MULTILINE))
    assert documented == {*jobs._SCHEDULE, *own_tasks(), *(name for name in jobs._JOBS if name.startswith("regular."))}


def own_tasks() -> set[str]:
    from iciinsmes.notices import schedule

    return set(schedule._OWN)


def test_a_key_is_given_once():
    words = labels.VERBS["work_opened"]
    labels.register_verbs({"work_opened": words})
    with pytest.raises(registry.DoubledKey, match="verb of the trail 'work_opened'"):
        labels.register_verbs({"work_opened": labels.VERBS["data_read"]})


def test_an_unknown_key_is_named():
    with pytest.raises(registry.UnknownKey, match=r"^No room has registered the kind of notice 'nothing'\.$"):
        kinds.kind_of("nothing")


def test_connect_is_all_that_a_registration_offers():
    for room in (*ROOMS, HOST):
        module = registration_of(room)
        public = [
            name
            for name, found in inspect.getmembers(module, inspect.isfunction)
            if found.__module__ == module.__name__ and not name.startswith("_")
        ]
        assert public == ["connect"]


@pytest.mark.django_db
def test_a_room_of_tomorrow_needs_no_line_in_a_room_below(monkeypatch):
    """What a room of visits would do: tell, note in the trail, keep personal data, and be done at night."""
    for each in REGISTRIES.values():
        monkeypatch.setattr(each, "_entries", dict(each._entries))
    asked = NoticeKind(key="visit_planned", headline=_("Gate of “%(title)s”"), next_step=_("Look at it."))
    kinds.register_kinds([asked])
    labels.register_verbs({"visit_made": _("let a project through")})
    labels.register_subjects({"visit": _("Project")}, names_of=lambda *, ids, course_key: {7: "Fewer returns"})
    labels.register_details({"place": lambda detail: f"G{detail['place']}"})
    keeper = SimpleNamespace(
        export_person=lambda *, user_id, course_key=None: personal_data.PersonalData(tables={"visits": ()}),
        forget_person=lambda *, user_id, course_key=None: None,
    )
    personal_data.register_source(name="visits", words=_("Visits."), keeper=keeper)
    done: list[str] = []
    jobs.on_schedule(name="visits.reminders", task=lambda: done.append("lights"), every=timedelta(hours=20))

    anna = person("anna", Role.LEARNER)
    notices.notify(user_id=anna.pk, kind=asked, course_key=SME1, title="Fewer returns", address="/p/")
    assert [line.headline for line in notices.inbox(user_id=anna.pk).notices] == ["Gate of “Fewer returns”"]
    audit_log.record(course_key=SME1, verb="visit_made", actor_id=anna.pk, subject="visit:7", detail={"place": 2})
    (row,) = privacy.page(course_key=SME1).rows
    assert (row.verb, row.thing, row.detail) == ("let a project through", "Fewer returns", "G2")
    with zipfile.ZipFile(privacy.export(user_id=anna.pk, asked_by=None)) as archive:
        assert "visits.json" in archive.namelist()
    assert notices.run_schedule() == []
    assert done == ["lights"]
