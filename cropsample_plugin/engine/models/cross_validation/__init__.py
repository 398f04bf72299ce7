"""Honest validation: designs that hold out places, years and regions, models side by side, and how many labels do."""
