"""Addresses of the toolbox, below ``toolbox/``."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.toolbox, name="toolbox"),
    path("<slug:key>/", views.instrument, name="toolbox-instrument"),
    path("<slug:key>/template.csv", views.template_csv, name="toolbox-template-csv"),
    path("<slug:key>/template.xlsx", views.template_xlsx, name="toolbox-template-xlsx"),
    path("<slug:key>/try/", views.try_it, name="toolbox-try"),
]
