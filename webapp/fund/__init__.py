"""The solidarity fund: asking for support on a question without a story, deciding, and paying."""
