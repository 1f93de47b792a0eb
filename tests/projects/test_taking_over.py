"""After two firms were merged their projects become one by hand: nothing is lost, doubled or anybody else's."""

from __future__ import annotations

import pytest
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.platform import Role
from iciinsmes.projects import api
from iciinsmes.projects.data import Kind
from iciinsmes.projects.errors import HasEnded, NotAllowedInProject, StillThere, UnknownProject, UnknownProjectEntry
from iciinsmes.projects.models import CoachTalk, Entry, EntryVersion, Project
from tests.people import SME1, person
from tests.projects.conftest import CHARTER, CONTACT, KPI, change, enter

SME2 = CourseKey.from_string("course-v1:ICIinSMEs+SME2+2026")


@pytest.fixture
def both(people, project):
    """The ids of both projects, after the firms have become one: each with a charter, KPIs and words of customers."""
    other = api.open_project(user_id=people.peer.pk, course_key=SME1).id
    for user, place in ((people.anna, project), (people.peer, other)):
        enter(place, user, Kind.CHARTER, CHARTER, title=f"Of {user.username}")
        for number in (1, 2):
            kpi = enter(place, user, Kind.KPI, KPI, name=f"{user.username} {number}")
        enter(place, user, Kind.READING, kpi=str(kpi.id), on="2026-11-01", value="40")
        contact = enter(place, user, Kind.CONTACT, CONTACT, customer=f"C-{user.username}")
        insight = enter(place, user, Kind.INSIGHT, text="Days count.", sources=[str(contact.id)])
        change(place, user, insight, text="Days count more than price.")
        api.save_section(
            project_id=place, user_id=user.pk, course_key=SME1, section="goal", text=user.username, revision=0
        )
    gone = enter(other, people.peer, Kind.DIARY, on="2026-10-01", text="By mistake.")
    api.remove_entry(project_id=other, user_id=people.peer.pk, course_key=SME1, entry_id=gone.id, revision=1)
    companies.merge(kept_id=people.firm.id, gone_id=people.other.id, course_key=SME1, actor_id=people.cora.pk)
    return project, other


def _given(both, user):
    return {"kept_id": both[0], "other_id": both[1], "user_id": user.pk, "course_key": SME1}


def _all(*projects):
    return {
        row.pk: (row.author_id, row.kind, row.versions.count()) for row in Entry.objects.filter(project_id__in=projects)
    }


def test_both_stand_side_by_side_and_what_there_can_be_one_of_waits(people, both):
    assert [each.id for each in api.other_projects(project_id=both[0], user_id=people.anna.pk, course_key=SME1)] == [
        both[1]
    ]
    found = api.side_by_side(**_given(both, people.anna))
    waiting = [each.kind for each in found.others if each.id in found.waiting]
    assert sorted(waiting) == [Kind.CHARTER, Kind.KPI, Kind.KPI, Kind.READING, Kind.REPORT]


def test_everything_exists_once_with_its_author_and_origin(people, both):
    before, versions = _all(*both), EntryVersion.objects.count()
    given = _given(both, people.anna)
    assert api.take_entries_over(**given) == 2
    assert _all(*both) == before
    assert api.take_entries_over(**given) == 0
    with pytest.raises(StillThere):
        api.end_other_project(**given)
    found = api.side_by_side(**given)
    theirs = {each.kind: each for each in found.others}
    api.choose_entry(**given, entry_id=theirs[Kind.CHARTER].id)
    section = next(each for each in found.entries if each.kind is Kind.REPORT)
    api.choose_entry(**given, entry_id=section.id)
    with pytest.raises(UnknownProjectEntry):
        api.take_entries_over(**given, entry_ids=[each.id for each in found.others if each.kind is Kind.KPI])
    one = next(each for each in found.others if each.kind is Kind.KPI)
    api.take_entries_over(**given, entry_ids=[one.id])
    for kpi in [each for each in found.entries if each.kind is Kind.KPI][:1]:
        api.remove_entry(project_id=both[0], user_id=people.anna.pk, course_key=SME1, entry_id=kpi.id, revision=1)
    assert api.take_entries_over(**given) == 2
    api.end_other_project(**given)
    assert {key: row[:2] for key, row in _all(*both).items()} == {key: row[:2] for key, row in before.items()}
    assert _all(both[1]) == {}
    assert EntryVersion.objects.count() == versions + 3
    titles = [each.content["title"] for each in api.entries_of(project_id=both[0], kinds=[Kind.CHARTER])]
    assert titles == ["Of peer"]
    assert Project.objects.get(id=both[0]).title == "Of peer"
    assert Project.objects.get(id=both[1]).ended_on is not None
    origins = {row.author_id: row.origin for row in Entry.objects.all()}
    assert origins == {people.anna.pk: None, people.peer.pk: both[1]}
    with pytest.raises(HasEnded):
        api.take_entries_over(**given)


def test_talks_move_with_the_end(people, both):
    given = _given(both, people.peer)
    api.log_talk(
        project_id=both[1],
        user_id=people.coach.pk,
        course_key=SME1,
        held_on=Project.objects.first().started_on,
        about="x",
    )
    Entry.objects.filter(project_id=both[1]).delete()
    api.end_other_project(**given)
    assert CoachTalk.objects.get().project_id == both[0]


def test_members_and_coordinators_bring_together_and_nobody_else(people, both):
    outsider = person("outsider", Role.LEARNER)
    third = companies.create_company(name="Third", country="de")
    companies.join_company(company_id=third.id, user_id=outsider.pk, course_key=SME1)
    for user, error in (
        (people.coach, NotAllowedInProject),
        (people.teacher, NotAllowedInProject),
        (outsider, UnknownProject),
        (people.stranger, UnknownProject),
    ):
        for act in (api.side_by_side, api.take_entries_over, api.end_other_project):
            with pytest.raises(error):
                act(**_given(both, user))
    assert api.take_entries_over(**_given(both, people.cora)) == 2
    strange = api.open_project(user_id=outsider.pk, course_key=SME1).id
    for pair in ((both[0], strange), (both[0], both[0])):
        with pytest.raises(UnknownProject):
            api.take_entries_over(**_given(pair, people.anna))
    with pytest.raises(UnknownProject):
        api.side_by_side(**{**_given(both, people.anna), "course_key": SME2})
