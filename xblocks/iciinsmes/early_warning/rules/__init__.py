"""Control charts and warning rules: numbers in, verdicts out; no database, no clock, no words."""
