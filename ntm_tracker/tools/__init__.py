"""What the Makefile calls. Runs before anything is installed: the standard library only."""
