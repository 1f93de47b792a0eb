"""Ideas beside each other: scored, judged, compared in pairs."""
