"""Spectral indices and radar units."""
