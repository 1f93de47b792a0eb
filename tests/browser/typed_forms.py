"""Every form that takes words: whose it is, where, and what is filled in and pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from iciinsmes.canvases import api as canvases
from tests.people import SME1

from .paths import CHANNELS
from .scenes import UNIT, W01, ask, hand_in, link, write

WORDS = "Words that took an hour"
T02 = SME1.make_usage_key("digital_tool", "t02-recommend")
TEXT = SME1.make_usage_key("html", "first-look-text")


@dataclass(frozen=True)
class Form:
    """A form that takes words: whose it is, where, what is filled and pressed; `ready` opens it and fills the rest."""

    user: str
    path: Callable[[SimpleNamespace], str]
    field: str
    press: str
    ready: Callable[[Page], Any] = lambda _page: None
    words: str = WORDS


def round_of(scene: SimpleNamespace) -> Any:
    if not hasattr(scene, "round"):
        scene.round = hand_in(scene.anna)
    return scene.round


def canvas_page(scene: SimpleNamespace, more: str = "") -> str:
    if not hasattr(scene, "canvas"):
        scene.canvas = canvases.create_canvas(
            owner_id=scene.anna.pk, course_key=SME1, instrument="value-proposition-canvas", title="Kitchens"
        )
    return f"/iciinsmes/canvases/{scene.canvas.id}/{more}"


def desk_page(scene: SimpleNamespace, name: str = "desk-round") -> str:
    return reverse(f"iciinsmes:{name}", args=[SME1, round_of(scene).id])


def firm_page(scene: SimpleNamespace) -> str:
    return reverse("iciinsmes:firm", args=[SME1, scene.firm.id])


def _register(page: Page) -> None:
    page.locator("#country").select_option("DE")
    page.locator("[name=size_class]").first.check()


def _decide(page: Page) -> None:
    for level in page.locator("[data-criterion]").all():
        level.locator("input[type=radio]").last.check()
    expect(page.locator("[data-state]")).to_contain_text("draft kept")


def _sign(page: Page) -> None:
    page.locator("[name=took_place]").first.check()
    page.locator("#sign-change").fill("They ask at the counter.")
    page.locator("#sign-name").fill("Henrik")
    page.locator("#sign-role").fill("owner")


FORMS = {
    "hand-in": Form(
        "jonas",
        lambda scene: (write(scene.jonas), UNIT)[1],
        "[name=answer-channels]",
        "[data-ici-hand-in]",
        words=f"{CHANNELS} {WORDS}",
    ),
    "rubric": Form("teacher", desk_page, "#feedback", "[name=decision][value=revise]", ready=_decide),
    "another round": Form("coordinator", desk_page, "#reopen-reason", ".again form button"),
    "sign for": Form(
        "coordinator",
        lambda scene: desk_page(scene, "desk-sign"),
        "#sign-reason",
        "[name=verdict][value=confirmed]",
        ready=_sign,
    ),
    "ask a mentor": Form(
        "anna",
        lambda scene: (round_of(scene), UNIT)[1],
        "#mentor_name",
        "[data-ici-mentor] form .go",
        ready=lambda page: page.locator("[name=mentor_role]").first.check(),
    ),
    "mentor": Form(
        "",
        lambda scene: link(ask(scene.anna, round_of(scene))),
        "#question",
        "[name=verdict][value=ask_coach]",
    ),
    "canvas card": Form(
        "anna",
        canvas_page,
        ".canvas-form textarea >> nth=0",
        ".canvas-form .go",
        ready=lambda page: page.locator("[data-add]").first.click(),
    ),
    "canvas name": Form("anna", canvas_page, "#title", ".canvas-settings form >> nth=0 >> button"),
    "canvas version": Form("anna", lambda scene: canvas_page(scene, "versions/"), "#note", ".canvas-keep .go"),
    "new canvas": Form(
        "anna",
        lambda _scene: reverse("iciinsmes:canvases", args=[SME1]),
        "#title",
        ".canvas-make .go",
        ready=lambda page: page.locator("[name=instrument]").first.check(),
    ),
    "exercise": Form(
        "anna",
        lambda _scene: f"/courses/{SME1}/block/{T02}/",
        "[name^=estimate-] >> nth=0",
        ".toolbox-answers .go",
        ready=lambda page: page.get_by_role("button", name="Try with demo data").click(),
        words="36.25",
    ),
    "register a firm": Form(
        "stranger", lambda _scene: reverse("iciinsmes:company-register", args=[SME1]), "#name", "form .go", _register
    ),
    "firm": Form("coordinator", firm_page, "#name", "[aria-labelledby=data] form .go", words="Tischlerei Sturmfeld"),
    "coach": Form("coordinator", firm_page, "#who", "[aria-labelledby=coaches] .code-entry button", words="tea"),
    "import": Form(
        "coordinator",
        lambda _scene: reverse("iciinsmes:firm-import", args=[SME1]),
        "#text",
        "form .go",
        words="company;country\nPiekarnia;PL",
    ),
    "enrol": Form("coordinator", lambda _scene: f"/courses/{SME1}/people/", "#who", ".enrol .go", words="outsider"),
    "erase": Form(
        "coordinator",
        lambda scene: (round_of(scene), reverse("iciinsmes:privacy-person", args=[SME1, scene.jonas.pk]))[1],
        "#confirm",
        "[aria-labelledby=erase] button",
        ready=lambda page: page.locator("[name=reason]").first.check(),
        words="jonas",
    ),
    "plain block": Form("coordinator", lambda _scene: f"/authoring/{SME1}/edit/{TEXT}/", "#source", "form .go"),
    "studio": Form("coordinator", lambda _scene: f"/authoring/{SME1}/edit/{W01}/", "#ici-s-title", ".foot .go"),
}
