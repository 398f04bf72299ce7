"""The science: plain Python on arrays and files, without QGIS, Qt or translated text."""
