"""Addresses of the desk, below ``desk/``."""

from django.urls import path

from . import (
    agreement_views,
    allocation_views,
    correct_views,
    exception_views,
    file_views,
    filter_views,
    marking_views,
    mentor_views,
    people_views,
    release_views,
    remark_views,
    snippet_views,
    staff_views,
    views,
)
from .reports import views as reports

urlpatterns = [
    path("", views.index, name="desk"),
    path("all/", filter_views.everywhere, name="desk-all"),
    path("all/filters/", filter_views.save_everywhere, name="desk-filters-all"),
    path("filters/<int:filter_id>/remove/", filter_views.remove, name="desk-filter-remove"),
    path("<course_key:course_key>/filters/", filter_views.save, name="desk-filters"),
    path("<course_key:course_key>/agreement/", agreement_views.agreement, name="desk-agreement"),
    path("<course_key:course_key>/allocation/", allocation_views.allocation, name="desk-allocation"),
    path("<course_key:course_key>/allocation/evenly/", allocation_views.allocate_evenly, name="desk-allocate-evenly"),
    path(
        "<course_key:course_key>/allocation/<int:company_id>/",
        allocation_views.allocate_firm,
        name="desk-allocate-firm",
    ),
    path("<course_key:course_key>/release/", release_views.releases, name="desk-releases"),
    path("<course_key:course_key>/release/now/", release_views.let_out, name="desk-let-out"),
    path("<course_key:course_key>/waiting/<uuid:subject_id>/claim/", staff_views.claim, name="desk-claim"),
    path("<course_key:course_key>/waiting/<uuid:subject_id>/allocate/", staff_views.allocate, name="desk-allocate"),
    path("<course_key:course_key>/rounds/<uuid:round_id>/marking/", marking_views.act, name="desk-marking"),
    path("<course_key:course_key>/people/", people_views.people, name="desk-people"),
    path("<course_key:course_key>/", views.queue, name="desk-queue"),
    path("<course_key:course_key>/snippets/", snippet_views.snippets, name="desk-snippets"),
    path(
        "<course_key:course_key>/snippets/<uuid:snippet_id>/remove/", snippet_views.remove, name="desk-snippet-remove"
    ),
    path("<course_key:course_key>/rounds/<uuid:round_id>/snippets/", snippet_views.beside, name="desk-round-snippets"),
    path("<course_key:course_key>/rounds/<uuid:round_id>/", views.grade, name="desk-round"),
    path("<course_key:course_key>/rounds/<uuid:round_id>/reopen/", views.reopen, name="desk-reopen"),
    path("<course_key:course_key>/rounds/<uuid:round_id>/draft/", views.draft, name="desk-draft"),
    path("<course_key:course_key>/reports/", reports.index, name="desk-reports"),
    path("<course_key:course_key>/reports/<slug:name>/", reports.report, name="desk-report"),
    path("<course_key:course_key>/exceptions/", exception_views.of_course, name="desk-exceptions"),
    path(
        "<course_key:course_key>/exceptions/<uuid:extension_id>/end/",
        exception_views.end_extension,
        name="desk-extension-end",
    ),
    path(
        "<course_key:course_key>/rounds/<uuid:round_id>/exceptions/",
        exception_views.of_round,
        name="desk-round-exceptions",
    ),
    path("<course_key:course_key>/rounds/<uuid:round_id>/correct/", correct_views.correct, name="desk-correct"),
    path("<course_key:course_key>/rounds/<uuid:round_id>/sign/", mentor_views.sign, name="desk-sign"),
    path("<course_key:course_key>/rounds/<uuid:round_id>/remarks/", remark_views.add, name="desk-remarks"),
    path(
        "<course_key:course_key>/rounds/<uuid:round_id>/remarks/<uuid:remark_id>/change/",
        remark_views.change,
        name="desk-remark-change",
    ),
    path(
        "<course_key:course_key>/rounds/<uuid:round_id>/remarks/<uuid:remark_id>/remove/",
        remark_views.remove,
        name="desk-remark-remove",
    ),
    path("<course_key:course_key>/rounds/<uuid:round_id>/files/begin/", file_views.begin, name="desk-file-begin"),
    path(
        "<course_key:course_key>/rounds/<uuid:round_id>/files/<uuid:upload_id>/chunk/",
        file_views.chunk,
        name="desk-file-chunk",
    ),
    path(
        "<course_key:course_key>/rounds/<uuid:round_id>/files/<uuid:upload_id>/finish/",
        file_views.finish,
        name="desk-file-finish",
    ),
    path(
        "<course_key:course_key>/rounds/<uuid:round_id>/files/<uuid:upload_id>/cancel/",
        file_views.cancel,
        name="desk-file-cancel",
    ),
    path(
        "<course_key:course_key>/rounds/<uuid:round_id>/files/<uuid:file_id>/remove/",
        file_views.remove,
        name="desk-file-remove",
    ),
]
