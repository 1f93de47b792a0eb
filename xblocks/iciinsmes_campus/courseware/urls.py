"""Addresses of the courseware.

The root URLconf mounts them: ``path("courses/", include("iciinsmes_campus.courseware.urls"))``, on the top level and
before other addresses below ``courses/``. Their names are ``courseware:handler`` and so on.
"""

from django.urls import path

# Registers the converters of keys, which Django lets nobody register twice.
from iciinsmes import urls as _converters  # noqa: F401

from . import views

app_name = "courseware"

urlpatterns = [
    path("xblock/<usage_key:usage_key>/<slug:kind>/<str:name>", views.handler, name="handler"),
    path("xblock/<usage_key:usage_key>/<slug:kind>/<str:name>/<path:suffix>", views.handler),
    path("resource/<str:block_type>/<path:uri>", views.resource, name="resource"),
    path("<course_key:course_key>/static/<path:path>", views.static, name="static"),
    path("<course_key:course_key>/unit/<usage_key:usage_key>/seen", views.seen, name="seen"),
]
