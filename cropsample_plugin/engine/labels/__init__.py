"""Which labels can be trusted: labelers, land-cover products, and what the series themselves say."""
