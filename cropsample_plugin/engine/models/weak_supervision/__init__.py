"""Networks trained where land-cover products agree, and held together everywhere else."""
