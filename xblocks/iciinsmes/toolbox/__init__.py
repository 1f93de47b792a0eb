"""Digital instruments on a firm's own customer data: numbers in, figures, charts and a verdict out."""
