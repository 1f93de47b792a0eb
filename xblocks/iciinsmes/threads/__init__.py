"""Talks between learners and staff about one thing: a work with all its rounds, or a firm's project."""
