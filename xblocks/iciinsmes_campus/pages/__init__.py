"""The campus' own pages: courses, units, progress, gradebook."""
