"""Sentences that teachers use again."""
