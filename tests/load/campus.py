"""A campus for a load: empty, but for many learners."""

from __future__ import annotations

import os
from pathlib import Path

PASSWORD = "load-test-password"


def prepare(home: Path, people: int, database: dict[str, str]) -> list[str]:
    """Create database and learners in ``home``; return their user names.

    The settings read the environment once, so this must be the first use of Django in the process.
    """
    os.environ |= {"CAMPUS_HOME": str(home), "DJANGO_SETTINGS_MODULE": "iciinsmes_campus.settings", **database}
    import django

    django.setup()
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from iciinsmes_campus.courseware.api import courses
    from iciinsmes_campus.learning.api import enrol

    call_command("migrate", verbosity=0)
    hashed = make_password(PASSWORD)
    names = [f"load-{number:03}" for number in range(people)]
    for name in names:
        user = User.objects.create(username=name, email=f"{name}@example.org", password=hashed)
        enrol(user_id=user.id, course_key=courses()[0].key)
    return names
