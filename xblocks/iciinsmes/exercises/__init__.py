"""Exercises with digital tools: a learner's data sets, what was computed from them, attempts, and the XBlock."""
