"""Figures, as JSON lines: how fast the product is beside the least that could be done."""
