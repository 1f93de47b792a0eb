"""Cards of a conjoint study, their ratings, and what each level is worth."""
