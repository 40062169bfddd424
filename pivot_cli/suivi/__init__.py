"""Where the actions of a plan stand at a day, and what changed: pure functions of a plan and a day, and their words."""
