"""Data out: JSON and CSV, findings for forges, reminders, the summary of an edit."""
