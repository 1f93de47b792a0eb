"""Addresses of the add-on's own pages and page parts; the host mounts them under ``iciinsmes/``."""

from django.urls import include, path, register_converter

from iciinsmes.platform.urls import CourseKeyConverter, UsageKeyConverter

register_converter(CourseKeyConverter, "course_key")
register_converter(UsageKeyConverter, "usage_key")

app_name = "iciinsmes"

urlpatterns = [
    path("work/", include("iciinsmes.assignments.urls")),
    path("evidence/", include("iciinsmes.evidence.urls")),
    path("desk/", include("iciinsmes.desk.urls")),
]
