"""Elsterveer, the fictional town of the demo, and a generator of towns of any size. Only data; nothing runs on it."""
