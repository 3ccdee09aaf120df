"""Action plans: what is known, what stands in the way, which change is looked for, what is done, and why it changed."""
