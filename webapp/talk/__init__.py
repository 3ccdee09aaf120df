"""Conversations of working groups: short posts, one level of answers, three plain reactions."""
