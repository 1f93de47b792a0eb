"""What an instrument hands out: figures, tables, charts, verdicts, questions; and how they are read and checked."""
