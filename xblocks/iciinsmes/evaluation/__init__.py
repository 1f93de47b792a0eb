"""What a course run has brought about: reactions, learning, transfer to the firm, results, and reports of them."""
