"""What this room tells rooms above it."""

from django.dispatch import Signal

#: Assessments are about to be removed, in this transaction; ``assessment_ids`` names them.
forgetting = Signal()
