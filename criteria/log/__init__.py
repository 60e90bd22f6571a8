"""What happened: one log over the histories of scores, steps, files, exceptions and periods."""
