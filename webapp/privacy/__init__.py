"""What is kept how long, and who may know what is kept about them: the pages and files that answer it."""
