"""The tool shelf: files and links that groups keep, what they are for, and who in the network uses them."""
