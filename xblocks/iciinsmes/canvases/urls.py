"""Addresses of canvases, below ``canvases/``."""

from django.urls import path

from . import card_views, export_views, views

urlpatterns = [
    path("", views.courses, name="canvas-courses"),
    path("<uuid:canvas_id>/", views.canvas, name="canvas"),
    path("<uuid:canvas_id>/rename", views.rename, name="canvas-rename"),
    path("<uuid:canvas_id>/share", views.share, name="canvas-share"),
    path("<uuid:canvas_id>/remove", views.remove, name="canvas-remove"),
    path("<uuid:canvas_id>/changes", card_views.changes, name="canvas-changes"),
    path("<uuid:canvas_id>/versions/", export_views.versions, name="canvas-versions"),
    path("<uuid:canvas_id>/versions/<row_id:number>/restore", export_views.restore, name="canvas-restore"),
    path("<uuid:canvas_id>/result/", export_views.result, name="canvas-result"),
    path("<uuid:canvas_id>/canvas.svg", export_views.svg, name="canvas-svg"),
    path("<uuid:canvas_id>/canvas.csv", export_views.csv, name="canvas-csv"),
    path("<uuid:canvas_id>/canvas.xlsx", export_views.xlsx, name="canvas-xlsx"),
    path("<uuid:canvas_id>/cards/new", card_views.new, name="canvas-card-new"),
    path("<uuid:canvas_id>/cards/<row_id:card_id>", card_views.card, name="canvas-card"),
    path("<uuid:canvas_id>/cards/<row_id:card_id>/move", card_views.move, name="canvas-card-move"),
    path("<uuid:canvas_id>/cards/<row_id:card_id>/remove", card_views.remove, name="canvas-card-remove"),
    path("<uuid:canvas_id>/cards/<row_id:card_id>/back", card_views.back, name="canvas-card-back"),
    path("<course_key:course_key>/", views.canvases, name="canvases"),
]
