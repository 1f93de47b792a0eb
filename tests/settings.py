"""Settings of the tests: the campus as it is, on a throw-away folder and without the slow parts."""

import os
import tempfile

# Each worker has a home of its own: some tests count what lies in the storage.
if "PYTEST_XDIST_WORKER" in os.environ or "CAMPUS_HOME" not in os.environ:
    os.environ["CAMPUS_HOME"] = tempfile.mkdtemp(prefix="campus-test-")
os.environ.setdefault("CAMPUS_SECRET_KEY", "only-for-tests")
os.environ.setdefault("CAMPUS_EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")

from iciinsmes_campus.settings import *  # noqa: F403

# One language is quicker to read; tests of several say where theirs are.
COURSE_CATALOGUES = HOME / "no-translations"  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, because threads that share a database in memory do not wait for each other as they do in a real one.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}  # noqa: F405
else:
    DATABASES["default"]["TEST"] = {"CHARSET": "utf8mb4"}  # noqa: F405
