"""Addresses of evaluations, below ``evaluation/``."""

from django.urls import path

from . import kept_views, report_views, views

urlpatterns = [
    path("", report_views.reports, name="evaluation-reports"),
    path("report/<uuid:report_id>/", report_views.report, name="evaluation-report"),
    path("report/<uuid:report_id>/progress/", report_views.progress, name="evaluation-progress"),
    path("report/<uuid:report_id>/drop/", report_views.drop, name="evaluation-drop"),
    path("kept/", kept_views.door, name="kept-door"),
    path("kept/<uuid:question_id>/", kept_views.kept, name="kept"),
    path("answer/<usage_key:usage_key>/", views.answer, name="reaction-answer"),
    path("<course_key:course_key>/", views.reactions, name="reactions"),
    path("<course_key:course_key>/about/", views.about, name="evaluation-about"),
]
