"""Plans of other organisations: made up in their words, real in their structure."""
