"""Who asks the API, and what becomes of refusals."""
