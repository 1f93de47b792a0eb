"""What happens to a firm's figures, for this room and those above; sent after the commit, with ids only."""

from __future__ import annotations

from django.dispatch import Signal

#: ``watch_id``: a look has raised at least one alarm.
alarm_raised = Signal()

#: ``company_id``: figures were entered, or an alarm was answered.
firm_acted = Signal()
