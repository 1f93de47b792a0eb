"""What an assessment says beside its points: comments at places of what was handed in, and files for the learner."""
