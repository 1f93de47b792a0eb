"""Trials before money is spent: variants, steps of a funnel, prototypes."""
