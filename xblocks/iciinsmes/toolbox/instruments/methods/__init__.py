"""Arithmetic and readings that two instruments share, or that would make the module of one too long."""
