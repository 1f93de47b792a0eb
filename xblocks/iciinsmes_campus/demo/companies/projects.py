"""The development projects of the demo's firms, each at another gate and with another light."""

from __future__ import annotations

from . import elservicefyn_project, nordlicht_project, poddebem_project, szephaj_project

PROJECTS = (
    nordlicht_project.PROJECT,
    poddebem_project.PROJECT,
    elservicefyn_project.PROJECT,
    szephaj_project.PROJECT,
)
