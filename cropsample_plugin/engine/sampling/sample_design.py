"""What a sample layer says of how it was drawn, in metadata that travel with its file.

The engine writes two items into the layer's metadata, which a GeoPackage keeps in its table ``gpkg_metadata``. In
outputs of QGIS they are the keyword ``cropsample:design=...`` of the layer's metadata, in the same table. The field
``design`` of every sample says it where metadata are lost.
"""

from __future__ import annotations

from cropsample_plugin.engine.sampling.sampling_report import NOT_A_PROBABILITY_SAMPLE

REPRESENTATIVE = "representative"
PROPOSED = "proposed"
DESIGN_KEY = "CROPSAMPLE_DESIGN"
PROBABILITY_KEY = "CROPSAMPLE_PROBABILITY_SAMPLE"
DESIGN_TEXT = "representative (CRI), not a probability sample"


def representative_outputs() -> dict[str, str | bool]:
    """Return what a job says of a set chosen to be representative."""
    return {"design": REPRESENTATIVE, "probability_sample": False, "statement": NOT_A_PROBABILITY_SAMPLE}


def proposal_outputs() -> dict[str, str | bool]:
    """Return what a job says of samples proposed where a map is uncertain."""
    return {"design": PROPOSED, "probability_sample": False, "statement": NOT_A_PROBABILITY_SAMPLE}


def probability_outputs(design: str, warnings: tuple[str, ...]) -> dict[str, str | bool]:
    """Return what a job says of a probability sample, with what makes its probabilities approximate."""
    statement = (
        f"Probability sample, design '{design}': the fields inclusion_probability and design_weight hold how likely "
        "each point was drawn and what it stands for."
    )
    return {"design": design, "probability_sample": True, "statement": " ".join((statement, *warnings))}


def design_metadata(outputs: dict[str, str | bool]) -> dict[str, str]:
    """Return the same as metadata of a layer; ``DESCRIPTION`` is what other programs show."""
    return {
        "DESCRIPTION": str(outputs["statement"]),
        DESIGN_KEY: str(outputs["design"]),
        PROBABILITY_KEY: "yes" if outputs["probability_sample"] else "no",
    }
