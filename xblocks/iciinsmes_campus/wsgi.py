"""WSGI entry point of the campus."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iciinsmes_campus.settings")
application = get_wsgi_application()
