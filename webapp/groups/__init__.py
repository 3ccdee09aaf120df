"""Working groups: who sits in them, what they take up together, and who carries what."""
