"""Integrity: where to turn to, and what associations agreed on. There is no way to keep a case here, on purpose."""
