"""Certificates: what a course run asks for, where each learner stands, attendance, and the sheet that is issued."""
