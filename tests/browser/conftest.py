"""A running demo campus and a Chromium; what goes wrong in the browser fails the test that caused it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from iciinsmes_campus.authoring.models import BlockOverlay
from iciinsmes_campus.courseware.library import forget
from tests.campus_process import prepare_home, running_campus
from tests.chromium import DESKTOP, PHONE


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory, worker_id) -> Path:
    """A demo home that was started once for all workers; tests work on copies."""
    return prepare_home(tmp_path_factory, worker_id, demo=True)


@pytest.fixture(scope="module")
def campus(prepared_home, tmp_path_factory) -> Iterator[str]:
    """The address of a demo campus that only this module uses."""
    home = tmp_path_factory.mktemp("campus") / "home"
    shutil.copytree(prepared_home, home)
    with running_campus(home, demo=True) as address:
        yield address


class Visitor:
    """One person at one device; notes what the browser complains about."""

    def __init__(self, context: BrowserContext, campus: str) -> None:
        self.context = context
        self.campus = campus
        self.complaints: list[str] = []
        self.expected: list[str] = []
        self.page = self.tab()

    def tab(self) -> Page:
        """Open another tab of the same person."""
        page = self.context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: self._note(message.type == "error", message.text))
        page.on("pageerror", lambda error: self._note(True, str(error)))
        page.on("request", lambda request: self._note(self._is_elsewhere(request.url), f"request to {request.url}"))
        return page

    def sign_in(self, username: str) -> Page:
        """Use a demo account as the sign-in page offers it."""
        self.page.goto(f"{self.campus}/login/")
        self.page.locator(f"button[name=username][value='{username}']").click()
        self.page.wait_for_url(f"{self.campus}/")
        return self.page

    def is_user(self, user: Any) -> Page:
        """Be somebody whom the test has made, without the sign-in page."""
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.campus}])
        return self.page

    def open(self, path: str) -> Page:
        """Open a page."""
        self.page.goto(self.campus + path)
        return self.page

    def look(self, path: str) -> Page:
        """Open a page with everything unfolded, and check it on a phone and on a desktop."""
        self.open(path)
        self.page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")
        check_both_sizes(self.page)
        return self.page

    def allow(self, *parts: str) -> None:
        """Say which complaints a test provokes on purpose."""
        self.expected += parts

    def _is_elsewhere(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != urlsplit(self.campus).netloc

    def _note(self, bad: bool, text: str) -> None:
        if bad:
            self.complaints.append(text)


@pytest.fixture
def visitor(browser, campus) -> Iterator[Callable[..., Visitor]]:
    """Make people: ``visitor()`` on a desktop, ``visitor(PHONE)`` on a phone."""
    yield from _visitors(browser, campus)


@pytest.fixture
def guest(browser, live_server) -> Iterator[Callable[..., Visitor]]:
    """Make people as `visitor` does, of a campus in this process, which has only what the test has made."""
    yield from _visitors(browser, live_server.url)
    # What an author has saved lies over the course in this process' memory too, where no database forgets it.
    if BlockOverlay.objects.exists():
        forget()


def _visitors(browser: Browser, campus: str) -> Iterator[Callable[..., Visitor]]:
    made: list[Visitor] = []

    def make(viewport=DESKTOP, **options) -> Visitor:
        touch: dict[str, Any] = {"has_touch": True} if viewport is PHONE else {}
        person = Visitor(browser.new_context(viewport=viewport, locale="en-GB", **touch, **options), campus)
        made.append(person)
        return person

    yield make
    complaints = [
        text for person in made for text in person.complaints if not any(part in text for part in person.expected)
    ]
    for person in made:
        person.context.close()
    assert complaints == []


def check_accessible(page: Page) -> None:
    """Fail with what axe finds against WCAG 2.2 AA, and on a page that is wider than its window."""
    page.wait_for_load_state()
    # A part that waits for its answer is dimmed, and would be judged as it stands for a moment only.
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert violations(page) == []
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1], f"the page is {widths[0]} pixels wide in a window of {widths[1]}"


def check_both_schemes(page: Page) -> None:
    """Check the page as it stands, in light and dark; the style sheets change nothing but colours in the dark."""
    check_accessible(page)
    page.emulate_media(color_scheme="dark")
    assert _found(page, {"type": "rule", "values": ["color-contrast"]}) == []
    page.emulate_media(color_scheme="light")


def violations(page: Page, *, but: Iterable[str] = ()) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA on the page as it stands, without some rules."""
    return _found(page, ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], but)


#: How often axe looks at a page that goes on changing.
_LOOKS = 3


def _found(page: Page, rules: Any, but: Iterable[str] = ()) -> list[str]:
    # A document takes axe in once, and what is right is not handed over: both would take longer than looking.
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    options = {"runOnly": rules, "resultTypes": ["violations"], "rules": {name: {"enabled": False} for name in but}}
    for _turn in range(_LOOKS):
        found = page.evaluate("(options) => axe.run(options).then((found) => found.violations)", options)
        # So axe calls what has left the page while it looked: a script has put something else in its place.
        if not any(node["target"] == [":root"] for violation in found for node in violation["nodes"]):
            break
    return [
        f"{violation['id']}: {node['target']} {node['html'][:200]} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


def check_both_sizes(page: Page, check: Callable[[Page], None] = check_accessible) -> None:
    """Check the page as it stands, on a phone under a finger and on a desktop under a mouse; it stays there."""
    # It ends with the page: detaching one would tell a page without a network that it is back.
    device = page.context.new_cdp_session(page)
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        device.send("Emulation.setTouchEmulationEnabled", {"enabled": viewport is PHONE})
        check(page)
