"""One observation per period out of many, with clouds masked."""
