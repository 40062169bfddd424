"""The plan: its values, the table of its fields, its files and how they are read; no clock, no screen."""
