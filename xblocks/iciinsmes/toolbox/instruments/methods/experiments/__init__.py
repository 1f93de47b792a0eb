"""Trials before money is spent: variants, prototypes."""
