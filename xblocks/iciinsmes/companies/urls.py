"""Addresses of firms, below ``companies/``; a learner's own firm has no id in its address that could be guessed."""

from django.urls import path

import iciinsmes.platform.urls  # noqa: F401 - brings the path converters

from . import coordinator_views, import_views, views

IMPORT = "<course_key:course_key>/firms/import/"
COMPANY = "<course_key:course_key>/firms/<row_id:company_id>/"

urlpatterns = [
    path("<course_key:course_key>/", views.company, name="company"),
    path("<course_key:course_key>/register/", views.register, name="company-register"),
    path("<course_key:course_key>/join/", views.join, name="company-join"),
    path("<course_key:course_key>/code/", views.code, name="company-code"),
    path("<course_key:course_key>/leave/", views.leave, name="company-leave"),
    path("<course_key:course_key>/firms/", coordinator_views.company_list, name="firms"),
    path(IMPORT, import_views.begin, name="firm-import"),
    path(f"{IMPORT}<uuid:import_id>/", import_views.preview, name="firm-import-preview"),
    path(f"{IMPORT}<uuid:import_id>/cancel/", import_views.cancel, name="firm-import-cancel"),
    path(COMPANY, coordinator_views.company, name="firm"),
    path(f"{COMPANY}code/", coordinator_views.code, name="firm-code"),
    path(f"{COMPANY}merge/", coordinator_views.merge, name="firm-merge"),
    path(f"{COMPANY}coaches/", coordinator_views.add_coach, name="firm-coach-add"),
    path(f"{COMPANY}coaches/<row_id:user_id>/remove/", coordinator_views.remove_coach, name="firm-coach-remove"),
]
