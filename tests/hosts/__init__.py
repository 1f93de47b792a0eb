"""What every host promises, and how hosts differ from the one of the ordinary suite."""
