"""Addresses of the exercises room, below ``exercises/``."""

from django.urls import path

from . import list_views, result_views, views

urlpatterns = [
    path("results/<uuid:result_id>/", result_views.result, name="tool-result"),
    path("results/<uuid:result_id>/share", result_views.share, name="tool-result-share"),
    path("results/<uuid:result_id>/remove", result_views.remove, name="tool-result-remove"),
    path("results/<uuid:result_id>/figures.csv", result_views.figures, name="tool-result-figures"),
    path("results/<uuid:result_id>/result.json", result_views.whole, name="tool-result-json"),
    path("results/<uuid:result_id>/charts/<int:number>.svg", result_views.chart, name="tool-result-chart"),
    path("data/<uuid:data_set_id>/table.csv", list_views.table, name="tool-data"),
    path("<course_key:course_key>/mine/", list_views.mine, name="exercise-mine"),
    path(
        "<course_key:course_key>/mine/<uuid:data_set_id>/share", list_views.share_data, name="exercise-mine-data-share"
    ),
    path(
        "<course_key:course_key>/mine/<uuid:data_set_id>/remove",
        list_views.remove_data,
        name="exercise-mine-data-remove",
    ),
    path("<course_key:course_key>/firm/", list_views.of_company, name="exercise-firm"),
    path("<course_key:course_key>/attempts/", list_views.attempts, name="exercise-attempts"),
    path("<course_key:course_key>/staff/", list_views.of_staff, name="exercise-staff"),
    path("<usage_key:usage_key>/", views.part, name="exercise"),
    path("<usage_key:usage_key>/look", views.look, name="exercise-look"),
    path("<usage_key:usage_key>/grid", views.grid, name="exercise-grid"),
    path("<usage_key:usage_key>/keep", views.keep, name="exercise-keep"),
    path("<usage_key:usage_key>/canvas", views.take_canvas, name="exercise-canvas"),
    path("<usage_key:usage_key>/canvas/new", views.new_canvas, name="exercise-canvas-new"),
    path("<usage_key:usage_key>/begin", views.begin, name="exercise-begin"),
    path("<usage_key:usage_key>/attempts/<uuid:attempt_id>", views.answer, name="exercise-answer"),
]
