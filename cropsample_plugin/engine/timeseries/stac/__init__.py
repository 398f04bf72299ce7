"""Imagery from STAC catalogues: search, choose, mosaic by day, refer to or download."""
