"""Where things are on the demo campus, and words that are long enough to hand in."""

from __future__ import annotations

from playwright.sync_api import FrameLocator, Page, expect

COURSE = "course-v1:ICIinSMEs+SME1+2026"
W01 = "block-v1:ICIinSMEs+SME1+2026+type@workplace_assignment+block@w01"
CHANNELS = "phone counter mail driver review letter " * 11
FINDING = "nobody reads the delivery notes and the returns " * 9


def open_w01(page: Page, campus: str) -> None:
    """Open the unit of assignment W01."""
    page.goto(f"{campus}/courses/{COURSE}/block/{W01}/")
    expect(page.locator("[data-ici-work]")).to_be_visible()


def answer(page: Page, key: str):
    """Return the box of one question."""
    return page.locator(f"[name=answer-{key}]")


def saved(page: Page) -> None:
    """Wait until the page says that the server has everything."""
    expect(page.locator("[data-ici-status]")).to_contain_text("✓ Saved")


def table(name: str = "channels.csv") -> dict[str, object]:
    """A small file as a file chooser delivers it."""
    return {"name": name, "mimeType": "text/csv", "buffer": b"channel;per month\nphone;60\ncounter;90\n"}


def attach(page: Page | FrameLocator, file: dict[str, object]) -> None:
    """Add a file and wait until it is in the list."""
    page.locator("[data-ici-uploads][data-question=''] input[type=file][multiple]").set_input_files(file)  # type: ignore[arg-type]
    expect(page.locator(f"[data-ici-files] a:has-text('{file['name']}')").first).to_be_visible()
