"""Takes the pictures of the README and the docs anew: ``python -m tests.screenshots``.

They come from a fresh demo in a Chromium of a fixed size; quantised to 64 colours they stay small.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.paths import COURSE, W01
from tests.campus_process import running_campus
from tests.chromium import DESKTOP, PHONE, find_chromium

_IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"


def main() -> None:
    """Write ``docs/images/learner.png`` and ``docs/images/desk.png``."""
    with (
        tempfile.TemporaryDirectory(prefix="campus-pictures-") as home,
        running_campus(Path(home), demo=True) as address,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path=str(find_chromium()), args=["--no-sandbox"])
        learner = _sign_in(chromium, address, "jonas.nordlicht", PHONE)
        learner.goto(f"{address}/courses/{COURSE}/block/{W01}/")
        _take(learner, "learner", {"x": 0, "y": 0, "width": 360, "height": 1000})
        teacher = _sign_in(chromium, address, "teacher", DESKTOP)
        teacher.goto(f"{address}/iciinsmes/desk/{COURSE}/")
        teacher.locator("a", has_text="Mette").first.click()
        teacher.wait_for_url("**/rounds/**")
        _take(teacher, "desk", {"x": 0, "y": 0, "width": 1280, "height": 800})
        chromium.close()


def _sign_in(chromium: Browser, address: str, username: str, viewport: ViewportSize) -> Page:
    page = chromium.new_context(viewport=viewport, locale="en-GB", reduced_motion="reduce").new_page()
    page.goto(f"{address}/login/")
    page.locator(f"button[name=username][value='{username}']").click()
    page.wait_for_url(f"{address}/")
    return page


def _take(page: Page, name: str, clip: dict[str, float]) -> None:
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True, clip=clip)))  # type: ignore[arg-type]
    path = _IMAGES / f"{name}.png"
    picture.convert("RGB").quantize(64).save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
