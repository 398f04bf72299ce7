"""CropSample: a QGIS plugin for crop mapping from image time series and samples."""


def classFactory(iface):  # noqa: N802, ANN001, ANN201 - the name and signature QGIS calls
    """Create the plugin; called by QGIS with its interface object."""
    from cropsample_plugin.plugin import CropSamplePlugin

    return CropSamplePlugin(iface)
