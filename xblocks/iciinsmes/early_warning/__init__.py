"""Early warning: monthly figures of a firm, their limits, and the alarms that somebody answers."""
