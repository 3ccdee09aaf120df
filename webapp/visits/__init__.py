"""Group visits: a class or a group that comes to look at an offer together, without a person in it."""
