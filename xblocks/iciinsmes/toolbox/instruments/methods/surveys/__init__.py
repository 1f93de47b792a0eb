"""Answers of a survey: how many are enough, how exact they are, and whether they are good."""
