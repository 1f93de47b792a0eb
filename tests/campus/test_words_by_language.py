"""Pages and mails have days, times and numbers as their language writes them, and none of English or American ones."""

from __future__ import annotations

import re

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse
from edx_django_utils.cache import RequestCache
from lxml import html
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments.models import Round
from iciinsmes.projects.models import Project
from iciinsmes_campus.demo.api import load
from iciinsmes_campus.demo.course import COURSE_KEY

pytestmark = pytest.mark.django_db

COURSE = CourseKey.from_string(COURSE_KEY)
TEACHER, COACH, LEARNER = "teacher", "coach", "jonas.nordlicht"

_TIME = r"\d{1,2}:\d{2} [A-Z]{3,4}"
#: A moment as the language writes it, such as the day on which something is due.
MOMENTS = {
    "en": rf"[A-Z][a-z]{{2}} \d{{1,2}} [A-Z][a-z]{{2}} 20\d\d, {_TIME}",
    "de": rf"[A-Z][a-z]\., \d{{1,2}}\. [A-Z][a-zä]{{2,4}}\.? 20\d\d, {_TIME}",
    "da": r"[a-zø]{3,4}\. \d{1,2}\. [a-z]{3}\.? 20\d\d, \d{2}\.\d{2} [A-Z]{3,4}",
    "pl": rf"[a-zśąćłó]{{2,5}}\., \d{{1,2}} [a-zź]{{3}} 20\d\d, {_TIME}",
    "hu": rf"20\d\d\. [a-záéúü]{{3,6}}\.? \d{{1,2}}\., [A-Z][a-z]{{0,2}}, {_TIME}",
}
_ENGLISH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec"
_ENGLISH_LONG = "January|February|March|April|May|June|July|August|September|October|November|December"
_GERMAN = "Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Sept|Okt|Nov|Dez"
_AMERICAN = rf"\b({_ENGLISH}|{_ENGLISH_LONG})\.? \d{{1,2}}, 20\d\d"
_ENGLISH_DAY = rf"\b\d{{1,2}} ({_ENGLISH}|{_ENGLISH_LONG})\b"
#: What no page of the language may have; the days that people of the demo have typed are left out below.
WRONG = {
    "en": rf"{_AMERICAN}|\d ?[ap]\.?m\.?\b",
    "de": rf"{_AMERICAN}|{_ENGLISH_DAY}|\b\d{{1,2}}\.? ({_GERMAN})\b(?!\.)(?<!Mai)|\b(Mo|Di|Mi|Do|Fr|Sa|So),? \d|\d %",
    "da": rf"{_AMERICAN}|\b\d{{1,2}} ({_ENGLISH}|{_ENGLISH_LONG}|[a-zø]{{3}} 20)\b|\d{{2}}:\d{{2}} CES?T|\d %",
    "pl": rf"{_AMERICAN}|{_ENGLISH_DAY}|\b\d{{2}}-\d{{2}}-20\d\d|\d[ \u00a0]%",
    "hu": rf"{_AMERICAN}|{_ENGLISH_DAY}|20\d\d\.\d\d\.\d\d|\d[ \u00a0]%",
}
#: What a page holds and nobody reads, or what people type.
_SILENT = ("script", "style", "template", "textarea")


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Load the demo once, which takes seconds; the tests only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)
    RequestCache.clear_all_namespaces()


def _addresses() -> list[tuple[str, str]]:
    """Return who opens which pages: those on which days, times and numbers stand."""
    work = Round.objects.filter(work__owner__username=LEARNER).latest("handed_in_at")
    member = User.objects.get(username=LEARNER)
    project = Project.objects.filter(entries__author=member).first()
    assert project is not None
    inside = {"course_key": COURSE, "project_id": project.id}
    return [
        (LEARNER, reverse("campus:home")),
        (LEARNER, reverse("campus:course", args=[COURSE])),
        (LEARNER, reverse("campus:progress", args=[COURSE])),
        (LEARNER, reverse("campus:unit", args=[COURSE, _unit()])),
        (LEARNER, reverse("iciinsmes:project", kwargs=inside)),
        (LEARNER, reverse("iciinsmes:project-summary", kwargs=inside)),
        (TEACHER, reverse("iciinsmes:desk-queue", args=[COURSE])),
        (TEACHER, reverse("iciinsmes:desk-round", args=[COURSE, work.id])),
        (TEACHER, reverse("iciinsmes:desk-exceptions", args=[COURSE])),
        (TEACHER, reverse("campus:gradebook", args=[COURSE])),
        (COACH, reverse("iciinsmes:projects-coached")),
        (TEACHER, reverse("iciinsmes:projects-matrix", args=[COURSE])),
        (TEACHER, reverse("campus:outbox")),
    ]


def _unit() -> str:
    return str(COURSE.make_usage_key("vertical", "w01-where-do-our-customers-speak"))


def _words(page: str) -> str:
    """Return what the program has written on a page: no scripts, and no words that people have typed in English."""
    tree = html.fromstring(page)
    hidden = [each for each in tree.iter("*") if each.tag in _SILENT or (each is not tree and each.get("lang") == "en")]
    for each in hidden:
        each.text = None
        del each[:]
    return "\n".join(str(words).strip() for words in tree.itertext() if words.strip())


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("language", MOMENTS)
def test_pages_write_days_times_and_numbers_as_their_language_does(language, settings):
    settings.DEMO = True
    found, wrong = [], {}
    for username, address in _addresses():
        client = Client()
        client.force_login(User.objects.get(username=username))
        client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        words = _words(response.content.decode())
        found += re.findall(MOMENTS[language], words)
        if hits := [each[0] for each in re.finditer(rf".{{0,30}}(?:{WRONG[language]}).{{0,30}}", words)]:
            wrong[address] = hits
    assert len(found) > 5
    assert wrong == {}
