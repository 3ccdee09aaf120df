"""Date polls: a group, and guests with only a name, find the moment at which most of them can."""
