"""The crossing: from a young person's question, over answers and a choice, to still coming."""
