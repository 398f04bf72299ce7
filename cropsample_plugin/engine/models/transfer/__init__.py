"""Models that travel: to another place, year or hemisphere, with few labels or none."""
