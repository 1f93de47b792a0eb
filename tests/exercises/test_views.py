from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from iciinsmes.exercises import api, intake_form
from iciinsmes.exercises.data import ExerciseStep
from tests.exercises.conftest import BLOCK, SCORES, keep, opened
from tests.people import SME1

pytestmark = pytest.mark.django_db
PASTED = "customer\tscore\n" + "\n".join(f"C{number}\t{score}" for number, score in enumerate(SCORES))


def url(name, *more):
    return reverse(f"iciinsmes:exercise{name}", args=[BLOCK, *more])


@pytest.fixture
def page(client, learner):
    opened(learner)
    client.force_login(learner)
    return client


def data_sets(learner):
    return api.data_sets_of(owner_id=learner.pk, course_key=SME1)


def current(learner):
    return api.exercise_of(user_id=learner.pk, usage_key=BLOCK).current


def test_a_pasted_table_is_looked_at_and_not_kept(page, learner):
    response = page.post(url("-look"), {"pasted": PASTED})
    assert "<strong>40 rows</strong> can be used" in response.content.decode()
    assert data_sets(learner) == ()


def test_what_is_no_table_says_so_at_its_place(page):
    for sent in (
        {},
        {"pasted": "  "},
        {"file": SimpleUploadedFile("scores.pdf", b"%PDF-1.7 ...")},
        {"file": SimpleUploadedFile("empty.csv", b"")},
    ):
        response = page.post(url("-look"), sent)
        assert response.status_code == 422
        assert 'role="alert"' in response.content.decode()


def test_rows_that_do_not_fit_are_named_by_line(page, learner):
    response = page.post(url("-look"), {"pasted": "score\n9\neleven\n12\n7"})
    text = response.content.decode()
    assert "<strong>2 rows</strong> can be used" in text
    assert "Line 3" in text
    assert "Line 4" in text
    page.post(url("-keep"), {"pasted": "score\n9\neleven\n12\n7", "title": "Spring"})
    assert [(known.title, known.row_count) for known in data_sets(learner)] == [("Spring", 2)]


def test_a_column_can_be_corrected(page, learner):
    pasted = "a\tb\n1\t9\n2\t8"
    text = page.post(url("-look"), {"pasted": pasted}).content.decode()
    assert "Not found: Score, 0 to 10" in text
    fingerprint = re.search(r'name="corrected" value="([^"]*)"', text)[1]
    given = {"pasted": pasted, "corrected": fingerprint, "column-score": "1"}
    assert "<strong>2 rows</strong>" in page.post(url("-look"), given).content.decode()
    # A correction of the table before says nothing about another one.
    other = page.post(url("-look"), {**given, "pasted": "x\tscore\n1\t9"})
    assert "<strong>1 row</strong>" in other.content.decode()


def test_which_column_was_taken_is_shown_with_a_few_cells(page):
    text = page.post(
        url("-look"), {"pasted": "Why?\tHow likely is it?\n" + "\n".join(f"good\t{n}" for n in (9, 8, 8, 3))}
    )
    shown = text.content.decode()
    assert '<option value="1" selected>How likely is it?</option>' in shown
    assert "Column “How likely is it?”: 9, 8, 3 …" in shown


def test_of_two_columns_that_fit_none_is_taken_before_the_learner_chose(page, learner):
    pasted = "score before\tscore after\n" + "\n".join(f"{n}\t9" for n in range(10))
    shown = page.post(url("-look"), {"pasted": pasted}).content.decode()
    assert "Several columns could be it: “score before” or “score after”. Choose one." in shown
    assert "can be used" not in shown
    page.post(url("-keep"), {"pasted": pasted})
    assert data_sets(learner) == ()
    mark = re.search(r'name="corrected" value="([^"]*)"', shown)[1]
    page.post(url("-keep"), {"pasted": pasted, "corrected": mark, "column-score": "1"})
    assert [known.row_count for known in data_sets(learner)] == [10]


def test_a_column_whose_cells_do_not_fit_is_named(page):
    shown = page.post(
        url("-look"), {"pasted": "How likely is it?\tDate\nA1\t2026-01-01\nA2\t2026-01-01"}
    ).content.decode()
    assert "“How likely is it?” could be it, but its cells do not fit: “A1” is not a number." in shown


def test_typed_lines(page, learner):
    page.post(url("-keep"), {"cell-0-score": "9", "cell-2-score": "7", "grid-rows": "6"})
    assert [(known.source, known.row_count) for known in data_sets(learner)] == [("typed", 2)]


def test_more_lines_keep_what_is_typed(page):
    text = page.post(url("-grid"), {"cell-1-score": "9", "grid-rows": "12"}).content.decode()
    assert 'name="cell-1-score" value="9"' in text
    assert 'name="cell-11-score"' in text


def test_a_newer_version(page, learner):
    kept = keep(learner)
    page.post(url("-keep"), {"pasted": "score\n9\n8", "version-of": str(kept.id), "title": "Summer"})
    assert [(known.id, known.version, known.title) for known in data_sets(learner)] == [(kept.id, 2, "Summer")]


def test_nothing_that_fits_is_not_kept(page, learner):
    response = page.post(url("-keep"), {"pasted": "score\nnone"})
    assert response.status_code == 422
    assert response["HX-Retarget"].endswith("-preview")
    assert data_sets(learner) == ()


def test_through_all_steps(page, learner):
    kept = keep(learner)
    text = page.post(url("-begin"), {"data-set": str(kept.id), "option-earlier": "20"}).content.decode()
    assert "First work it out yourself" in text
    assert "27.5" not in text
    attempt = current(learner)
    refused = page.post(url("-answer", attempt.id), {"step": "estimate", "estimate-nps": "forty"})
    assert refused.status_code == 422
    assert "forty" in refused.content.decode()
    text = page.post(
        url("-answer", attempt.id), {"step": "estimate", "estimate-nps": "50", "question-classify": ["", "0"]}
    ).content.decode()
    assert "27.5" in text
    assert "22.5 too high" in text
    assert "You counted the eights as promoters" in text
    assert "Right is: <strong>10, 9</strong>" in text
    text = page.post(url("-answer", attempt.id), {"step": "interpretation", "question-changed": "2"}).content.decode()
    assert "Right." in text
    refused = page.post(url("-answer", attempt.id), {"step": "decision", "decision-words": " "})
    assert refused.status_code == 422
    words = "We call <b>everybody</b> who gave less than five."
    text = page.post(url("-answer", attempt.id), {"step": "decision", "decision-words": words}).content.decode()
    assert "This attempt:" in text
    assert "<b>everybody</b>" not in text
    assert current(learner) is None


def test_the_second_half_of_a_double_click_changes_nothing(page, learner):
    kept = keep(learner)
    for _click in range(2):
        page.post(url("-begin"), {"data-set": str(kept.id)})
    attempt = current(learner)
    for estimate in ("27.5", "1"):
        page.post(url("-answer", attempt.id), {"step": "estimate", "estimate-nps": estimate, "question-classify": [""]})
    assert current(learner).answers.estimates == {"nps": 27.5}
    assert current(learner).step is not ExerciseStep.ESTIMATE


def test_a_wrong_option_stands_at_its_field(page, learner):
    kept = keep(learner)
    response = page.post(url("-begin"), {"data-set": str(kept.id), "option-earlier": "900"})
    assert response.status_code == 422
    assert "900" in response.content.decode()
    assert current(learner) is None


def test_only_learners_of_the_course_and_only_their_own(page, client, learner, peer, teacher):
    kept = keep(learner)
    page.post(url("-begin"), {"data-set": str(kept.id)})
    attempt = current(learner)
    client.force_login(teacher)
    assert client.get(url("")).status_code == 404
    client.force_login(peer)
    assert client.post(url("-begin"), {"data-set": str(kept.id)}).status_code == 409
    client.post(url("-answer", attempt.id), {"step": "estimate", "estimate-nps": "1"})
    assert current(learner).step is ExerciseStep.ESTIMATE
    assert client.get(reverse("iciinsmes:tool-result", args=[attempt.result.id])).status_code == 404


@pytest.mark.parametrize("step", [0, 1, 2, 3])
def test_a_page_costs_few_queries_at_every_step(page, learner, step, django_assert_max_num_queries):
    attempt = None
    page.post(url("-begin"), {"data-set": str(keep(learner).id)}) if step else None
    for _step in range(step - 1):
        attempt = current(learner)
        page.post(
            url("-answer", attempt.id),
            {
                "step": attempt.step.value,
                "estimate-nps": "27.5",
                "question-classify": [""],
                "decision-words": "We call all.",
            },
        )
    with django_assert_max_num_queries(6):
        assert page.get(url("")).status_code == 200


def test_a_table_that_comes_while_others_are_read_is_not_lost(page, learner):
    with intake_form._reading, intake_form._reading._places:
        response = page.post(url("-keep"), {"pasted": PASTED})
    text = response.content.decode()
    assert "Many tables are being read just now. Nothing is lost" in text
    assert data_sets(learner) == ()
    assert "Many tables" not in page.post(url("-keep"), {"pasted": PASTED}).content.decode()
    assert len(data_sets(learner)) == 1


def test_a_column_number_without_end(page, learner):
    look = {"pasted": PASTED, "corrected": "customer|score", "column-score": "9" * 5000}
    assert page.post(url("-look"), look).status_code in (200, 422)
