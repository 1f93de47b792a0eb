"""Addresses of best practices, below ``practice/``."""

from django.urls import path

from . import consent_views, views

urlpatterns = [
    path("consent/", consent_views.door, name="practice-door"),
    path("consent/<uuid:case_id>/", consent_views.consent, name="practice-consent"),
    path("<course_key:course_key>/", views.library, name="practice-library"),
    path("<course_key:course_key>/cases/<slug:key>/", views.case, name="practice-case"),
    path("<course_key:course_key>/read", views.read, name="practice-read"),
    path("<course_key:course_key>/projects/<uuid:project_id>/", views.proposal, name="practice-proposal"),
    path("<course_key:course_key>/projects/<uuid:project_id>/back", views.take_back, name="practice-back"),
    path("<course_key:course_key>/waiting/", views.waiting, name="practice-waiting"),
    path("<course_key:course_key>/waiting/<uuid:case_id>/", views.decide, name="practice-decide"),
]
