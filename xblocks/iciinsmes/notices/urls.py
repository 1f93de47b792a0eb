"""Addresses of the inbox, below ``inbox/``."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="inbox-read-all"),
    path("mails/", views.preferences, name="inbox-preferences"),
    path("stop/", views.stop, name="inbox-stop"),
    path("stop/<str:token>/", views.stop_one_click, name="inbox-stop-one-click"),
    path("<row_id:notice_id>/", views.open_notice, name="inbox-open"),
]
