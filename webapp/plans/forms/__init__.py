"""The forms of plans, by what they are about."""
