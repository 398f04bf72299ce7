"""Labels and samples made elsewhere: read from their formats, mapped to a session's classes, counted."""
