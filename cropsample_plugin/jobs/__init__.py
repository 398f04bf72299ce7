"""The door of the engine: one module per job, files in and files out."""
