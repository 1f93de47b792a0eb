"""Open edX as host: the only package that imports the platform, inside functions or in a module that only it loads.

So the add-on also installs, starts and is tested where there is no platform. `tests/openedx` proves the calls inside a
real LMS; the decision on grades and completion has the reasons.
"""

from .host import OpenEdxHost

__all__ = ["OpenEdxHost"]
