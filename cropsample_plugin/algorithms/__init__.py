"""Processing algorithms: declare parameters, run a job, hand over outputs."""
