"""What a sample layer says of how it was drawn, as QGIS metadata that travel with its file."""

from __future__ import annotations

import logging

from qgis.core import QgsProviderRegistry, QgsVectorLayer

LOGGER = logging.getLogger(__name__)

VOCABULARY = "CropSample"
DESIGN_KEY = "cropsample:design"
NO_PROOF = "not a probability sample"
PROOF = "probability sample"


def write_design(layer: QgsVectorLayer, design: str, statement: str, *, is_probability: bool) -> bool:
    """Say in a layer's metadata how its samples were drawn; in its file too, where there is one.

    In a GeoPackage the metadata stand in its table ``gpkg_metadata`` and the statement in ``gpkg_contents``; other
    formats get a ``.qmd`` file beside them.

    Returns:
        False when the file does not take metadata; the layer in the project has them all the same.
    """
    metadata = layer.metadata()
    metadata.setAbstract(statement)
    metadata.addKeywords(VOCABULARY, [f"{DESIGN_KEY}={design}", PROOF if is_probability else NO_PROOF])
    layer.setMetadata(metadata)
    provider = layer.providerType()
    if provider == "memory":
        return True
    saved, message = QgsProviderRegistry.instance().saveLayerMetadata(provider, _with_layer_name(layer), metadata)
    if not saved:
        LOGGER.warning("The design of the samples could not be written into %s: %s", layer.source(), message)
    # Writing closed the file's journal under the connection that the layer holds.
    layer.dataProvider().reloadData()
    return bool(saved)


def design_of(layer: QgsVectorLayer) -> str:
    """Return the design that a layer's metadata state, such as ``representative`` or ``stratified``; "" for none."""
    for keywords in layer.metadata().keywords().values():
        for keyword in keywords:
            name, _, value = keyword.partition("=")
            if name.strip() == DESIGN_KEY:
                return str(value.strip())
    return ""


def _with_layer_name(layer: QgsVectorLayer) -> str:
    """Return the source with the layer's name in its file, without which a GeoPackage takes no metadata."""
    source = str(layer.source())
    sublayers = layer.dataProvider().subLayers()
    if layer.providerType() != "ogr" or "layername=" in source or len(sublayers) != 1:
        return source
    name = sublayers[0].split(layer.dataProvider().sublayerSeparator())[1]
    return f"{source}|layername={name}"
