"""The gallery: who passed shows what they chose to show, to who takes part in the course, for as long as they like."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import Audience
from iciinsmes.assignments.models import Draft, Round
from iciinsmes.companies import api as companies
from iciinsmes.gallery import api
from iciinsmes.gallery.errors import NoReason, UnknownGalleryEntry
from iciinsmes.gallery.models import GalleryEntry
from iciinsmes.platform import Role
from iciinsmes.review import api as review
from tests import people
from tests.assignments.conftest import BLOCK, COURSE, attach, person
from tests.assignments.conftest import task as make_task
from tests.desk.test_evidence import item

OTHER = CourseKey.from_string("course-v1:ICI+OTHER+2026")
PAGE = reverse("iciinsmes:gallery", args=[COURSE])
task = make_task


@pytest.fixture
def version(task, db):
    return assignments.freeze_task(usage_key=BLOCK, course_key=COURSE, task=replace(task, team=True))


@pytest.fixture
def teacher(db):
    return person("tea", "teacher")


@pytest.fixture
def firm(db):
    return companies.create_company(name="Tischlerei Nordlicht", country="de", trade="Joinery")


@pytest.fixture
def join(firm):
    def join(name):
        user = person(name, "learner")
        companies.join_company(company_id=firm.id, user_id=user.id, course_key=COURSE)
        return user

    return join


@pytest.fixture
def anna(join):
    return join("anna")


@pytest.fixture
def reader(db):
    """A learner of the course from elsewhere."""
    return person("rea", "learner")


@pytest.fixture
def hand_in(version):
    def hand_in(user, *colleagues, audience=Audience.GALLERY):
        attach(user, f"{user.username}.csv")
        text = {"channels": f"{user.username} asks <b>the</b> driver", "remark": ""}
        saved = assignments.save_draft(user_id=user.id, usage_key=BLOCK, answers=text, hours=None, base_revision=0)
        Draft.objects.filter(work__owner=user).update(audience=audience.value)
        return assignments.hand_in(
            user_id=user.id,
            usage_key=BLOCK,
            base_revision=saved.revision,
            version_id=version.id,
            colleague_ids=[colleague.id for colleague in colleagues],
        )

    return hand_in


@pytest.fixture
def judge(version, teacher):
    def judge(row, outcome="passed"):
        review.propose(
            subject=row.id,
            rubric_id=version.rubric_id,
            assessor_id=teacher.id,
            points={"completeness": Decimal(3), "finding": Decimal(2)},
            comments={},
            feedback="",
            base_revision=None,
        )
        assignments.release(round_id=row.id, assessor_id=teacher.id, outcome=outcome)

    return judge


@pytest.fixture
def show(hand_in, judge):
    """Hand in for the gallery and pass; returns the key of the entry."""

    def show(user, *colleagues):
        judge(hand_in(user, *colleagues))
        return GalleryEntry.objects.latest("id").id

    return show


def shown(reader, **more):
    return [entry.id for entry in api.entries(course_key=COURSE, reader_id=reader.id, **more).entries]


def page(client, user, address=PAGE):
    client.force_login(user)
    return client.get(address).content.decode()


class TestWhatIsShown:
    def test_passed_rounds_for_the_gallery_only(self, hand_in, judge, anna, join, reader):
        judge(hand_in(anna))
        judge(hand_in(join("bo"), audience=Audience.TEACHERS))
        judge(hand_in(join("cy"), audience=Audience.COACH))
        judge(hand_in(join("di")), "revise")
        hand_in(join("eve"))
        (entry,) = api.entries(course_key=COURSE, reader_id=reader.id).entries
        assert entry.round.answers["channels"].startswith("anna")

    def test_who_did_it_together_is_one_entry_of_all_of_them(self, show, anna, join, reader):
        bo = join("bo")
        entry_id = show(anna, bo)
        assert shown(reader) == [entry_id]
        assert [entry.id for entry in api.own_entries(course_key=COURSE, user_id=bo.id)] == [entry_id]

    def test_the_firm_has_a_name_only_if_the_learner_lets_it(self, client, show, anna, reader):
        entry_id = show(anna)
        before = page(client, reader)
        assert "Joinery, Germany" in before
        assert "Nordlicht" not in before
        api.name_company(entry_id=entry_id, course_key=COURSE, user_id=anna.id, named=True)
        assert "Tischlerei Nordlicht, Germany" in page(client, reader)

    def test_no_person_is_named_and_texts_are_escaped(self, client, show, anna, reader):
        show(anna)
        found = page(client, reader)
        assert "anna asks &lt;b&gt;the" in found
        assert "Anna" not in found

    def test_links_notes_and_tables_are_shown_too(self, client, show, anna, reader):
        show(anna)
        Round.objects.update(
            items=[
                item("note", "remark", date="2026-11-20", place="Counter", text="Two <b>left</b>."),
                item("link", "", url="https://example.org/reviews"),
                item("table", "", rows=[["Channel", "Number"], ["Phone", "60"]], header=True),
            ]
        )
        before, _remark, after = page(client, reader).partition("Two &lt;b&gt;left")
        # It stands at its question, which has no words of its own.
        assert "Anything else" in before
        assert 'href="https://example.org/reviews"' in after
        assert "<td>60" in after

    def test_a_later_opening_leaves_it_there(self, show, anna, teacher, reader):
        entry_id = show(anna)
        round_id = GalleryEntry.objects.get().round_id
        assignments.reopen(round_id=round_id, by_id=teacher.id, reason="One more thing.")
        assert shown(reader) == [entry_id]

    def test_it_goes_with_the_work(self, show, anna, reader):
        show(anna)
        assignments.clear_work(user_id=anna.id, usage_key=BLOCK)
        assert shown(reader) == []


class TestTakingOut:
    def test_the_learner_takes_it_out_and_puts_it_back(self, show, anna, reader):
        entry_id = show(anna)
        api.show(entry_id=entry_id, course_key=COURSE, user_id=anna.id, shown=False)
        assert shown(reader) == []
        assert api.own_entries(course_key=COURSE, user_id=anna.id)[0].taken_out
        api.show(entry_id=entry_id, course_key=COURSE, user_id=anna.id, shown=True)
        assert shown(reader) == [entry_id]

    def test_nobody_else_can(self, show, anna, reader):
        entry_id = show(anna)
        for act in (
            lambda: api.show(entry_id=entry_id, course_key=COURSE, user_id=reader.id, shown=False),
            lambda: api.name_company(entry_id=entry_id, course_key=COURSE, user_id=reader.id, named=True),
            lambda: api.show(entry_id=entry_id, course_key=OTHER, user_id=anna.id, shown=False),
        ):
            with pytest.raises(UnknownGalleryEntry):
                act()
        assert shown(reader) == [entry_id]

    def test_staff_hides_it_with_a_reason_that_the_learner_reads(self, client, show, anna, teacher, reader):
        entry_id = show(anna)
        with pytest.raises(NoReason):
            api.hide(entry_id=entry_id, course_key=COURSE, by_id=teacher.id, reason=" ")
        api.hide(entry_id=entry_id, course_key=COURSE, by_id=teacher.id, reason="It names a customer.")
        assert shown(reader) == []
        assert "It names a customer." in page(client, anna)
        assert "It names a customer." in page(client, teacher)
        assert "It names a customer." not in page(client, reader)
        api.show(entry_id=entry_id, course_key=COURSE, user_id=anna.id, shown=True)
        assert shown(reader) == []
        api.show_again(entry_id=entry_id, course_key=COURSE)
        assert shown(reader) == [entry_id]


class TestFiles:
    @pytest.fixture(autouse=True)
    def stored(self, monkeypatch):
        monkeypatch.setattr("iciinsmes.evidence.serving.open_row", lambda _row: iter([b"abc"]))

    def opens(self, client, user, row):
        client.force_login(user)
        return client.get(reverse("iciinsmes:evidence-file", args=[row.files[0].id, "a.csv"])).status_code == 200

    def test_open_for_who_takes_part_while_they_are_shown(self, client, hand_in, judge, anna, join, reader):
        row = hand_in(anna)
        assert not self.opens(client, reader, row)
        judge(row)
        stranger = people.person("zoe", Role.LEARNER, OTHER)
        assert [self.opens(client, user, row) for user in (reader, join("bo"), stranger)] == [True, True, False]
        entry_id = GalleryEntry.objects.get().id
        api.show(entry_id=entry_id, course_key=COURSE, user_id=anna.id, shown=False)
        assert not self.opens(client, reader, row)
        assert self.opens(client, anna, row)


class TestPage:
    def test_costs_the_same_for_any_length(self, client, show, join, reader, django_assert_max_num_queries):
        show(join("a1"))
        client.force_login(reader)
        client.get(PAGE)
        for number in range(2, 5):
            show(join(f"a{number}"))
        with django_assert_max_num_queries(12):
            found = client.get(PAGE)
        assert found.content.decode().count('<article class="panel"') == 4

    def test_is_read_page_by_page(self, show, join, reader, monkeypatch):
        monkeypatch.setattr(api, "PAGE", 2)
        made = [show(join(f"a{number}")) for number in range(3)]
        first = api.entries(course_key=COURSE, reader_id=reader.id)
        assert [entry.id for entry in first.entries] == [made[2], made[1]]
        assert shown(reader, after=first.next_after) == [made[0]]

    def test_buttons_do_what_they_say(self, client, show, anna, teacher, reader):
        entry_id = show(anna)
        client.force_login(anna)
        for name, data in (("show", {}), ("show", {"shown": "1"}), ("firm", {"named": "1"})):
            answer = client.post(reverse(f"iciinsmes:gallery-{name}", args=[COURSE, entry_id]), data)
            assert answer.status_code == 302
        assert "Tischlerei Nordlicht" in page(client, reader)
        client.force_login(teacher)
        hide = reverse("iciinsmes:gallery-hide", args=[COURSE, entry_id])
        answer = client.post(hide, {"reason": ""}, follow=True)
        assert "Not hidden" in answer.content.decode()
        client.post(hide, {"reason": "It names a customer."})
        assert shown(reader) == []
        client.post(hide, {"shown": "1"})
        assert shown(reader) == [entry_id]

    @pytest.mark.parametrize("query", ["?after=x", "?after=99999999999999999999", "?assignment=nonsense", "?after=-1"])
    def test_nonsense_in_the_address_is_the_first_page(self, client, show, anna, reader, query):
        show(anna)
        assert "anna asks" in page(client, reader, PAGE + query)

    def test_a_link_leads_there_after_passing(self, client, show, anna):
        client.force_login(anna)
        show(anna)
        found = client.get(reverse("iciinsmes:work", args=[BLOCK])).content.decode()
        assert "See what others showed" in found
        assert f"{PAGE}?assignment=" in found
