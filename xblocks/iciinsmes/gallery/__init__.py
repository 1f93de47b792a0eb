"""The gallery of a course run: passed rounds that learners chose to show to all who take part."""
