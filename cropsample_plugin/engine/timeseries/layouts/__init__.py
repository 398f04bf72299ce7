"""How users keep image time series: one module per layout, each tells the date and name of a raster's bands."""
