"""The first people of a course, let in from the command line."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from iciinsmes.audit_log import api as audit_log
from iciinsmes.platform import Role
from iciinsmes_campus.errors import CannotStart
from iciinsmes_campus.learning import api as learning
from iciinsmes_campus.members import give_role
from tests.people import SME1, person

pytestmark = pytest.mark.django_db
COURSE = str(SME1)


def role_of(user: User) -> Role | None:
    membership = learning.membership_of(user_id=user.pk, course_key=SME1)
    return membership.role if membership else None


def test_a_new_coordinator_chooses_a_password_and_is_in(client, capsys, settings):
    settings.ADDRESS = "http://testserver"
    give_role("ann", COURSE, "coordinator", mail="Ann Lind <ann@college.example>", name="Ann van Lind")
    user = User.objects.get(username="ann")
    assert (user.email, user.first_name, user.last_name) == ("ann@college.example", "Ann van", "Lind")
    assert role_of(user) is Role.COORDINATOR
    said = capsys.readouterr().out
    assert "ann takes part in" in said
    form = client.get(said.split()[-1], follow=True)
    secret = "a very long secret of ann"
    answer = client.post(form.request["PATH_INFO"], {"new_password1": secret, "new_password2": secret}, follow=True)
    assert answer.status_code == 200
    client.post("/login/", {"username": "ann", "password": secret})
    assert client.get(f"/courses/{COURSE}/people/").status_code == 200
    assert audit_log.page_of(course_key=SME1).entries[0].verb == "enrolled"


@pytest.mark.parametrize("who", ["bob", "BOB", "bob@example.org"])
def test_an_account_that_is_there_gets_the_role_and_no_link(capsys, who):
    user = person("bob", Role.LEARNER)
    give_role(who, COURSE, "teacher", mail=None, name=None)
    assert role_of(user) is Role.TEACHER
    assert "http" not in capsys.readouterr().out
    assert audit_log.page_of(course_key=SME1).entries[0].verb == "role_changed"


def test_a_role_that_somebody_has_already_is_no_change():
    person("bob", Role.TEACHER)
    give_role("bob", COURSE, "teacher", mail=None, name=None)
    assert audit_log.page_of(course_key=SME1).entries == ()


@pytest.mark.parametrize(
    ("who", "course", "mail", "word"),
    [
        ("ann", COURSE, None, "--mail"),
        ("ann@college.example", COURSE, None, "There is no account with"),
        ("ann", COURSE, "nonsense", "cannot be made"),
        ("a n n", COURSE, "ann@college.example", "cannot be made"),
        ("ann", COURSE, "bob@example.org", "Another account"),
        ("ann", "course-v1:No+Such+Course", "ann@college.example", "There is no course"),
        ("ann", "nonsense", "ann@college.example", "is no course"),
        ("eve", COURSE, None, "is closed"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(who, course, mail, word):
    person("bob")
    person("eve", is_active=False)
    with pytest.raises(CannotStart) as told:
        give_role(who, course, "coordinator", mail=mail, name=None)
    assert word in str(told.value)
    assert "\n" not in str(told.value)
    assert not User.objects.filter(username="ann").exists()
