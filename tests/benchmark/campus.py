"""A campus in a throw-away folder, in this process: what every benchmark measures on."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def campus_of_its_own(name: str, *, database: str = "", demo: bool = False) -> Iterator[None]:
    """Set up Django for a new campus with its tables, and throw its folder away at the end.

    Once for each process, because Django is set up once.

    Args:
        name: of the benchmark, for the folder.
        database: an address such as ``mysql://user@localhost/name``; SQLite in the folder if empty.
        demo: whether the campus is one for the demo, which the caller loads.
    """
    with tempfile.TemporaryDirectory(prefix=f"{name}-benchmark-") as home:
        os.environ |= {"CAMPUS_HOME": home, "DJANGO_SETTINGS_MODULE": "iciinsmes_campus.settings"}
        if database:
            os.environ["CAMPUS_DATABASE_URL"] = database
        if demo:
            os.environ["CAMPUS_DEMO"] = "1"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield
