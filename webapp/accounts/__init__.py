"""Organisations, people, the functions they hold, signing in and invitations."""
