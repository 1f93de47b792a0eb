"""What somebody keeps in the toolbox, data sets and canvases, when the person changes the firm."""

from __future__ import annotations

import pytest
from edx_django_utils.cache import RequestCache

from iciinsmes.canvases import api as canvases
from iciinsmes.canvases.errors import UnknownCanvas
from iciinsmes.exercises import api as exercises
from iciinsmes.exercises.data import DataSource, ExerciseSettings
from iciinsmes.exercises.errors import UnknownData
from iciinsmes.platform import Role
from iciinsmes.toolbox.data import Table
from tests.people import SME1, person

from .conftest import move, page

pytestmark = pytest.mark.django_db
LOYALTY = SME1.make_usage_key("digital_tool", "loyalty")


class TestData:
    def keep(self, who, **more):
        table = Table.of(["score"], [(number % 11,) for number in range(40)])
        given = {"instrument": "net-promoter-score", "title": "Spring", "table": table, "source": DataSource.PASTED}
        return exercises.keep_data(owner_id=who.pk, course_key=SME1, **{**given, **more})

    def attempt(self, who, data_set_id):
        known = ExerciseSettings(title="Loyalty", instrument="net-promoter-score")
        exercises.open_exercise(user_id=who.pk, usage_key=LOYALTY, course_key=SME1, settings=known)
        return exercises.begin(user_id=who.pk, usage_key=LOYALTY, data_set_id=data_set_id, options={})

    def readable(self, data_set, *people) -> list[str]:
        found = []
        for who in people:
            RequestCache.clear_all_namespaces()
            try:
                exercises.read_data(data_set_id=data_set.id, reader_id=who.pk)
            except UnknownData:
                continue
            found.append(who.username)
        return found

    def test_what_was_shared_stays_with_the_firm_and_its_coach(self, scene):
        kept = self.keep(scene.anna)
        exercises.share_data(data_set_id=kept.id, owner_id=scene.anna.pk, for_company=True, for_staff=True)
        move(scene.anna, scene.b)
        everybody = (scene.anna, scene.bo, scene.cy, scene.coach_a, scene.coach_b)
        assert self.readable(kept, *everybody) == ["anna", "bo", "coach_a"]

    def test_rows_of_the_new_firm_never_join_a_set_of_the_old_one(self, scene):
        kept = self.keep(scene.anna)
        exercises.share_data(data_set_id=kept.id, owner_id=scene.anna.pk, for_company=True, for_staff=False)
        move(scene.anna, scene.b)
        table = Table.of(["score"], [(10,)] * 40)
        second = self.keep(scene.anna, table=table, data_set_id=kept.id)
        assert second.id != kept.id
        assert second.company_id == scene.b.id
        assert exercises.read_data(data_set_id=kept.id, reader_id=scene.bo.pk)[0].version == 1
        assert self.readable(second, scene.bo, scene.cy, scene.coach_a) == []

    def test_a_result_belongs_to_the_firm_of_its_data(self, scene):
        kept = self.keep(scene.anna)
        move(scene.anna, scene.b)
        attempt = self.attempt(scene.anna, kept.id)
        assert attempt.result.company_id == scene.a.id
        assert self.attempt(scene.cy, None).result.company_id == scene.b.id

    def test_nobody_shares_anew_with_a_firm_that_was_left(self, scene):
        kept = self.keep(scene.anna)
        move(scene.anna, scene.b)
        exercises.share_data(data_set_id=kept.id, owner_id=scene.anna.pk, for_company=True, for_staff=True)
        assert self.readable(kept, scene.bo, scene.cy, scene.coach_a, scene.coach_b) == ["coach_a"]
        assert "Colleagues of my firm" not in page(scene.anna, "exercise-mine", SME1)
        move(scene.anna, scene.a)
        assert "Colleagues of my firm" in page(scene.anna, "exercise-mine", SME1)

    def test_lists_of_the_new_firm_have_nothing_of_the_old_one(self, scene):
        kept = self.keep(scene.anna)
        exercises.share_data(data_set_id=kept.id, owner_id=scene.anna.pk, for_company=True, for_staff=True)
        move(scene.anna, scene.b)
        assert exercises.data_for_company(user_id=scene.cy.pk, course_key=SME1).lines == ()
        assert exercises.data_for_staff(user_id=scene.coach_b.pk, course_key=SME1).lines == ()
        assert len(exercises.data_for_company(user_id=scene.bo.pk, course_key=SME1).lines) == 1
        assert len(exercises.data_for_staff(user_id=scene.coach_a.pk, course_key=SME1).lines) == 1


class TestCanvases:
    def make(self, who, **more):
        given = {"instrument": "value-proposition-canvas", "title": "Kitchens", "shared_with_company": True, **more}
        return canvases.create_canvas(owner_id=who.pk, course_key=SME1, **given)

    def may(self, found, who) -> str:
        RequestCache.clear_all_namespaces()
        try:
            return "change" if canvases.find_canvas(canvas_id=found.id, reader_id=who.pk).may_edit else "read"
        except UnknownCanvas:
            return ""

    def test_a_shared_one_stays_with_the_firm(self, scene):
        found = self.make(scene.anna)
        move(scene.anna, scene.b)
        assert [self.may(found, who) for who in (scene.bo, scene.anna, scene.cy)] == ["change", "", ""]
        assert canvases.canvases_of(user_id=scene.anna.pk, course_key=SME1) == ()
        assert page(scene.anna, "canvas", found.id, status=404)
        move(scene.anna, scene.a)
        assert self.may(found, scene.anna) == "change"

    def test_an_own_one_is_read_and_neither_changed_nor_shared_with_the_firm_that_was_left(self, scene):
        found = self.make(scene.anna, shared_with_company=False)
        move(scene.anna, scene.b)
        canvases.share_canvas(canvas_id=found.id, owner_id=scene.anna.pk, for_company=True, for_staff=True)
        everybody = (scene.anna, scene.bo, scene.cy, scene.coach_a, scene.coach_b)
        assert [self.may(found, who) for who in everybody] == ["read", "", "", "read", ""]
        (listed,) = canvases.canvases_of(user_id=scene.anna.pk, course_key=SME1)
        assert not listed.may_edit
        assert "Remove it for good" in page(scene.anna, "canvas", found.id)
        canvases.remove_canvas(canvas_id=found.id, owner_id=scene.anna.pk)

    def test_one_from_before_the_first_firm_stays_the_own_one(self, scene):
        dora = person("dora", Role.LEARNER)
        found = self.make(dora)
        move(dora, scene.a)
        assert [self.may(found, who) for who in (dora, scene.bo)] == ["change", ""]
