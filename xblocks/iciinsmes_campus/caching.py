"""The campus' own pages are as private as those of the add-on."""

from __future__ import annotations

from django.http import HttpRequest

from iciinsmes.caching import PrivateAnswers


class PrivateCampus(PrivateAnswers):
    """Says it of every answer, also of one to an address that does not exist: around it stands a name."""

    def is_ours(self, request: HttpRequest) -> bool:
        """Tell that everything here is the campus' own; styles and scripts never come this far."""
        return True
