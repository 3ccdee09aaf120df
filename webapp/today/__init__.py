"""The first page: what needs me now, gathered from the areas below through one registry."""
