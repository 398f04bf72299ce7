"""Prediction of maps, block by block."""
