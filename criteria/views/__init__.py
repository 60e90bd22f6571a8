"""Pages on which scores are entered, reviewed and explained."""
