"""Regular, smooth series out of irregular ones with gaps."""
