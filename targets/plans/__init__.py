"""Plans and targets as officers keep them: typed, checked, previewed, put in force."""
