"""Inside QGIS: start and supervise the engine; QGIS objects to files and back."""
