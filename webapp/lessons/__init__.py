"""The log: short lessons that a second person approved, found by whoever needs them, and what others made of them."""
