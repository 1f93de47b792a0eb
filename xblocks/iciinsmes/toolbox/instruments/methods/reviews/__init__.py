"""What customers write: themes and their words, posts and what they speak of."""
