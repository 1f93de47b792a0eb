"""The same as in an LMS, for Studio: it knows none of the add-on's addresses; the check "editors as in Studio".

`iciinsmes.apps`, ``url_config``: plugins give their addresses to the LMS alone.
"""

from __future__ import annotations

from .lms_settings import *  # noqa: F403

# cms/envs/common.py: a path, for which no address needs to be known.
LOGIN_URL = "/login"
ROOT_URLCONF = "tests.hosts.studio_urls"
