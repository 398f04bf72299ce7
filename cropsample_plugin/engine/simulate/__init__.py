"""A small synthetic farming region for the demo and for tests: fields, imagery, reference map and samples."""
