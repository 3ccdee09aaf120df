"""The forms of the log."""
