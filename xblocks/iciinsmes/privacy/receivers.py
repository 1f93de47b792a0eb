"""What Open edX tells: `iciinsmes.apps` names these functions, and the platform connects them to its signals."""

from __future__ import annotations

from typing import Any

from . import api


def erase_retired(sender: object, user: Any, **_more: Any) -> None:
    """Erase everything about a person whose account the platform is removing.

    An error goes back to the platform, which then stops the removal of this account and tries it again later.
    """
    api.erase(user_id=user.pk, asked_by=None, reason="retired")
