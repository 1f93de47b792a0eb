"""A block in the frame in which the platform's learning MFE shows a unit; a stand-in for its contract, read on Teak.

What the page outside does is in frontend-app-learning, ``src/courseware/course/sequence``: `Unit/ContentIFrame.jsx` (a
frame of another origin that never scrolls, as high as it is told), `Unit/hooks/useIFrameBehavior.js` (the messages it
hears and sends) and `SequenceContent.jsx` (the frame goes with its unit). What the page inside does is in edx-platform,
``lms/templates/courseware/courseware-chromeless.html``: links lead out of the frame, the height of ``#content`` is told
at every change, and the frame's own scrolling is taken back each time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import FrameLocator, Locator, Page, Route, expect

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

#: Another port is another origin of the same site, as the MFE's host is beside the LMS'.
MFE = "http://127.0.0.1:2000"

_OUTSIDE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Learning</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
  body { margin: 0; font: 18px Arial; } header { block-size: 180px; } .unit { padding-inline: 20px; }
  .unit-iframe-wrapper { margin: 0 -20px 2rem; } #unit-iframe { width: 100%; border: none; display: block; }
  nav { block-size: 200px; }
</style></head><body>
<header>Learning</header>
<main class="unit"><h1>Unit</h1><div class="unit-iframe-wrapper">
  <iframe id="unit-iframe" title="Unit" src="ADDRESS" height="0" scrolling="no" referrerpolicy="origin"
    allow="microphone *; camera *; midi *; geolocation *; encrypted-media *; clipboard-write *; autoplay *"></iframe>
</div></main><nav>Previous, next</nav>
<script>
  const frame = document.getElementById("unit-iframe");
  const inside = new URL(frame.src).origin;
  window.told = [];
  function tellVisible() {
    frame.contentWindow?.postMessage({ type: "unit.visibilityStatus",
      data: { topPosition: frame.getBoundingClientRect().top, viewportHeight: innerHeight } }, inside);
  }
  addEventListener("message", ({ data }) => {
    window.told.push(data);
    if (data.type === "plugin.resize") {
      const isFirst = frame.height === "0" && data.payload.height > 0;
      frame.height = data.payload.height;
      if (isFirst) { tellVisible(); }
    } else if (data.offset) { scrollTo(0, data.offset + frame.offsetTop); }
  });
  addEventListener("scroll", tellVisible);
  addEventListener("resize", tellVisible);
</script></body></html>"""

_FORBID_FRAMES = ("x-frame-options", "content-security-policy", "content-length", "content-encoding")
_INSIDE_HEAD = (
    '<base target="_parent"><style>body { display: block; margin: 0; } #content { display: flow-root; }</style>'
)
_INSIDE = """<script>
(() => {
  const content = document.createElement("div");
  content.id = "content";
  const main = document.querySelector("main");
  main.className = "";
  content.append(main);
  document.body.replaceChildren(content);
  document.body.className = "view-in-mfe";
  let height = 0;
  let width = 0;
  function tell(event) {
    if (event.type !== "load" && content.offsetHeight === height && content.offsetWidth === width) { return; }
    height = content.offsetHeight;
    width = content.offsetWidth;
    parent.postMessage({ type: "plugin.resize", payload: { width, height } }, document.referrer);
    scrollTo(0, 0);
  }
  new MutationObserver(tell).observe(document.body, { attributes: true, childList: true, subtree: true });
  addEventListener("load", tell);
  new ResizeObserver(tell).observe(document.body);
})();
</script>"""


def open_framed(person: Visitor, path: str) -> FrameLocator:
    """Open a unit's page of the campus as the MFE would show it, wait until it has its height, and return the frame."""
    page, address = person.page, person.campus + path
    person.allow(f"request to {MFE}/unit")

    def serve_inside(route: Route) -> None:
        if route.request.resource_type != "document" or not route.request.frame.parent_frame:
            route.continue_()
            return
        answer = route.fetch()
        html = re.sub(r"(<head[^>]*>)", rf"\1{_INSIDE_HEAD}", answer.text(), count=1)
        headers = {name: value for name, value in answer.headers.items() if name not in _FORBID_FRAMES}
        route.fulfill(response=answer, headers=headers, body=html.replace("</body>", _INSIDE + "</body>", 1))

    page.route(f"{person.campus}/courses/**", serve_inside)
    outside = _OUTSIDE.replace("ADDRESS", address)
    page.route(f"{MFE}/unit", lambda route: route.fulfill(body=outside, content_type="text/html"))
    page.goto(f"{MFE}/unit")
    expect(page.locator("#unit-iframe")).not_to_have_attribute("height", "0")
    page.wait_for_load_state("networkidle")
    return page.frame_locator("#unit-iframe")


def height(page: Page) -> int:
    """Return how high the frame is now, in pixels."""
    return int(page.locator("#unit-iframe").get_attribute("height") or "0")


def top_in_window(page: Page, part: Locator) -> float:
    """Return where something in the frame begins, in pixels below the upper edge of the window."""
    inside: float = part.evaluate("(part) => part.getBoundingClientRect().top")
    outside: float = page.locator("#unit-iframe").evaluate("(frame) => frame.getBoundingClientRect().top")
    return inside + outside
