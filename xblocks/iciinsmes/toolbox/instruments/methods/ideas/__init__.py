"""Ideas beside each other: scored, compared in pairs."""
