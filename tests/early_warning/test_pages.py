"""The pages: a month typed, a table pasted, who reads what, and what a page costs."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.companies import api as companies
from iciinsmes.early_warning import api
from iciinsmes.early_warning.chart import small_chart
from iciinsmes.early_warning.data import MonthCell
from iciinsmes.early_warning.indicators import INDICATORS, USUAL
from iciinsmes.early_warning.months import months_of
from iciinsmes.self_check import places
from tests.early_warning.conftest import CASES, ORDERS, save, series
from tests.people import SME1

MARCH = 2026 * 12 + 2


@pytest.fixture
def web(client, people):
    """Anna's browser, in English."""
    client.force_login(people.anna)
    return client


def url(people, name: str, *more, firm=None) -> str:
    return reverse(f"iciinsmes:early-{name}", args=[SME1, (firm or people.firm).id, *more])


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def figures(people, month=None):
    found = api.figures_of(company_id=people.firm.id, month=month)
    return {each.indicator: tuple(None if n is None else float(n) for n in each.figures[:2]) for each in found}


# A month


def typed(people, web, month=None, language="en", **values):
    number = api.running_month() - 1 if month is None else month
    data = {"month": number, **values}
    with translation.override(language):
        return web.post(url(people, "month"), data, headers={"accept-language": language})


def test_last_month_is_offered_first_and_each_figure_is_asked_once(people, web):
    page = web.get(url(people, "month")).content.decode()
    assert f'name="month" value="{api.running_month() - 1}"' in page
    assert page.count('name="orders"') == 1
    assert page.count('name="sales"') == 1
    assert page.count('inputmode="decimal"') == len(set(re.findall(r'name="was-([a-z_]+)"', page)))


def test_a_figure_goes_to_all_indicators_that_ask_for_it(people, web):
    assert typed(people, web, complaints="5", orders="210", returns="2").status_code == 302
    month = api.running_month() - 1
    assert figures(people, month) == {"E1": (5, 210), "E2": (2, 210), "E3": (None, 5)}


def test_a_decimal_comma_is_understood_and_a_doubtful_number_is_read_back(people, web):
    answer = typed(people, web, language="de", stars="4,5", reviews="12", sales="1.250")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="1.250"' in page
    assert figures(people) == {}
    token = re.search(r'name="confirmed" value="([^"]+)"', page)[1]
    again = typed(people, web, language="de", stars="4,5", reviews="12", sales="1.250", confirmed=token)
    assert again.status_code == 302
    assert figures(people)["E5"] == (1250, None)
    assert figures(people)["E11"] == (4.5, 12)


def test_what_is_wrong_is_said_at_its_field_and_the_rest_stays_typed(people, web):
    answer = typed(people, web, complaints="five", orders="210")
    assert answer.status_code == 422
    assert 'value="five"' in answer.content.decode()
    assert 'id="id-complaints-wrong"' in answer.content.decode()
    assert figures(people) == {}


def test_a_page_that_was_opened_earlier_takes_nothing_back(people, web):
    month = api.running_month() - 1
    save(people, [MonthCell("E5", month, Decimal(900))], people.jonas)
    # Anna's page was read before Jonas has saved.
    typed(people, web, complaints="5", orders="210", sales="", **{"was-sales": ""})
    assert figures(people, month)["E5"] == (900, None)
    typed(people, web, sales="", **{"was-sales": "900"})
    assert figures(people, month)["E5"] == (None, None)


def test_a_month_that_has_not_begun_is_never_written(people, web):
    typed(people, web, month=api.running_month() + 3, complaints="1", orders="20")
    assert {each.month for each in api.figures_of(company_id=people.firm.id)} == {api.running_month() - 1}


# A table

LONG = "Month\tIndicator\tNumber\tOf\n2026-01\tE1\t5\t210\n2026-02\tE1\t9\t330\n2026-03\tE1\t4\t180\n"


def paste(people, web, content, **more):
    return web.post(url(people, "table"), {"text": content, **more})


def confirm(people, web, answer, **more):
    page = answer.content.decode()
    found = dict(re.findall(r'<input type="hidden" name="(carried|style-\d+)" value="([^"]*)"', page))
    values = {name: value.replace("&quot;", '"').replace("&#x27;", "'") for name, value in found.items()}
    return web.post(url(people, "table"), {**values, "do": "save", **more})


def enter(people, web, content, **more):
    return confirm(people, web, paste(people, web, content), **more)


def test_a_pasted_table_is_shown_first_and_the_same_again_changes_nothing(people, web):
    shown = paste(people, web, LONG)
    assert figures(people) == {}
    assert "5 / 210" in text(shown)
    assert confirm(people, web, shown).status_code == 302
    assert figures(people, MARCH) == {"E1": (4, 180)}
    assert "Nothing would change." in text(paste(people, web, LONG))


def test_an_overlapping_table_changes_only_cells_that_differ_shown_old_and_new(people, web):
    enter(people, web, LONG)
    overlapping = "2026-03\tE1\t6\t180\n2026-02\tE1\t9\t330\n2026-04\tE1\t1\t100\n"
    shown = text(paste(people, web, overlapping))
    assert "4 / 180 6 / 180" in shown
    assert "9 / 330" not in shown
    assert "1 figure is there already" in shown


def test_an_empty_cell_changes_nothing(people, web):
    enter(people, web, LONG)
    enter(people, web, "Month\tIndicator\tNumber\tOf\n2026-03\tE1\t\t190\n")
    assert figures(people, MARCH) == {"E1": (4, 190)}


def test_a_wide_table_in_the_readers_words(people, web):
    with translation.override("de"):
        enter(people, web, "Monat;Complaints;Orders;Sales\nMär 26;4;180;\nApr 26;5;200;1.250,50\n")
    assert figures(people, MARCH) == {"E1": (4, 180), "E2": (None, 180), "E3": (None, 4)}
    assert figures(people, MARCH + 1)["E5"] == (1250.5, None)


def test_a_column_that_could_be_either_is_asked_about(people, web):
    table = "Month\tSales\n2026-01\t1.250\n2026-02\t1.355\n"
    shown = paste(people, web, table)
    assert "could mean two things" in text(shown)
    confirm(people, web, shown)
    assert figures(people) == {}
    confirm(people, web, shown, **{"style-1": ","})
    assert figures(people, 2026 * 12)["E5"] == (1250, None)


def test_the_whole_column_decides_how_its_numbers_are_written(people, web):
    enter(people, web, "Month\tSales\n2026-01\t1.355,90\n2026-02\t1.250\n2026-03\t9,99\n")
    assert [figures(people, 2026 * 12 + place)["E5"][0] for place in range(3)] == [1355.9, 1250, 9.99]


def test_lines_that_are_no_months_are_named_and_left_out(people, web):
    shown = paste(
        people, web, LONG + "soon\tE1\t3\t100\n2026-04\tE77\t3\t100\n2026-05\tE1\tmany\t100\n2026-01\tE1\t6\t210\n"
    )
    said = text(shown)
    for words in ("“soon” is no month", "“E77” is no indicator", "“many” is no number", "stands there twice"):
        assert words in said
    assert "5 / 210" in said


def test_an_uploaded_file_is_read_like_a_pasted_table(people, web):
    file = SimpleUploadedFile("figures.csv", LONG.replace("\t", ";").encode())
    shown = web.post(url(people, "table"), {"file": file, "text": ""})
    confirm(people, web, shown)
    assert len(api.figures_of(company_id=people.firm.id)) == 3


@pytest.mark.parametrize("content", ["", "%PDF-1.7", "no table at all"])
def test_what_is_no_table_is_refused_in_words(people, web, content):
    answer = paste(people, web, content)
    assert answer.status_code in (200, 422)
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize(
    "cell",
    [
        *("Mär 26", "März 2026", "Mrz. 2026", "03/2026", "2026-03", "3.2026", "marts 2026", "III 2026", "marzec 2026"),
        *("marca 2026", "2026. március", "márc. 2026", "March 2026", "Mar-26", "2026/03", "202603", "01.03.2026"),
        *("mars 2026", "marzo 2026", "březen 2026", "maart 2026", "març 2026", "Märts 2026"),
    ],
)
def test_months_in_every_spelling(cell):
    assert months_of([cell, cell], "en") == [MARCH, MARCH]


@pytest.mark.parametrize(
    ("cells", "language", "wanted"),
    [
        (["listopad 2026"], "pl", [11]),
        (["listopad 2026", "srpanj 2026", "travanj 2026"], "en", [10, 7, 4]),
        (["13/2026", "Q1 2026", "soon", "", None], "en", [None] * 5),
    ],
)
def test_names_are_read_in_the_language_of_their_column(cells, language, wanted):
    assert [None if each is None else each % 12 + 1 for each in months_of(cells, language)] == wanted


# Alarms, choices, limits


def test_open_alarms_stand_first_and_are_answered_and_closed_on_their_page(people, web):
    save(people, series(CASES, ORDERS))
    page = text(web.get(url(people, "warning-firm")))
    assert page.index("Open alarms") < page.index("Indicators")
    assert "Some alarms are chance" in page
    alarm = api.alarms_of(company_id=people.firm.id)[0]
    where = url(people, "alarm", alarm.id)
    assert "Complaint Pareto" in text(web.get(where))
    refused = web.post(where, {"do": "answer", "revision": 1, "cause": "New driver", "action": "", "due": ""})
    assert refused.status_code == 422
    assert "New driver" in refused.content.decode()
    due = {"cause": "New driver", "action": "Show him", "due": "2027-01-31"}
    assert web.post(where, {"do": "answer", "revision": 1, **due}).status_code == 302
    assert web.post(where, {"do": "close", "revision": 1, "note": "Done"}).status_code == 409
    assert web.post(where, {"do": "close", "revision": 2, "note": "Done"}).status_code == 302
    assert web.post(where, {"do": "measure"}).url.endswith("/part/plan/")


def test_a_firm_chooses_its_indicators_and_limits(people, web):
    where = url(people, "choices")
    assert web.get(where).status_code == 200
    refused = web.post(where, {"kept": ["E1"], "E4.amber": "much"})
    assert refused.status_code == 422
    assert 'value="much"' in refused.content.decode()
    web.post(where, {"kept": ["E1", "E4"], "E4.amber": "90", "E4.red": "85", "tells_coach": "yes"})
    watch, _row = api.watch_here(company_id=people.firm.id)
    assert (watch.kept, watch.thresholds, watch.tells_coach) == (("E1", "E4"), {"E4": {"amber": 90.0}}, True)


def test_new_limits_are_begun_on_the_page_of_the_indicator(people, web):
    rows = series(CASES, ORDERS)
    save(people, rows)
    where = url(people, "limits", "E1")
    assert web.post(where, {"first_month": rows[5].month, "reason": ""}).status_code == 422
    assert web.post(where, {"first_month": rows[5].month, "reason": "New hall"}).status_code == 302
    page = web.get(url(people, "indicator", "E1"))
    assert "New hall" in text(page)
    assert page.content.decode().count('class="chart"') == 1


# Who reads what


@pytest.mark.parametrize(
    ("who", "status"), [("anna", 200), ("jonas", 200), ("coach", 200), ("teacher", 200), ("cora", 200)]
)
def test_members_coach_and_staff_read_a_firm(people, client, who, status):
    save(people, series(CASES, ORDERS))
    client.force_login(getattr(people, who))
    for page in (url(people, "warning-firm"), url(people, "indicator", "E1")):
        assert client.get(page).status_code == status
    is_member = who in ("anna", "jonas")
    assert AuditLogEntry.objects.filter(verb="figures_read").exists() is not is_member
    for page in (url(people, "month"), url(people, "table"), url(people, "choices")):
        assert client.get(page).status_code == (200 if is_member else 404)


@pytest.mark.parametrize("who", ["peer", "stranger"])
def test_another_firm_never_does(people, client, who):
    save(people, series(CASES, ORDERS))
    alarm = api.alarms_of(company_id=people.firm.id)[0]
    client.force_login(getattr(people, who))
    for page in (
        url(people, "warning-firm"),
        url(people, "indicator", "E1"),
        url(people, "alarm", alarm.id),
        url(people, "month"),
        url(people, "alarm", alarm.id, firm=people.other),
    ):
        assert client.get(page).status_code == 404


# What a page costs


def five_years(people) -> None:
    save(
        people,
        [
            cell
            for key in USUAL
            for cell in series(
                [5 + place % 4 for place in range(60)],
                [200 + place % 9 for place in range(60)] if INDICATORS[key].denominator else None,
                key=key,
            )
            if key != "E11"
        ],
    )


def test_the_page_of_a_firm_with_five_years_is_cheap(people, web):
    five_years(people)
    page = url(people, "warning-firm")
    web.get(page)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert web.get(page).status_code == 200
    assert len(asked) <= 10, "\n".join(each["sql"][:120] for each in asked)


def test_a_small_chart_stands_beside_each_line_with_two_values(people, web):
    save(people, [*series(CASES, ORDERS), *series([900], key="E5")])
    page = web.get(url(people, "warning-firm")).content.decode()
    assert page.count('class="early-small"') == 1
    assert "The last values, the newest on the right." in page


@given(st.lists(st.none() | st.floats(-1e9, 1e9), max_size=12))
def test_a_small_chart_is_a_picture_for_any_values(values):
    known = [value for value in values if value is not None]
    picture = small_chart("<b>", values)
    assert bool(picture) == (len(known) > 1)
    assert "<b>" not in picture
    assert "nan" not in picture


def test_a_limited_teacher_sees_firms_of_own_learners_only(people, client, monkeypatch):
    save(people, series(CASES, ORDERS))
    client.force_login(people.teacher)
    monkeypatch.setattr(companies, "can_grade_of", lambda **_who: False)
    assert client.get(url(people, "warning-firm")).status_code == 404


# What hurt people elsewhere


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (("-110.7 €", "-116.62 €", "-109.78 €"), [-110.7, -116.62, -109.78]),
        (("100", "13", "14,99"), [100, 13, 14.99]),
        (("4.711,98 €", "10,00 €", "1'000'000,00"), [4711.98, 10, 1_000_000]),
    ],
)
def test_amounts_of_banks_are_read_as_they_are_meant(people, web, cells, wanted):
    rows = "".join(f"2026-0{place}\t{cell}\n" for place, cell in enumerate(cells, 1))
    enter(people, web, f"Month\tSales\n{rows}")
    assert [figures(people, 2026 * 12 + place)["E5"][0] for place in range(3)] == wanted


@pytest.mark.parametrize("cell", ["-3.000", "173,900"])
def test_a_lonely_sign_is_never_guessed(people, web, cell):
    assert "could mean two things" in text(paste(people, web, f"Month;Sales\n2026-01;{cell}\n2026-02;5\n"))


def test_a_chart_of_equal_values_is_drawn(people, web):
    save(people, series([200] * 14, [200] * 14, key="E2"))
    page = web.get(url(people, "indicator", "E2")).content.decode()
    assert 'class="chart"' in page
    assert "nan" not in page.split("<svg", 2)[2].split("</svg>")[0].lower()


@pytest.mark.parametrize(
    ("before", "now", "wanted"),
    [(-100, -50, "A year before: -100 (+50)."), (0, -1, "A year before: 0 (\u22121)."), (100, 90, "(\u221210 %)")],
)
def test_a_base_of_zero_or_less_has_no_percentage(people, web, before, now, wanted):
    save(people, series([before, *(10,) * 11, now], key="E5"))
    assert wanted in text(web.get(url(people, "warning-firm")))


def test_a_firms_page_says_that_twelve_months_are_better_than_six(web, people):
    save(people, series(CASES[:7], ORDERS[:7]))
    assert "Limits from twelve months are better than those from six" in text(web.get(url(people, "warning-firm")))


def test_advice_of_a_self_check_leads_to_the_own_figures(people):
    who: dict[str, Any] = {"code": "EW", "course_key": SME1}
    assert places.address_of(user_id=people.anna.pk, **who) == reverse("iciinsmes:early-warning", args=[SME1])
    assert places.address_of(user_id=people.stranger.pk, **who) == ""
