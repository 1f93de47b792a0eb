"""What customers write: themes and their words."""
