"""Addresses of the assignments room, below ``work/``."""

from django.urls import path

from . import item_views, mentor_views, result_views, talk_views, upload_views, views

urlpatterns = [
    path("results/<course_key:course_key>/<uuid:result_id>/offers", result_views.offers, name="work-result-offers"),
    path("<usage_key:usage_key>/", views.part, name="work"),
    path("<usage_key:usage_key>/print", views.print_page, name="work-print"),
    path("<usage_key:usage_key>/talk/", talk_views.talk, name="work-talk"),
    path("<usage_key:usage_key>/draft", views.draft, name="work-draft"),
    path("<usage_key:usage_key>/colleagues", views.colleagues, name="work-colleagues"),
    path("<usage_key:usage_key>/answers/<slug:question_key>/source", views.source, name="work-source"),
    path("<usage_key:usage_key>/hand-in", views.hand_in, name="work-hand-in"),
    path("<usage_key:usage_key>/rounds/<uuid:round_id>/withdraw", views.withdraw, name="work-withdraw"),
    path("<usage_key:usage_key>/mentor", mentor_views.mentor, name="work-mentor"),
    path("<usage_key:usage_key>/mentor/paper", mentor_views.paper, name="work-mentor-paper"),
    path("<usage_key:usage_key>/files/begin", upload_views.begin, name="work-upload-begin"),
    path("<usage_key:usage_key>/files/<uuid:upload_id>/chunk", upload_views.chunk, name="work-upload-chunk"),
    path("<usage_key:usage_key>/files/<uuid:upload_id>/finish", upload_views.finish, name="work-upload-finish"),
    path("<usage_key:usage_key>/files/<uuid:upload_id>/cancel", upload_views.cancel, name="work-upload-cancel"),
    path("<usage_key:usage_key>/files/<uuid:evidence_id>/remove", upload_views.remove, name="work-evidence-remove"),
    path(
        "<usage_key:usage_key>/files/<uuid:evidence_id>/describe", upload_views.describe, name="work-evidence-describe"
    ),
    path("<usage_key:usage_key>/results", result_views.results, name="work-results"),
    path("<usage_key:usage_key>/results/attach", result_views.attach, name="work-result"),
    path("<usage_key:usage_key>/items/add", item_views.add, name="work-item-add"),
    path("<usage_key:usage_key>/items/preview", item_views.preview, name="work-item-preview"),
    path("<usage_key:usage_key>/items/<uuid:item_id>", item_views.fields, name="work-item-fields"),
    path("<usage_key:usage_key>/items/<uuid:item_id>/change", item_views.change, name="work-item-change"),
    path("<usage_key:usage_key>/items/<uuid:item_id>/remove", item_views.remove, name="work-item-remove"),
]
