"""The report is written from the data once, belongs to its people from then on, and is offered what changes."""

from __future__ import annotations

import pytest
from django.utils import translation

from iciinsmes.companies import api as companies
from iciinsmes.projects import api
from iciinsmes.projects.data import Kind
from iciinsmes.projects.errors import NotAllowedInProject, StaleEntry, UnknownProject, UnknownProjectEntry, WrongContent
from iciinsmes.projects.record import record_of
from iciinsmes.projects.report import NewerFigure, report_of
from tests.people import SME1
from tests.projects.conftest import CHARTER, CONTACT, KPI, change, enter


@pytest.fixture
def kpi(people, project):
    enter(project, people.anna, Kind.CHARTER, CHARTER, goal="Every kitchen on its day.")
    return enter(project, people.anna, Kind.KPI, KPI)


def _value(project, user, kpi, value, on="2026-12-01"):
    return enter(project, user, Kind.READING, kpi=str(kpi.id), on=on, value=value)


def _section(project, key="results"):
    return next(each for each in report_of(record_of(project_id=project)) if each.key == key)


def _save(project, user, text, revision=0, section="results"):
    return api.save_section(
        project_id=project, user_id=user.pk, course_key=SME1, section=section, text=text, revision=revision
    )


def _figure(project, user, **more):
    return {"project_id": project, "user_id": user.pk, "course_key": SME1, "section": "results", **more}


def test_ten_sections_say_what_the_data_say(people, project, kpi):
    _value(project, people.anna, kpi, "31")
    enter(project, people.anna, Kind.CONTACT, CONTACT)
    found = {each.key: each for each in report_of(record_of(project_id=project))}
    assert len(found) == 10
    assert "Nordlicht" in found["firm"].printed
    assert "Every kitchen on its day." in found["goal"].printed
    assert "Customers heard: 1," in found["insight"].printed
    assert "46 % at the start, 15 % was the goal, 31 % now. That is 48 % of the way." in found["results"].printed
    assert "{{kpi 1 now: 31 %}}" in found["results"].text
    assert not any(each.entry or each.offers for each in found.values())


def test_a_section_that_nobody_has_edited_follows_the_data(people, project, kpi):
    _value(project, people.anna, kpi, "31")
    _value(project, people.anna, kpi, "28", on="2027-01-01")
    assert "28 % now" in _section(project).printed


def test_a_changed_figure_is_offered_and_taking_it_alters_nothing_else(people, project, kpi):
    _value(project, people.anna, kpi, "31")
    text = "We are proud: {{kpi 1 now: 31 %}}!\n\n{{ kpi 1 now : 31 % }} again, and {{tests: 7 left by hand}}."
    _save(project, people.anna, text)
    assert _section(project).offers == (NewerFigure("tests", "7 left by hand", "0"),)
    _value(project, people.jonas, kpi, "28", on="2027-01-01")
    assert _section(project).offers[0] == NewerFigure("kpi 1 now", "31 %", "28 %")
    api.take_report_figure(**_figure(project, people.jonas, key="kpi 1 now", was="31 %"))
    assert _section(project).text == text.replace("{{kpi 1 now: 31 %}}", "{{kpi 1 now: 28 %}}")


def test_a_figure_that_was_left_is_offered_again_when_it_changes_again(people, project, kpi):
    _value(project, people.anna, kpi, "31")
    _save(project, people.anna, "Now {{kpi 1 now: 31 %}}.")
    _value(project, people.anna, kpi, "28", on="2027-01-01")
    api.leave_report_figure(**_figure(project, people.anna, key="kpi 1 now"))
    section = _section(project)
    assert (section.offers, section.printed) == ((), "Now 31 %.")
    _save(project, people.anna, "Still {{kpi 1 now: 31 %}}.", section.revision)
    assert _section(project).offers == ()
    _value(project, people.anna, kpi, "25", on="2027-02-01")
    assert _section(project).offers == (NewerFigure("kpi 1 now", "31 %", "25 %"),)


def test_a_deleted_paragraph_stays_deleted_and_another_sections_text_stays(people, project, kpi):
    _save(project, people.anna, "Only this.")
    _save(project, people.anna, "And this.", section="goal")
    _value(project, people.anna, kpi, "28")
    assert (_section(project).printed, _section(project, "goal").printed) == ("Only this.", "And this.")
    _save(project, people.anna, "", _section(project).revision)
    assert _section(project).printed == ""


def test_writing_anew_keeps_the_old_text_in_history(people, project, kpi):
    entry = _save(project, people.anna, "Only this.")
    _value(project, people.anna, kpi, "28")
    renewed = api.renew_section(**_figure(project, people.anna, revision=1))
    assert "{{kpi 1 now: 28 %}}" in renewed.content["text"]
    texts = [each.content["text"] for each in api.versions_of(project_id=project, entry_id=entry.id)]
    assert texts[0] == "Only this."
    _save(project, people.jonas, "Jonas writes on.", 2)
    with pytest.raises(StaleEntry):
        api.renew_section(**_figure(project, people.anna, revision=2))
    assert api.renew_section(**{**_figure(project, people.anna, revision=0), "section": "goal"}) is None


def test_who_is_slower_sees_both_texts_also_for_a_section_that_nobody_had_edited(people, project, kpi):
    _save(project, people.anna, "Anna's text.")
    with pytest.raises(StaleEntry) as caught:
        _save(project, people.jonas, "Jonas' text.")
    assert caught.value.entry.content["text"] == "Anna's text."
    assert _section(project).printed == "Anna's text."


def test_the_same_figure_in_another_language_is_no_other_figure(people, project, kpi):
    _value(project, people.anna, kpi, "31.5")
    with translation.override("de"):
        text = _section(project).text
        assert "{{kpi 1 now: 31,5 %}}" in text
        _save(project, people.anna, text)
    assert _section(project).offers == ()


def test_figures_of_a_kpi_stay_its_own_when_another_is_removed(people, project, kpi):
    second = enter(project, people.anna, Kind.KPI, KPI, name="Complaints")
    _value(project, people.anna, second, "40")
    _save(project, people.anna, "Complaints: {{kpi 2 now: 40 %}}.")
    api.remove_entry(project_id=project, user_id=people.anna.pk, course_key=SME1, entry_id=kpi.id, revision=1)
    assert _section(project).offers == ()
    _value(project, people.anna, second, "35", on="2027-01-01")
    assert _section(project).offers == (NewerFigure("kpi 2 now", "40 %", "35 %"),)


@pytest.mark.parametrize(
    ("language", "figure"), [("en", "1,234,567"), ("de", "1.234.567"), ("pl", "1 234 567"), ("hu", "1 234 567")]
)
def test_large_figures_are_not_taken_for_telephone_numbers(people, project, kpi, language, figure):
    change(project, people.anna, kpi, unit="EUR", direction="up", baseline="1234567", target="9876543")
    with translation.override(language):
        text = _section(project, "goal").text
        _save(project, people.anna, text, section="goal")
        assert f"{{{{kpi 1 start: {figure} EUR}}}}" in _section(project, "goal").text


def test_a_figure_written_before_thousands_stood_apart_is_no_other_one(people, project, kpi):
    change(project, people.anna, kpi, unit="EUR", direction="up", baseline="1234567", target="9876543")
    for number, figure in enumerate(("1234567 EUR", "1,234,567 EUR", "1.234.567 EUR", "1 234 567 EUR")):
        _save(project, people.anna, f"From {{{{kpi 1 start: {figure}}}}}.", number)
        assert _section(project).offers == ()
    _save(project, people.anna, "From {{kpi 1 start: 1234568 EUR}}.", 4)
    assert [each.now for each in _section(project).offers] == ["1,234,567 EUR"]


def test_only_members_write_and_nobody_else_learns_of_it(people, project, kpi):
    for user, error in (
        (people.coach, NotAllowedInProject),
        (people.teacher, NotAllowedInProject),
        (people.peer, UnknownProject),
    ):
        with pytest.raises(error):
            _save(project, user, "Mine.")
        with pytest.raises(error):
            api.take_report_figure(**_figure(project, user, key="kpi 1 now", was="31 %"))
    with pytest.raises(UnknownProjectEntry):
        _save(project, people.anna, "x", section="poem")
    with pytest.raises(UnknownProjectEntry):
        api.leave_report_figure(**_figure(project, people.anna, key="kpi 1 now"))
    with pytest.raises(WrongContent):
        _save(project, people.anna, "x" * 20_001)


EXAM = {"on": "2027-03-01", "present": "Owner, both learners, coach", "questions": "Why this idea?"}


def _exam(project, user, **more):
    return api.write_exam(project_id=project, user_id=user.pk, course_key=SME1, content={**EXAM, **more})


def test_an_exam_talk_is_written_by_coach_or_staff_and_read_by_all(people, project):
    entry = _exam(project, people.coach, result="own_work")
    assert entry in api.entries_of(project_id=project, kinds=[Kind.EXAM])
    with pytest.raises(NotAllowedInProject):
        _exam(project, people.anna)
    with pytest.raises(UnknownProject):
        _exam(project, people.peer)
    with pytest.raises(NotAllowedInProject):
        enter(project, people.anna, Kind.EXAM, EXAM)
    with pytest.raises(NotAllowedInProject):
        change(project, people.anna, entry, result="doubt")
    given = {"project_id": project, "user_id": people.teacher.pk, "course_key": SME1, "entry_id": entry.id}
    api.write_exam(**given, content={**EXAM, "result": "again"}, revision=1)
    with pytest.raises(StaleEntry):
        api.write_exam(**given, content=EXAM, revision=1)


def test_who_has_left_the_firm_writes_no_more(people, project, kpi):
    companies.leave_company(user_id=people.jonas.pk, course_key=SME1)
    with pytest.raises(UnknownProject):
        _save(project, people.jonas, "Mine.")
