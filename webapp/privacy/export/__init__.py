"""What is kept about somebody, gathered to be given to them."""
