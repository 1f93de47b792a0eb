"""The teachers' pages: the queue with its filters, everybody who is enrolled, and grading."""
