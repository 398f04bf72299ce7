"""Docks, panels and the options page: show state, hold none."""
