"""The public pages of the toolbox: every instrument in every language, for visitors without an account."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from lxml import html

from iciinsmes.toolbox import api
from iciinsmes.toolbox.data import Level, Verdict
from iciinsmes.toolbox.instruments.framework import Need, Phase, msg, show
from iciinsmes.toolbox.language import reader_language
from iciinsmes.toolbox.page import result_page
from tests.people import person
from tests.toolbox.pages import demo_result, every_instrument, every_language

INSTRUMENTS = api.all_instruments()
CATALOGUE = reverse("iciinsmes:toolbox")
NPS = reverse("iciinsmes:toolbox-instrument", args=["net-promoter-score"])
TRY = reverse("iciinsmes:toolbox-try", args=["net-promoter-score"])

# A signed-in reader has the shell of the host; a stranger costs the database nothing.
pytestmark = pytest.mark.django_db


def parsed(content) -> Any:
    """The tree of a page; typeshed knows no ids and classes of HTML."""
    return html.fromstring(content)


def links(response):
    return [link.get("href") for link in parsed(response.content).iter("a")]


def open_page(client, address, code="en"):
    response = client.get(address, headers={"accept-language": code})
    assert response.status_code == 200, address
    return response


@every_language
def test_the_catalogue_has_every_instrument(client, code, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = open_page(client, CATALOGUE, code)
    assert {reverse("iciinsmes:toolbox-instrument", args=[entry.key]) for entry in INSTRUMENTS} <= set(links(response))
    assert f'<html lang="{code}"' in response.content.decode()


@pytest.mark.parametrize("phase", ["", Phase.ACQUIRE])
@pytest.mark.parametrize("need", ["", Need.COMPLAINTS, Need.LOYALTY])
def test_the_list_is_narrowed_by_links_that_say_how_many(client, phase, need):
    wanted = [
        entry.key for entry in INSTRUMENTS if (not phase or phase in entry.phases) and (not need or need in entry.needs)
    ]
    response = open_page(client, f"{CATALOGUE}?phase={phase}&need={need}")
    shown = response.context["catalogue"]
    assert [card.key for card in shown.cards] == wanted
    for link in (*shown.phases, *shown.needs):
        if not link.is_chosen:
            cards = open_page(client, f"{CATALOGUE}?{link.query}").context["catalogue"].cards
            assert len(cards) == link.count
    assert sum(link.is_chosen for link in (*shown.phases, *shown.needs)) == bool(phase) + bool(need)


def test_an_old_or_made_up_filter_shows_everything(client):
    response = open_page(client, f"{CATALOGUE}?phase=%3Cb%3E&need=nothing")
    assert len(response.context["catalogue"].cards) == len(INSTRUMENTS)
    assert "<b>" not in response.content.decode()


@every_instrument
@every_language
def test_an_instrument_explains_itself(client, instrument, code, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = open_page(client, reverse("iciinsmes:toolbox-instrument", args=[instrument.key]), code)
    text = response.content.decode()
    for wanted in (instrument.reference, instrument.demo.firm.value):
        assert escape(wanted) in text
    assert text.count("<svg") >= len(demo_result(instrument).charts)
    if code == "en":
        for message in (instrument.title, instrument.purpose, *instrument.explanation):
            assert escape(show(message)) in text
        for column in instrument.columns:
            assert escape(show(column.title)) in text


@every_instrument
def test_every_chart_has_a_table_of_the_same_numbers(client, instrument):
    response = open_page(client, reverse("iciinsmes:toolbox-instrument", args=[instrument.key]))
    page = parsed(response.content)
    drawn = {chart.table for chart in demo_result(instrument).charts}
    assert len(page.xpath("//section[contains(@class, 'toolbox-chart')]//details//table")) == len(drawn)


@every_instrument
@every_language
def test_an_instrument_can_be_tried_step_by_step(client, instrument, code, django_assert_num_queries):
    address = reverse("iciinsmes:toolbox-try", args=[instrument.key])
    result = demo_result(instrument)
    asks_before = bool(result.estimates) or any(question.before for question in result.questions)
    with django_assert_num_queries(0):
        first = open_page(client, address, code)
    assert ("ici-result" in first.content.decode()) != asks_before
    with django_assert_num_queries(0):
        then = client.post(address, {}, headers={"accept-language": code})
    assert then.status_code == 200
    assert "ici-result" in then.content.decode()
    assert "ici-result" in open_page(client, f"{address}?show=1", code).content.decode()


def test_answers_are_judged_and_stay_in_their_fields(client, django_assert_num_queries):
    sent = {
        "estimate-nps": "60",
        "question-classify": ["", "0", "1"],
        "question-changed": "2",
        "decision-words": "Call <b>everybody</b> who gave less than seven.",
    }
    with django_assert_num_queries(0):
        text = client.post(TRY, sent).content.decode()
    assert "You counted the eights as promoters." in text
    assert "The difference lies within what chance explains." in text
    assert "Decided." in text
    page = parsed(text)
    assert page.get_element_by_id("estimate-nps").value == "60"
    assert page.get_element_by_id("decision-words").value.strip() == sent["decision-words"]
    assert page.xpath("//input[@name='question-changed'][@checked]/@value") == ["2"]
    assert page.xpath("//input[@name='question-classify'][@checked]/@value") == ["0", "1"]
    assert "<b>everybody</b>" not in text


def test_what_is_no_number_is_told_at_its_field_and_nothing_is_lost(client):
    sent = {"estimate-nps": "<i>many", "opened": "1", "question-changed": "1", "decision-words": "We call them."}
    response = client.post(TRY, sent)
    assert response.status_code == 422
    page = parsed(response.content)
    field = page.get_element_by_id("estimate-nps")
    assert field.value == "<i>many"
    assert field.get("aria-invalid") == "true"
    assert "is not a number" in page.get_element_by_id(field.get("aria-describedby")).text_content()
    assert page.get_element_by_id("decision-words").value.strip() == "We call them."
    assert page.xpath("//input[@name='question-changed'][@checked]/@value") == ["1"]


def test_options_of_the_address_change_the_result_also_when_answers_are_sent(client):
    with_waves = open_page(client, f"{TRY}?show=1").content.decode()
    assert "Change since the first wave" in with_waves
    address = f"{TRY}?show=1&option-wave_from=&option-earlier=20"
    alone = open_page(client, address).content.decode()
    assert "Change since the first wave" not in alone
    assert "Your earlier score was 20" in alone
    action = parsed(alone).xpath("//form[contains(@class, 'toolbox-answers')]/@action")[0]
    assert "Your earlier score was 20" in client.post(TRY + action.partition("#")[0], {}).content.decode()


def test_a_wrong_option_is_told_at_its_field(client):
    response = client.get(f"{TRY}?option-earlier=900")
    assert response.status_code == 422
    field = parsed(response.content).get_element_by_id("option-earlier")
    assert field.value == "900"
    assert field.get("aria-invalid") == "true"
    assert "ici-result" not in response.content.decode()


@every_instrument
@pytest.mark.parametrize("name", ["toolbox-template-csv", "toolbox-template-xlsx"])
@pytest.mark.parametrize("query", ["", "?rows=demo"])
def test_templates_are_files_that_vary_with_the_language(client, instrument, name, query, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(reverse(f"iciinsmes:{name}", args=[instrument.key]) + query)
    if not instrument.columns:
        assert response.status_code == 404
        return
    assert response.status_code == 200
    assert re.fullmatch(rf'attachment; filename="{instrument.key}-\w+\.\w+"', response["Content-Disposition"])
    assert {"accept-language", "cookie"} <= {part.strip().lower() for part in response["Vary"].split(",")}
    assert response["Cache-Control"] == "private, max-age=3600"


def test_an_instrument_that_does_not_exist_is_not_found(client):
    for name in ("toolbox-instrument", "toolbox-try", "toolbox-template-csv", "toolbox-template-xlsx"):
        assert client.get(reverse(f"iciinsmes:{name}", args=["astrology"])).status_code == 404


@pytest.mark.parametrize("address", [CATALOGUE, NPS, TRY])
def test_a_page_is_asked_anew_each_time(client, address):
    assert set(open_page(client, address)["Cache-Control"].replace(" ", "").split(",")) == {"private", "no-cache"}


def test_who_is_signed_in_finds_the_toolbox_everywhere(client):
    client.force_login(person("ann"), backend="django.contrib.auth.backends.ModelBackend")
    for address in (reverse("campus:home"), CATALOGUE):
        assert CATALOGUE in links(open_page(client, address))


def test_who_is_not_finds_it_beside_the_door(client):
    assert CATALOGUE in links(open_page(client, reverse("campus:login")))


def test_words_of_the_data_are_escaped_and_levels_have_words():
    result = demo_result(api.find_instrument(name="T12"))
    texts = set()
    for level in Level:
        wicked = replace(
            result,
            verdict=Verdict("x", level, msg("Look at “%(name)s”.", name="<script>1</script>")),
            tables=tuple(replace(table, rows=(("<script>2</script>", *table.rows[0][1:]),)) for table in result.tables),
        )
        text = render_to_string("iciinsmes/toolbox/result.html", {"result": result_page(wicked, reader_language())})
        assert "<script>" not in text
        assert "&lt;script&gt;1" in text
        assert "&lt;script&gt;2" in text
        texts.add(parsed(text).find_class("pill")[0].text_content().strip())
    assert len(texts) == len(Level)
    assert all(re.fullmatch(r"\W+\w[\w ]+", words) for words in texts), "a sign and words, never colour alone"
