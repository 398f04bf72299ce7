"""Growing seasons found in series."""
