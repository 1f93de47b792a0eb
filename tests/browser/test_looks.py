"""The blocks look the same inside the platform's pages as on the campus.

What the platform's style sheets say about plain elements was read in a running LMS and Studio (Teak): here are the
rules that reach into a block. Each element of a block must keep every property below under them.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.paths import COURSE, W01
from tests.chromium import DESKTOP, PHONE

T02 = "block-v1:ICIinSMEs+SME1+2026+type@digital_tool+block@t02-recommend"

#: Unit page of the LMS, which the learning MFE shows in its frame too: root of 16 pixels.
LMS = """
body, h1, h2, h3, h4, h5, h6, p, label { font-family: "Open Sans", Arial; text-align: left; }
h3, h4 { font-weight: normal; color: #555; }
label { font: italic 300 1rem/1.6rem Georgia; color: #333; margin-bottom: 15px; }
button { font-size: .8125em; font-weight: bold; padding: 7px 18px; background-image: linear-gradient(#fff, #ddd);
  box-shadow: inset 0 1px 0 #fff; text-shadow: 0 1px 0 #fff; }
textarea { height: 60px; font: italic 300 1rem/1.6 Georgia; box-shadow: inset 0 0 3px #000; }
table { border: 1px solid #ccc; } th { background: #eee; text-transform: uppercase; } td { border: 1px solid #ccc; }
li { margin-bottom: .708em; } a { text-decoration: none; color: #00f; }
.xblock .xblock h2 { font-size: 1.5em; font-weight: 600; line-height: 1.4em; text-transform: none; }
.course-wrapper .course-content p { margin-bottom: 1.416em; }
.course-wrapper .course-content .vert-mod > div ul { list-style: disc; padding-left: 1em; }
.course-wrapper .course-content ol { list-style: lower-roman; }
"""
#: Studio's unit page, its editor's window and the authoring MFE's frame: root of 10 pixels, everything reset.
STUDIO = """
html { font-size: 10px; }
* { font-family: inherit; font-size: inherit; font-weight: inherit; line-height: inherit; margin: 0; }
body { font-size: 16px; } ul, ol { list-style: none; padding: 0; } p { margin-bottom: 10px; }
a { text-decoration: none; }
label { font-size: 1.2rem; color: #888; } table { border-collapse: separate; } th { font-weight: normal; }
h4 { font-size: 1.4rem; color: #aaa; letter-spacing: 1px; } strong { font-weight: inherit; }
.wrapper-xblock h2 { font-family: "Open Sans"; font-size: 1.8rem; color: #666; text-transform: uppercase;
  letter-spacing: 1px; margin: 30px 40px 30px 0; }
.wrapper-xblock .xblock-render .xblock .xblock-render .xblock h3 { font-size: 1.1125em; font-weight: 400; }
"""
#: What Studio's authoring app adds to its frame with an editor (cms/static/sass/course-unit-mfe-iframe-bundle.scss).
AUTHORING = (
    STUDIO
    + """
.modal-editor :is(textarea, input:not([type=radio], [type=checkbox], [type=submit])) { font-size: 18px;
  background: #fff; color: #333 !important; border: 1px solid #e7e7e7 !important; border-radius: 2px !important;
  padding: 10px 16px !important; }
.modal-editor input:not([type=radio], [type=checkbox], [type=submit]) { line-height: 20px; height: 44px; }
.modal-editor textarea { box-shadow: none; } .modal-editor a { color: #00688d; }
select { border: 1px solid #e7e7e7; border-radius: 2px; color: #333; height: 44px; padding: 10px 16px; }
"""
)
#: A site's dark theme in the LMS: what it says about words fits its own ground and not the block's paper.
DARK = (
    LMS
    + """
body, .course-wrapper, .course-content, .xblock { background: #0d0d0e !important; color: #d3d3d3 !important; }
h1, h2, h3, h4, p, li, div, span, strong, small, label, legend, summary, th, td { color: #e6e6e6; }
input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select { background: #1f1f23; color: #eee; }
a { color: #8ab4f8; } button { background: #30343a; color: #fff; }
"""
)
#: Classes of the elements around a block, from the outside.
_UNIT = ("course-wrapper", "course-content", "vert-mod", "vert", "xblock", "xblock")
AROUND = {
    "lms": (LMS, _UNIT),
    "dark": (DARK, _UNIT),
    "studio": (STUDIO, ("wrapper-xblock", "xblock-render", "xblock", "xblock-render", "xblock")),
    "authoring": (AUTHORING, ("wrapper", "modal-window modal-editor", "xblock-editor", "xblock", "xblock")),
}

KEPT = (
    *("fontFamily", "fontSize", "fontWeight", "fontStyle", "lineHeight", "letterSpacing", "textTransform"),
    *("listStyleType", "textDecorationLine", "color", "backgroundColor", "backgroundImage", "textShadow", "boxShadow"),
    *("marginBlockStart", "marginBlockEnd", "paddingInlineStart", "textAlign", "borderTopWidth", "borderBottomWidth"),
    *("borderTopColor", "borderTopLeftRadius"),
)

_STYLES = """([root, kept]) => [...document.querySelectorAll(root + ", " + root + " *")].map((part) => {
  const style = getComputedStyle(part);
  return [`${part.tagName.toLowerCase()}.${[...part.classList].join(".")}`, kept.map((name) => style[name])];
})"""
_MOVE = """([root, classes]) => {
  let place = document.body.appendChild(document.createElement("div"));
  for (const name of classes) { place.className = name; place = place.appendChild(document.createElement("div")); }
  place.append(document.querySelector(root));
}"""


def unfold(page: Page) -> None:
    """Open everything, and wait for parts that are fetched only then."""
    page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")
    page.wait_for_load_state("networkidle")


def changed(page: Page, root: str, host: str) -> list[tuple[str, dict[str, tuple[str, str]]]]:
    """Return what is different after the part was moved into the host's page, the first element of a kind only."""
    before: list[Any] = page.evaluate(_STYLES, [root, KEPT])
    css, classes = AROUND[host]
    page.evaluate(_MOVE, [root, classes])
    page.add_style_tag(content=css)
    after: list[Any] = page.evaluate(_STYLES, [root, KEPT])
    assert len(before) == len(after) > 20
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for (name, old), (_name, new) in zip(before, after, strict=True):
        both = zip(KEPT, old, new, strict=True)
        if different := {kind: (was, now) for kind, was, now in both if was != now}:
            found.setdefault(name, different)
    return list(found.items())


def test_sizes_follow_the_reader_and_never_a_smaller_root(visitor):
    page = visitor(DESKTOP, bypass_csp=True).open("/iciinsmes/toolbox/")
    sizes = "[...document.querySelectorAll('h1, h2, main p')].map((part) => getComputedStyle(part).fontSize)"
    usual = page.evaluate(sizes)
    assert {"24px", "18px", "16px"} <= set(usual)
    page.add_style_tag(content="html { font-size: 10px; }")
    assert page.evaluate(sizes) == usual
    page.add_style_tag(content="html { font-size: 20px; }")
    assert {"30px", "22.5px", "20px"} <= set(page.evaluate(sizes))


@pytest.mark.parametrize("host", ["lms", "dark", "studio"])
@pytest.mark.parametrize(("usage_key", "root"), [(W01, ".ici-work"), (T02, ".ici-exercise")], ids=["task", "exercise"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_a_learner_sees_a_block_as_on_the_campus(visitor, viewport, usage_key, root, host):
    person = visitor(viewport, bypass_csp=True, reduced_motion="reduce")
    person.sign_in("jonas.nordlicht")
    page = person.open(f"/courses/{COURSE}/block/{usage_key}/")
    expect(page.locator(root)).to_be_visible()
    unfold(page)
    assert changed(page, root, host) == []


@pytest.mark.parametrize("host", ["studio", "authoring"])
@pytest.mark.parametrize("usage_key", [W01, T02], ids=["task", "exercise"])
def test_an_author_sees_the_editor_in_studio_as_on_the_campus(visitor, usage_key, host):
    person = visitor(DESKTOP, bypass_csp=True, reduced_motion="reduce")
    person.sign_in("teacher")
    page = person.open(f"/authoring/{COURSE}/edit/{usage_key}/")
    expect(page.locator(".ici-studio")).to_be_visible()
    unfold(page)
    title = page.locator(".ici-studio [data-field=title]").first
    title.evaluate("(field) => field.setAttribute('aria-invalid', 'true')")
    assert changed(page, ".ici-studio", host) == []


def test_both_blocks_begin_alike(visitor):
    """They stand below each other in one unit: titles at one edge and of one size."""
    person = visitor(DESKTOP)
    person.sign_in("jonas.nordlicht")
    found = []
    for usage_key in (W01, T02):
        title = person.open(f"/courses/{COURSE}/block/{usage_key}/").locator("main .ici h2.title")
        expect(title).to_be_visible()
        size, box = title.evaluate("(part) => getComputedStyle(part).fontSize"), title.bounding_box()
        assert box is not None
        found.append((size, box["x"]))
    assert found[0] == found[1]


def test_what_a_link_that_looks_like_a_button_says_stands_in_its_middle(visitor):
    person = visitor(DESKTOP)
    person.sign_in("teacher")
    link = person.open(f"/courses/{COURSE}/block/{T02}/").locator(".ici-exercise a.button")
    expect(link).to_be_visible()
    middles = link.evaluate("""(link) => {
      const text = document.createRange();
      text.selectNode(link.firstChild);
      return [link, text].map((part) => part.getBoundingClientRect()).map((box) => box.y + box.height / 2);
    }""")
    assert abs(middles[0] - middles[1]) <= 1


@pytest.mark.parametrize("usage_key", [W01, T02], ids=["task", "exercise"])
def test_a_block_is_dark_where_its_page_is_and_light_as_a_guest(visitor, usage_key):
    """The platform's pages are light whatever the reader's system prefers; those of the campus follow it."""
    person = visitor(DESKTOP, color_scheme="dark")
    person.sign_in("jonas.nordlicht")
    page = person.open(f"/courses/{COURSE}/block/{usage_key}/")
    title = page.locator("main .ici h2.title")
    expect(title).to_be_visible()
    looks = (
        "(part) => { const block = getComputedStyle(part.closest('.ici')); return [block.colorScheme, block.color]; }"
    )
    assert title.evaluate(looks) == ["light dark", "rgb(232, 237, 242)"]
    page.evaluate("document.body.className = ''")
    assert title.evaluate(looks) == ["light", "rgb(24, 33, 43)"]
