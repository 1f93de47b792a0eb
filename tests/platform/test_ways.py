"""The ways to the desk take part in the platform's filters, beside what a site has named."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from iciinsmes.settings import common, production

RENDER = "org.openedx.learning.instructor.dashboard.render.started.v1"
TABS = "org.openedx.learning.instructor.dashboard.tabs.requested.v1"
OTHER = "org.openedx.learning.course.enrollment.started.v1"
OURS = "iciinsmes.desk.dashboard.DashboardSection"


def site(**more):
    return SimpleNamespace(INSTALLED_APPS=[], MIDDLEWARE=[], MAKO_TEMPLATE_DIRS_BASE=["theirs"], **more)


def steps(settings, name=RENDER):
    return settings.OPEN_EDX_FILTERS_CONFIG[name]["pipeline"]


def test_both_dashboards_get_a_step_and_the_template_has_a_folder():
    settings = site()
    common.plugin_settings(settings)
    assert steps(settings) == [OURS]
    assert steps(settings, TABS) == ["iciinsmes.desk.dashboard.DashboardTab"]
    first, ours = settings.MAKO_TEMPLATE_DIRS_BASE
    assert first == "theirs"
    assert (Path(ours) / "iciinsmes" / "iciinsmes_desk.html").is_file()


@pytest.mark.parametrize(
    "configured",
    [{"pipeline": ["site.Step"], "fail_silently": False}, ["site.Step"], "site.Step"],
)
def test_a_sites_own_steps_stay_and_go_first(configured):
    settings = site(OPEN_EDX_FILTERS_CONFIG={RENDER: configured, OTHER: {"pipeline": ["site.Other"]}})
    common.plugin_settings(settings)
    assert steps(settings) == ["site.Step", OURS]
    assert settings.OPEN_EDX_FILTERS_CONFIG[RENDER]["fail_silently"] is not isinstance(configured, dict)
    assert settings.OPEN_EDX_FILTERS_CONFIG[OTHER] == {"pipeline": ["site.Other"]}


def test_they_are_there_again_after_a_sites_yaml_has_replaced_all_and_never_twice():
    settings = site()
    common.plugin_settings(settings)
    production.plugin_settings(settings)
    assert steps(settings) == [OURS]
    assert len(settings.MAKO_TEMPLATE_DIRS_BASE) == 2
    settings.OPEN_EDX_FILTERS_CONFIG = {RENDER: {"pipeline": ["site.Step"]}}
    production.plugin_settings(settings)
    assert steps(settings) == ["site.Step", OURS]
    assert steps(settings, TABS)


def test_a_host_without_the_platforms_templates_gets_no_filters():
    settings = SimpleNamespace(INSTALLED_APPS=[], MIDDLEWARE=[])
    common.plugin_settings(settings)
    assert not hasattr(settings, "OPEN_EDX_FILTERS_CONFIG")
