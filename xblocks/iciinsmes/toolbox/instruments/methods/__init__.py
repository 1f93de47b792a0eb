"""Arithmetic and readings of single instruments, above the framework and without a page."""
