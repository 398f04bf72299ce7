"""Dated stacks, series at samples, and the operations on the time axis."""
