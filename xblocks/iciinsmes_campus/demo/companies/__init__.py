"""The demo's firms and learners, and what they have done so far; all of it invented. One module a firm.

Four rounds wait for the teacher, since 11, 9, 4 and 1 days. Two works are weak, three good, one is in its second round,
one is a draft and one has not been begun. Mentors have confirmed two rounds, one that passed and one that waits; the
link for a third one has been opened and not answered. The round that passed is shown in the gallery.
Of three attempts with instruments one is finished, one stands before its decision, one is practice with demo data.
"""

from __future__ import annotations

from . import (
    elservicefyn,
    elservicefyn_project,
    nordlicht,
    nordlicht_project,
    poddebem,
    poddebem_project,
    szephaj,
    szephaj_project,
)

COMPANIES = (nordlicht.COMPANY, poddebem.COMPANY, elservicefyn.COMPANY, szephaj.COMPANY)
LEARNERS = (
    nordlicht.ANNA,
    nordlicht.JONAS,
    poddebem.ZOFIA,
    poddebem.MAREK,
    elservicefyn.METTE,
    elservicefyn.RASMUS,
    szephaj.REKA,
    szephaj.BALINT,
)
#: Each at another gate and with another light.
PROJECTS = (
    nordlicht_project.PROJECT,
    poddebem_project.PROJECT,
    elservicefyn_project.PROJECT,
    szephaj_project.PROJECT,
)
