"""Addresses of certificates, below ``certificates/``."""

from django.urls import path

from . import session_views, staff_views, views

_RUN = "<course_key:course_key>/"
_LEARNER = f"{_RUN}people/<int:learner_id>/"
_ISSUED = f"{_LEARNER}<uuid:certificate_id>/"

urlpatterns = [
    path("check/<str:code>/", views.check, name="certificate-check"),
    path("sheet/<uuid:certificate_id>/", views.sheet, name="certificate-sheet"),
    path("sheet/<uuid:certificate_id>/sheet.json", views.sheet_file, name="certificate-file"),
    path("sheet/<uuid:certificate_id>/name/", views.show_name, name="certificate-name"),
    path(_RUN, views.mine, name="certificate"),
    path(f"{_RUN}people/", staff_views.overview, name="certificates"),
    path(f"{_RUN}criteria/", staff_views.criteria, name="certificate-criteria"),
    path(_LEARNER, staff_views.learner, name="certificate-learner"),
    path(f"{_LEARNER}word/", staff_views.word, name="certificate-word"),
    path(f"{_LEARNER}issue/", staff_views.issue, name="certificate-issue"),
    path(f"{_ISSUED}revoke/", staff_views.revoke, name="certificate-revoke"),
    path(f"{_ISSUED}rename/", staff_views.rename, name="certificate-rename"),
    path(f"{_RUN}sessions/", session_views.sessions, name="certificate-sessions"),
    path(f"{_RUN}sessions/<int:session_id>/", session_views.session, name="certificate-session"),
    path(f"{_RUN}sessions/<int:session_id>/remove/", session_views.remove, name="certificate-session-remove"),
]
