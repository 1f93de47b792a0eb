"""What happens to projects, for rooms above; sent after the commit, with ids only."""

from __future__ import annotations

from django.dispatch import Signal

#: ``project_id``: something in it has changed.
project_changed = Signal()

#: ``project_id``, ``before`` and ``after``: values of `data.Light`.
light_changed = Signal()

#: ``project_id``, ``request_id``, ``gate``, ``verdict``: all who decide have said what they think.
gate_decided = Signal()

#: ``project_id``, ``request_id``: somebody asks for the decision at a gate.
gate_asked = Signal()
