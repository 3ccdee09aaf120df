"""Meetings of a working group: the agenda, who comes, the minutes while they are made, and what was decided."""
