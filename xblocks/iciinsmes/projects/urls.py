"""Addresses of projects, below ``projects/``."""

from django.urls import path

from . import (
    entry_views,
    exchange_views,
    file_views,
    gate_views,
    pause_views,
    report_views,
    staff_views,
    summary_views,
    talk_views,
    views,
)

_STAFF = [
    path("coached/", staff_views.coached, name="projects-coached"),
    path("<course_key:course_key>/coached/", staff_views.coached, name="projects-coached-run"),
    path("<course_key:course_key>/matrix/", staff_views.matrix, name="projects-matrix"),
    path("<course_key:course_key>/overview/", staff_views.overview, name="projects-overview"),
    path("<course_key:course_key>/overview/projects.csv", staff_views.overview_csv, name="projects-overview-csv"),
    path("<course_key:course_key>/rules/", staff_views.rules, name="projects-rules"),
    path("<course_key:course_key>/rules/reset/", staff_views.reset_rules, name="projects-rules-reset"),
    path("<course_key:course_key>/<uuid:project_id>/talks/", talk_views.talks, name="project-talks"),
    path("<course_key:course_key>/<uuid:project_id>/talks/<uuid:talk_id>/", talk_views.talk, name="project-talk"),
    path(
        "<course_key:course_key>/<uuid:project_id>/talks/<uuid:talk_id>/measure/",
        talk_views.measure,
        name="project-talk-measure",
    ),
    path("<course_key:course_key>/<uuid:project_id>/light/", talk_views.light, name="project-light"),
    path("<course_key:course_key>/<uuid:project_id>/light/end/", talk_views.end_light, name="project-light-end"),
]

_PROJECT = "<course_key:course_key>/<uuid:project_id>/"
_ENTRY = f"{_PROJECT}entries/<uuid:entry_id>/"
_REQUEST = f"{_PROJECT}gates/<uuid:request_id>/"
_FILES = f"{_ENTRY}files/"
_SECTION = f"{_PROJECT}report/<slug:name>/"
_LINKS = f"{_PROJECT}summary/links/"
_TOGETHER = f"{_PROJECT}together/<uuid:other_id>/"

_REPORT = [
    path("summary/", summary_views.door, name="summary-door"),
    path("summary/<uuid:link_id>/", summary_views.summary, name="summary"),
    path(f"{_PROJECT}summary/", summary_views.preview, name="project-summary"),
    path(_LINKS, summary_views.links, name="project-summary-links"),
    path(f"{_LINKS}<uuid:link_id>/revoke/", summary_views.revoke, name="project-summary-revoke"),
    path(f"{_PROJECT}report/", report_views.report, name="project-report"),
    path(f"{_PROJECT}report.pdf", report_views.pdf, name="project-report-pdf"),
    path(_SECTION, report_views.section, name="project-report-section"),
    path(f"{_SECTION}renew/", report_views.renew, name="project-report-renew"),
    path(f"{_SECTION}figure/", report_views.take_or_leave, name="project-report-figure"),
    path(f"{_PROJECT}exam/", report_views.exam, name="project-exam"),
    path(f"{_PROJECT}exchange/", exchange_views.exchange, name="project-exchange"),
    path(f"{_PROJECT}exchange/project.zip", exchange_views.tables, name="project-tables"),
    path(f"{_PROJECT}exchange/project.json", exchange_views.file, name="project-file"),
    path("<course_key:course_key>/bring-in/", exchange_views.bring_in, name="project-bring-in"),
    path(_TOGETHER, exchange_views.together, name="project-together"),
    path(f"{_TOGETHER}do/", exchange_views.bring_together, name="project-bring-together"),
]

urlpatterns = [
    *_REPORT,
    *_STAFF,
    path("<course_key:course_key>/", views.own, name="project-own"),
    path("<course_key:course_key>/requests/<uuid:request_id>/", views.gate_request, name="project-request"),
    path(_PROJECT, views.project, name="project"),
    path(f"{_PROJECT}part/<slug:name>/", views.part, name="project-part"),
    path(f"{_PROJECT}new/<slug:kind>/", entry_views.new, name="project-entry-new"),
    path(f"{_PROJECT}removed/", entry_views.removed, name="project-removed"),
    path(_ENTRY, entry_views.entry, name="project-entry"),
    path(f"{_ENTRY}remove/", entry_views.remove, name="project-entry-remove"),
    path(f"{_ENTRY}back/", entry_views.back, name="project-entry-back"),
    path(f"{_ENTRY}history/", entry_views.history, name="project-entry-history"),
    path(f"{_FILES}begin/", file_views.begin, name="project-file-begin"),
    path(f"{_FILES}<uuid:upload_id>/chunk/", file_views.chunk, name="project-file-chunk"),
    path(f"{_FILES}<uuid:upload_id>/finish/", file_views.finish, name="project-file-finish"),
    path(f"{_FILES}<uuid:upload_id>/cancel/", file_views.cancel, name="project-file-cancel"),
    path(f"{_FILES}<uuid:evidence_id>/remove/", file_views.remove, name="project-file-remove"),
    path(f"{_PROJECT}gates/ask/", gate_views.ask, name="project-gate-ask"),
    path(f"{_PROJECT}gates/back/", gate_views.back, name="project-gate-back"),
    path(f"{_REQUEST}withdraw/", gate_views.withdraw, name="project-gate-withdraw"),
    path(f"{_REQUEST}decide/", gate_views.decide, name="project-gate-decide"),
    path(f"{_REQUEST}link/<slug:decider>/", gate_views.link, name="project-gate-link"),
    path(f"{_PROJECT}next/", gate_views.begin_next, name="project-next"),
    path(f"{_PROJECT}pauses/", pause_views.declare, name="project-pause"),
    path(f"{_PROJECT}pauses/<int:pause_id>/", pause_views.change, name="project-pause-change"),
    path(f"{_PROJECT}take/", pause_views.take, name="project-take"),
]
