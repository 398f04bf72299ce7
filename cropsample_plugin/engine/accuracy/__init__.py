"""Proof of a map: accuracy and areas with their errors, and comparison of maps."""
