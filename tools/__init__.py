"""What `./dev` does, with nothing but the standard library: it runs before any package is installed."""
