"""Addresses of the courses' pages."""

from django.urls import path

import iciinsmes.platform.urls  # noqa: F401 - brings the path converters

from . import gradebook, home, people, progress, unit, whole

COURSE = "courses/<course_key:course_key>/"

urlpatterns = [
    path("", home.home, name="home"),
    path(COURSE, home.course, name="course"),
    path(f"{COURSE}unit/<usage_key:usage_key>/", unit.unit, name="unit"),
    path(f"{COURSE}block/<usage_key:usage_key>/", unit.block, name="block"),
    path(f"{COURSE}whole/", whole.whole, name="whole"),
    path(f"{COURSE}progress/", progress.progress, name="progress"),
    path(f"{COURSE}gradebook/", gradebook.gradebook, name="gradebook"),
    path(f"{COURSE}gradebook.csv", gradebook.gradebook_csv, name="gradebook-csv"),
    path(f"{COURSE}people/", people.people, name="people"),
    path(f"{COURSE}people/<row_id:user_id>/role/", people.change_role, name="people-role"),
    path(f"{COURSE}people/<row_id:user_id>/remove/", people.remove, name="people-remove"),
]
