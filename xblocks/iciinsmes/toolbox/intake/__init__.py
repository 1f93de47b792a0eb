"""From whatever a firm's programs write to clean rows of an instrument, with nothing dropped in silence."""
