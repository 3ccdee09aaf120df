"""What the forms of this area accept."""
