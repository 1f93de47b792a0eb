"""Addresses of firms, below ``companies/``; a learner's own firm has no id in its address that could be guessed."""

from django.urls import path

from . import views

urlpatterns = [
    path("<course_key:course_key>/", views.company, name="company"),
    path("<course_key:course_key>/register/", views.register, name="company-register"),
    path("<course_key:course_key>/join/", views.join, name="company-join"),
    path("<course_key:course_key>/code/", views.code, name="company-code"),
    path("<course_key:course_key>/leave/", views.leave, name="company-leave"),
]
