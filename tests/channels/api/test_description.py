"""The API does what its description says, whatever the description allows."""
