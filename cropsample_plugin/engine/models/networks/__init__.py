"""Network architectures, one a file; each has ``encode`` (a series to a vector) and ``head`` (the vector to logits)."""
