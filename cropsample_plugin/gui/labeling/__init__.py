"""Panels, tools and views of a labeling session."""
