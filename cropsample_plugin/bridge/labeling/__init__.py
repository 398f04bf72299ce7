"""Labeling sessions: what labelers did, where it is kept, and what a session is made of."""
