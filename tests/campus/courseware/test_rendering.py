"""Units as HTML."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from edx_django_utils.cache import RequestCache

from iciinsmes_campus.courseware import api
from iciinsmes_campus.learning import api as learning
from tests.campus.courseware.blocks import FailingBlock, HabitBlock
from tests.campus.folders import CHOICE, COURSE, key, policy, unit

Make = Callable[..., api.CourseNode]
HABIT = '<habit url_name="x1" weight="10"/>'


def render(user: Any, usage_key: Any = None) -> api.RenderedUnit:
    RequestCache.clear_all_namespaces()
    request = RequestFactory().get("/")
    request.user = user
    return api.render_unit(request=request, usage_key=usage_key or key("vertical", "u1"))


def test_an_authors_text(make: Make, ann: Any, django_assert_num_queries: Any) -> None:
    make(
        {
            "html/h1.html": '<p>Hello <b>reader</b> <img src="/static/a.svg"> %%USER_EMAIL%%</p>',
            "static/a.svg": "<svg/>",
        }
    )
    with django_assert_num_queries(1):
        rendered = render(ann)
    assert f'<b>reader</b> <img src="/courses/{COURSE}/static/a.svg"> ann@example.org' in rendered.html
    assert '<div id="h1" class="xblock' in rendered.html
    assert "jquery" not in rendered.foot_html
    assert "problem.css" not in rendered.head_html
    assert "googleapis" not in rendered.head_html
    assert rendered.foot_html.count("<script") == 2


def test_short_addresses(make: Make, ann: Any) -> None:
    make({"html/h1.html": '<a href="/jump_to_id/u1">x</a><a href="/jump_to_id/u9">y</a><img src="/static/no.png">'})
    html = render(ann).html
    assert f'href="/courses/{COURSE}/block/{key("vertical", "u1")}/"' in html
    assert 'href="/jump_to_id/u9"' in html
    assert 'src="/static/no.png"' in html


def test_a_broken_block_is_a_notice_beside_the_others(
    make: Make, ann: Any, install: Any, caplog: pytest.LogCaptureFixture
) -> None:
    install(failing=FailingBlock)
    make(unit('<failing url_name="f1"/><teleport url_name="t1"/><html url_name="h1"/>'))
    with caplog.at_level(logging.ERROR):
        html = render(ann).html
    assert html.count("courseware-notice") == 2
    assert "failing" in html
    assert "teleport" in html
    assert "reader" in html
    assert str(key("failing", "f1")) in caplog.text
    assert ann.email not in caplog.text


def test_a_scripted_problem_is_refused_in_its_place(make: Make, ann: Any) -> None:
    make(unit('<problem url_name="p1" display_name="X"><script type="loncapa/python">1/0</script></problem>'))
    assert "does not run such code" in render(ann).html


def test_a_problem_brings_what_it_needs(make: Make, ann: Any, django_assert_max_num_queries: Any) -> None:
    make(unit(CHOICE + CHOICE.replace("p1", "p2")))
    render(ann)
    with django_assert_max_num_queries(2):
        rendered = render(ann)
    assert rendered.foot_html.index("jquery.min.js") < rendered.foot_html.index("platform.js")
    assert rendered.foot_html.index("platform.js") < rendered.foot_html.index("ProblemBlockDisplay.js")
    assert rendered.foot_html.count("ProblemBlockDisplay.js") == 1
    assert "problem.css" in rendered.head_html
    assert rendered.html.count('data-init="Problem"') == 2
    assert "emit_event" not in rendered.html


def test_what_a_foreign_block_brings(make: Make, ann: Any, install: Any) -> None:
    install(habit=HabitBlock)
    make({**unit(HABIT + HABIT.replace("x1", "x2")), "static/a.svg": "<svg/>"})
    request = RequestFactory().get("/")
    request.user, request.csp_nonce = ann, "N0nce"  # type: ignore[attr-defined]
    rendered = api.render_unit(request=request, usage_key=key("vertical", "u1"))
    assert rendered.foot_html.count('<script nonce="N0nce">function Habit') == 1
    assert "example.com" not in rendered.head_html + rendered.foot_html
    assert ".habit { color: red }" in rendered.head_html
    assert "alert(1)" in rendered.html
    assert "</script><script>" not in rendered.html
    assert "jquery" in rendered.foot_html
    assert "0/0/0" in rendered.html


@pytest.mark.parametrize("who", ["stranger", "visitor"])
def test_strangers_see_nothing(make: Make, person: Any, who: str) -> None:
    from django.contrib.auth.models import AnonymousUser

    make()
    with pytest.raises(api.Closed):
        render(person("eve") if who == "stranger" else AnonymousUser())
    with pytest.raises(api.UnknownBlock):
        render(AnonymousUser(), key("vertical", "nowhere"))


def test_what_has_not_begun_is_for_staff(make: Make, ann: Any, tom: Any) -> None:
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    make(policy(vertical__u1={"start": later}))
    with pytest.raises(api.Closed):
        render(ann)
    assert "reader" in render(tom).html


def test_a_part_for_staff_is_left_out(make: Make, ann: Any, tom: Any) -> None:
    make(policy(html__h1={"visible_to_staff_only": True}))
    assert "reader" not in render(ann).html
    assert 'data-seen=""' in render(ann).html
    assert "reader" in render(tom).html


def test_the_editor_is_for_staff(make: Make, ann: Any, tom: Any, install: Any) -> None:
    install(habit=HabitBlock)
    make(unit('<habit url_name="x1" text="old words"/>'))
    request = RequestFactory().get("/")
    request.user = tom
    assert "old words" in api.render_editor(request=request, usage_key=key("habit", "x1")).html
    request.user = ann
    with pytest.raises(api.Closed):
        api.render_editor(request=request, usage_key=key("habit", "x1"))


def test_due_dates_of_one_person(make: Make, ann: Any) -> None:
    make({**unit(CHOICE), **policy(sequential__s1={"due": "2020-01-01T00:00:00Z"})})
    assert "disabled" in render(ann).html
    learning.extend_due(user_id=ann.pk, usage_key=key("sequential", "s1"), until=datetime.now(UTC) + timedelta(days=1))
    assert "data-should-enable-submit-button=&quot;True" in render(ann).html


def test_files_of_a_course(make: Make, ann: Any, person: Any) -> None:
    make({"static/deep/a.svg": "<svg onload='x()'/>", "static/b.pdf": b"%PDF", "secret.txt": "s"})
    client = Client()
    url = f"/courses/{COURSE}/static/"
    assert client.get(f"{url}b.pdf").status_code == 302
    client.force_login(person("eve"))
    assert client.get(f"{url}b.pdf").status_code == 404
    client.force_login(ann)
    picture = client.get(f"{url}deep/a.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "sandbox" in picture["Content-Security-Policy"]
    assert "private" in picture["Cache-Control"]
    assert client.get(f"{url}b.pdf")["Content-Type"] == "application/pdf"
    for path in ("none.png", "../secret.txt", "..%2fsecret.txt", "deep"):
        assert client.get(url + path).status_code == 404


def test_files_of_a_package(make: Make) -> None:
    make()
    client = Client()
    script = client.get("/courses/resource/problem/public/js/ProblemBlockDisplay.js?v=1")
    assert script.status_code == 200
    assert "immutable" in script["Cache-Control"]
    styles = client.get("/courses/resource/problem/public/css/ProblemBlockDisplay.css").content.decode()
    assert "googleapis" not in styles
    for path in (
        "problem/capa_block.py",
        "problem/public/../capa_block.py",
        "nothing/public/x.js",
        "problem/public/x.js",
    ):
        assert client.get(f"/courses/resource/{path}").status_code == 404


def test_seeing_a_unit_completes_its_texts(make: Make, ann: Any, person: Any) -> None:
    make(unit('<html url_name="h1"/><html url_name="h2">two</html>' + CHOICE + '<teleport url_name="t1"/>'))
    client = Client()
    url = f"/courses/{COURSE}/unit/{key('vertical', 'u1')}/seen"
    client.force_login(person("eve"))
    assert client.post(url).status_code == 404
    client.force_login(ann)
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 204
    assert client.post(url).status_code == 204
    done = learning.completions(user_id=ann.pk, course_key=COURSE)
    assert done == {key("html", "h1"): 1.0, key("html", "h2"): 1.0}
    assert learning.fraction_done(api.node(key("vertical", "u1")), done) == pytest.approx(2 / 3)


def test_uploads_reach_a_block(make: Make, ann: Any, install: Any) -> None:
    install(habit=HabitBlock)
    make(unit(HABIT))
    client = Client()
    client.force_login(ann)
    file = SimpleUploadedFile("a.txt", b"12345")
    answer = client.post(f"/courses/xblock/{key('habit', 'x1')}/learn/upload", {"file": file, "note": "hi"})
    assert answer.json() == {"name": "a.txt", "size": 5, "note": "hi"}
