"""A course run as files for its staff: results as sheets, grades that come back in one, and all evidence as zips."""
