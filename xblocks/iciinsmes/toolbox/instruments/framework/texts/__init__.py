"""Words: messages to be translated, words of the learner's data that mean the same, numbers in sentences."""
