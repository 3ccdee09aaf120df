"""Technique of HTTP: guard, transaction, answers, forms, languages, headers."""
