"""SQLite as the campus opens it: a database engine for Django's ``ENGINE`` setting."""
