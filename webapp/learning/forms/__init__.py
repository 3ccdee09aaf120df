"""The forms of learning sessions."""
