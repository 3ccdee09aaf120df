"""Keeping Brug well: backups that come back, a doctor, nightly rehearsals, and a page that says how it goes."""
