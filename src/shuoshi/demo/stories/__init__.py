"""How matters go: plots that a scene is given."""
