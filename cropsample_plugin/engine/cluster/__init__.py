"""Tiles on many processes or machines: a Dask cluster does the work, this process keeps the books."""
