"""Addresses of the directory of support, below ``support/``."""

from django.urls import path

from . import keeping_views, table_views, views

_RUN = "<course_key:course_key>/"
_DESK = f"{_RUN}desk/"
_ENTRY = "entries/<uuid:entry_id>/"

urlpatterns = [
    path(_RUN, views.referral, name="support"),
    path(f"{_RUN}all/", views.directory, name="support-directory"),
    path(f"{_RUN}{_ENTRY}", views.entry, name="support-entry"),
    path(f"{_RUN}{_ENTRY}contacted/", views.contacted, name="support-contacted"),
    path(f"{_RUN}contacts/<int:contact_id>/", views.outcome, name="support-outcome"),
    path(_DESK, keeping_views.desk, name="support-desk"),
    path(f"{_DESK}new/", keeping_views.new, name="support-new"),
    path(f"{_DESK}{_ENTRY}", keeping_views.edit, name="support-edit"),
    path(f"{_DESK}{_ENTRY}checked/", keeping_views.checked, name="support-checked"),
    path(f"{_DESK}{_ENTRY}history/", keeping_views.history, name="support-history"),
    path(f"{_DESK}examples/", keeping_views.examples, name="support-examples"),
    path(f"{_DESK}editors/", keeping_views.editors, name="support-editors"),
    path(f"{_DESK}editors/<int:editor_id>/", keeping_views.take, name="support-editor-take"),
    path(f"{_DESK}table/", table_views.begin, name="support-import"),
    path(f"{_DESK}table/<uuid:import_id>/", table_views.preview, name="support-table"),
    path(f"{_DESK}table/<uuid:import_id>/drop/", table_views.cancel, name="support-table-drop"),
    path(f"{_DESK}out/<slug:kind>/", table_views.take_out, name="support-out"),
]
