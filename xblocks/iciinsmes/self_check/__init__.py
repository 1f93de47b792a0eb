"""Self-checks of a firm's innovation: questions of a model that colleges adapt, results, advice, before and after."""
