"""Telling people that something needs them: the bell and the mail. Never what it is about."""
