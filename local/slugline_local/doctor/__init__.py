"""The partner doctor: sends a webhook endpoint what it will meet one day, and says what to mend."""
