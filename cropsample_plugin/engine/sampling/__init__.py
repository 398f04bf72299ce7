"""Which samples to collect: objects, strata, representativeness (CRI), RESSOS, and probability designs."""
