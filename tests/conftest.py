"""What holds for all tests: one Chromium, the word why there may be none, and no deadline for generated examples."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.utils import translation
from edx_django_utils.cache import RequestCache
from hypothesis import settings
from opaque_keys.edx.keys import CourseKey
from playwright.sync_api import Browser, sync_playwright

from tests.chromium import FLAGS, find_chromium
from tests.examples import SHORT, examples

# How long one example takes says more about the machine than about the code.
settings.register_profile("steady", deadline=None)
settings.register_profile(SHORT, deadline=None, max_examples=examples(100))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if find_chromium() is None:
        skip = pytest.mark.skip(reason="no Chromium on this machine; set CHROMIUM to its path")
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(skip)


def pytest_collection_finish() -> None:
    """What was imported stays until the end: looking through it for garbage again and again is a twentieth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _run_of_the_demos_course() -> None:
    """The repository's course runs as in a fresh demo, whatever day it is and whichever test loads the demo."""
    if not django_settings.configured:
        return
    from django.utils import timezone

    from iciinsmes_campus.demo.course import COURSE_KEY, place

    place(CourseKey.from_string(COURSE_KEY), today=timezone.now())


@pytest.fixture(autouse=True)
def _nothing_of_the_last_request() -> None:
    """A request leaves its reader's language behind, and what it has read of people whose ids are given again."""
    translation.deactivate()
    RequestCache.clear_all_namespaces()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of the run: a second one beside it would need a second event loop."""
    with pytest.MonkeyPatch.context() as patch:
        # Playwright's own loop makes Django believe that it runs in an asynchronous program.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=str(find_chromium()), args=FLAGS)
            yield chromium
            chromium.close()
