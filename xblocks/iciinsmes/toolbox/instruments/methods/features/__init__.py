"""What an offer has: features customers want, jobs that it does, technical characteristics."""
