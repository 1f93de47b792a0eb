"""Formulas that several instruments share: shares and means with their intervals, chances, ranks."""
