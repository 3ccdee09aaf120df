"""Technique without HTTP: database, clock, life cycles, history, encryption, outbox."""
