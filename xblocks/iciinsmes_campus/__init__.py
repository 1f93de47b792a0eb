"""The campus: the courses in a browser with one command, without Open edX."""
