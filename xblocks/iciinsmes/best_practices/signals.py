"""What happens to cases, for this room and those above; sent after the commit, with ids only."""

from __future__ import annotations

from django.dispatch import Signal

#: ``case_id``: the owner has agreed, so the staff can publish.
case_agreed = Signal()

#: ``case_id``: the staff has published or refused it.
case_decided = Signal()

#: ``case_id``: it was taken back; nothing of it is kept.
case_ended = Signal()
