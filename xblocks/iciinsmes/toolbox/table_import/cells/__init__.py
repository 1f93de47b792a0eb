"""What one cell says: an amount, a day, money, nothing, an answer on a scale."""
