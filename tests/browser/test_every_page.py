"""Every kind of page, on phone and desktop, in light and dark: usable for everybody, nothing from elsewhere, small."""

from __future__ import annotations

from iciinsmes.toolbox import api as toolbox
from tests.chromium import PHONE

from .conftest import check_accessible, check_both_schemes, check_both_sizes
from .paths import COURSE, W01

_HTML = W01.replace("workplace_assignment+block@w01", "html+block@places-you-know-text")
_QUIZ = W01.replace("workplace_assignment+block@w01", "problem+block@hit-rate")
_T02 = W01.replace("workplace_assignment+block@w01", "digital_tool+block@t02-recommend")
_T05 = W01.replace("workplace_assignment+block@w01", "digital_tool+block@t05-complaints")
_CHECK = W01.replace("workplace_assignment+block@w01", "self_check+block@first-self-check")
_CYCLE = W01.replace("workplace_assignment+block@w01", "reaction+block@cycle-start")
_UNIT = f"/courses/{COURSE}/block/"
_PRINTED = "/".join(("", "iciinsmes", "work", W01, "print"))

#: Who opens what; together every kind of page and every state of a work.
PAGES = [
    (None, "/login/"),
    (None, "/password/forgotten/"),
    (None, "/nowhere/"),
    (None, "/iciinsmes/mentor/"),
    (None, "/iciinsmes/mentor/nothing/"),
    (None, "/iciinsmes/toolbox/"),
    (None, "/iciinsmes/toolbox/?phase=A&need=loyalty"),
    (None, "/iciinsmes/toolbox/net-promoter-score/"),
    (None, "/iciinsmes/toolbox/net-promoter-score/try/?show=1"),
    (None, "/iciinsmes/toolbox/net-promoter-score/try/?option-earlier=900"),
    ("balint.szephaj", "/"),
    ("balint.szephaj", "/account/"),
    ("balint.szephaj", f"/courses/{COURSE}/"),
    ("balint.szephaj", f"/courses/{COURSE}/whole/?section=start-with-your-firm"),
    ("balint.szephaj", f"{_UNIT}{_HTML}/"),
    ("balint.szephaj", f"{_UNIT}{W01}/"),
    ("reka.szephaj", f"{_UNIT}{_QUIZ}/"),
    ("reka.szephaj", f"{_UNIT}{W01}/"),
    ("anna.nordlicht", f"{_UNIT}{W01}/"),
    ("jonas.nordlicht", f"{_UNIT}{W01}/"),
    ("zofia.poddebem", f"{_UNIT}{W01}/"),
    ("mette.elservicefyn", _PRINTED),
    ("reka.szephaj", _PRINTED),
    ("balint.szephaj", f"{_UNIT}{_T02}/"),
    ("reka.szephaj", f"{_UNIT}{_T02}/"),
    ("mette.elservicefyn", f"{_UNIT}{_T02}/"),
    ("anna.nordlicht", f"{_UNIT}{_T05}/"),
    ("teacher", f"{_UNIT}{_T05}/"),
    ("zofia.poddebem", f"/courses/{COURSE}/progress/"),
    ("zofia.poddebem", f"/iciinsmes/exercises/{COURSE}/mine/"),
    ("zofia.poddebem", f"/iciinsmes/exercises/{COURSE}/firm/"),
    ("teacher", f"/iciinsmes/exercises/{COURSE}/staff/"),
    ("teacher", f"/iciinsmes/exercises/{COURSE}/attempts/"),
    ("zofia.poddebem", "/outbox/"),
    ("zofia.poddebem", "/iciinsmes/inbox/"),
    ("zofia.poddebem", "/iciinsmes/inbox/mails/"),
    ("teacher", "/iciinsmes/inbox/"),
    ("zofia.poddebem", f"/iciinsmes/gallery/{COURSE}/"),
    ("teacher", f"/iciinsmes/gallery/{COURSE}/"),
    ("anna.nordlicht", f"/iciinsmes/self-check/{COURSE}/"),
    ("zofia.poddebem", f"{_UNIT}{_CHECK}/"),
    ("teacher", f"/iciinsmes/self-check/{COURSE}/firms/"),
    ("anna.nordlicht", f"{_UNIT}{_CYCLE}/"),
    ("teacher", f"{_UNIT}{_CYCLE}/"),
    ("teacher", f"/iciinsmes/evaluation/{COURSE}/"),
    ("coordinator", f"/iciinsmes/evaluation/{COURSE}/about/"),
    ("coordinator", "/iciinsmes/evaluation/"),
    ("anna.nordlicht", f"/iciinsmes/canvases/{COURSE}/"),
    ("teacher", "/iciinsmes/canvases/"),
    ("teacher", "/"),
    ("teacher", f"/courses/{COURSE}/whole/?section=where-customers-speak"),
    ("teacher", f"/courses/{COURSE}/gradebook/"),
    ("teacher", f"{_UNIT}{W01}/"),
    ("teacher", "/iciinsmes/desk/"),
    ("teacher", f"/iciinsmes/desk/{COURSE}/"),
    ("teacher", f"/iciinsmes/desk/{COURSE}/?find=1&late=1"),
    ("teacher", f"/iciinsmes/desk/{COURSE}/people/"),
    ("teacher", f"/iciinsmes/desk/{COURSE}/agreement/"),
    ("teacher", f"/iciinsmes/sheets/{COURSE}/"),
    ("teacher", f"/iciinsmes/desk/{COURSE}/allocation/"),
    ("teacher", f"/iciinsmes/desk/{COURSE}/release/"),
    ("teacher", "/iciinsmes/desk/all/"),
    ("balint.szephaj", f"/iciinsmes/companies/{COURSE}/"),
    ("balint.szephaj", f"/iciinsmes/companies/{COURSE}/register/"),
    ("balint.szephaj", f"/iciinsmes/companies/{COURSE}/join/"),
    ("balint.szephaj", f"/iciinsmes/companies/{COURSE}/leave/"),
    ("coordinator", f"/iciinsmes/companies/{COURSE}/firms/"),
    ("coordinator", f"/iciinsmes/companies/{COURSE}/firms/1/"),
    ("coordinator", f"/iciinsmes/companies/{COURSE}/firms/1/merge/?into=2"),
    ("coordinator", f"/iciinsmes/companies/{COURSE}/firms/import/"),
    ("coordinator", f"/courses/{COURSE}/people/"),
    ("balint.szephaj", "/iciinsmes/privacy/"),
    ("coordinator", f"/iciinsmes/privacy/{COURSE}/"),
    ("coordinator", f"/iciinsmes/privacy/{COURSE}/?who=anna.nordlicht"),
    ("coordinator", f"/iciinsmes/trail/{COURSE}/"),
    ("coordinator", f"/authoring/{COURSE}/"),
    ("coordinator", f"/authoring/{COURSE}/edit/{W01}/"),
    ("coordinator", f"/authoring/{COURSE}/edit/{_T05}/"),
]


def test_is_usable_for_everybody(visitor, campus):
    """Each page is opened once and seen on both devices: which it is decide style sheets alone."""
    people = {}
    problems = []
    for name, path in PAGES:
        if name not in people:
            people[name] = visitor(PHONE)
            people[name].allow("404", "422")
            if name:
                people[name].sign_in(name)
        page = people[name].page
        page.set_viewport_size(PHONE)
        page.goto(campus + path)
        for summary in page.locator("main details:not([open]) > summary").all()[:12]:
            if summary.is_visible():
                summary.click()
        try:
            check_both_sizes(page, check_both_schemes)
        except AssertionError as problem:
            problems.append(f"{name} {path}: {problem}")
    assert not problems, "\n".join(problems)


def test_every_instrument_shows_its_result_to_everybody(visitor, campus):
    """Once each: their pages are made of the same parts, and the walk above sees these in every scheme and size."""
    guest = visitor(PHONE)
    problems = []
    for instrument in toolbox.all_instruments():
        guest.page.goto(f"{campus}/iciinsmes/toolbox/{instrument.key}/try/?show=1")
        try:
            check_accessible(guest.page)
        except AssertionError as problem:
            problems.append(f"{instrument.key}: {problem}")
    assert not problems, "\n".join(problems)


def test_the_grading_page_is_usable_for_everybody(visitor, campus):
    page = visitor(PHONE).sign_in("teacher")
    page.goto(f"{campus}/iciinsmes/desk/{COURSE}/")
    page.locator("a", has_text="Tischlerei Nordlicht").first.click()
    page.wait_for_url("**/rounds/**")
    check_both_sizes(page)


def test_own_styles_and_scripts_of_the_assignment_page_stay_below_40_kb(visitor, campus):
    learner = visitor()
    page = learner.sign_in("balint.szephaj")
    sizes = {}

    def note(response):
        if response.url.split("?")[0].endswith((".css", ".js")):
            sizes[response.url] = response.request.sizes()["responseBodySize"]

    fresh = learner.tab()
    fresh.on("requestfinished", lambda request: note(request.response()))
    session = learner.context.new_cdp_session(fresh)
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    fresh.goto(f"{campus}{_UNIT}{W01}/")
    fresh.wait_for_load_state("networkidle")
    page.close()
    assert any("htmx" in url for url in sizes)
    assert sum(sizes.values()) <= 40_000, sizes


def test_everything_works_with_the_keyboard_alone(visitor, campus):
    learner = visitor()
    page = learner.sign_in("balint.szephaj")
    page.goto(f"{campus}/courses/{COURSE}/")
    page.keyboard.press("Tab")
    assert "Skip to the content" in page.evaluate("document.activeElement.textContent")
    page.goto(f"{campus}{_UNIT}{W01}/")
    seen = set()
    for _press in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        seen.add(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    assert {"answer-channels", "answer-finding", "Add a day", "audience", "Hand in round 1"} <= seen
