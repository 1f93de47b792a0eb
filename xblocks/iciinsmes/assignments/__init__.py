"""Workplace assignments: task versions, drafts, rounds, the teacher's queue, the block."""
