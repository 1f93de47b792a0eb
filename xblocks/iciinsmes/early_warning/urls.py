"""Addresses of early warning, below ``early/``."""

from django.urls import path

from . import alarm_views, entry_views, views

_FIRM = "<course_key:course_key>/<int:company_id>/"
_INDICATOR = f"{_FIRM}indicators/<slug:key>/"

urlpatterns = [
    path("<course_key:course_key>/", views.own, name="early-warning"),
    path(_FIRM, views.firm, name="early-warning-firm"),
    path(_INDICATOR, views.indicator, name="early-indicator"),
    path(f"{_INDICATOR}limits/", alarm_views.limits, name="early-limits"),
    path(f"{_FIRM}month/", entry_views.month, name="early-month"),
    path(f"{_FIRM}table/", entry_views.table, name="early-table"),
    path(f"{_FIRM}choices/", views.choices, name="early-choices"),
    path(f"{_FIRM}alarms/<uuid:alarm_id>/", alarm_views.alarm, name="early-alarm"),
]
