"""Parameters that say how a reference sample was drawn, and what its errors are to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Sequence

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
)

from cropsample_plugin.algorithms.parameters import choice_parameter, integer_parameter, real_parameter, seed_parameter

if TYPE_CHECKING:
    from cropsample_plugin.algorithms.base import EngineAlgorithm

REFERENCE = "REFERENCE"
CLASS_FIELD = "CLASS_FIELD"
DESIGN = "DESIGN"
DESIGNS = (
    "from_reference",
    "simple_random",
    "stratified",
    "post_stratified",
    "systematic",
    "balanced",
    "cluster",
    "unequal",
)
INTERVALS = ("wilson", "wald")


def reference_field(name: str, description: str, *, multiple: bool = False) -> Any:  # noqa: ANN401 - a QGIS parameter
    """Return an optional field of the reference."""
    return QgsProcessingParameterField(name, description, None, REFERENCE, allowMultiple=multiple, optional=True)


def declare_reference(algorithm: EngineAlgorithm, *, optional: bool = False) -> None:
    """Declare the reference sample and its class field."""
    tr = algorithm.tr
    algorithm.declare(
        QgsProcessingParameterFeatureSource(
            REFERENCE, tr("Reference samples"), [QgsProcessing.SourceType.TypeVectorPoint], optional=optional
        ),
        tr("Points with their true class, drawn with known chances, best by 'Probability samples'."),
    )
    algorithm.declare(
        reference_field(CLASS_FIELD, tr("Class field")),
        tr("Field with the true class: names, or the values of the map."),
    )


def declare_design(algorithm: EngineAlgorithm, designs: Sequence[str] = DESIGNS) -> None:
    """Declare the design and the fields that describe it."""
    tr = algorithm.tr
    algorithm.declare(
        choice_parameter(DESIGN, tr("Design"), designs, designs[0]),
        tr(
            "How the samples were drawn. from_reference: as the fields of 'Probability samples' say; post_stratified: "
            "drawn at random everywhere, strata known afterwards; unequal: with design weights; as_published: strata "
            "are the classes of each map with their shares of the sample."
        ),
    )
    rare = [
        (
            reference_field("STRATUM_FIELD", tr("Stratum field")),
            tr("Field with the stratum each sample was drawn from. Empty: the classes of the map."),
        ),
        (
            reference_field("STRATUM_SIZE_FIELD", tr("Stratum size field")),
            tr("Field with the pixels of that stratum. Empty: the sum of the design weights of its samples."),
        ),
        (
            reference_field("WEIGHT_FIELD", tr("Weight field")),
            tr("Field with the number of pixels each sample stands for (one over its inclusion probability)."),
        ),
        (
            reference_field("CLUSTER_FIELD", tr("Cluster field")),
            tr("Cluster design: field with the primary unit (square, village) of each sample."),
        ),
    ]
    algorithm.declare_all(rare, advanced=True)


def declare_errors(algorithm: EngineAlgorithm) -> None:
    """Declare level and kind of intervals."""
    tr = algorithm.tr
    algorithm.declare(
        real_parameter("CONFIDENCE", tr("Confidence level"), 0.95, 0.5, 0.999),
        tr("Level of the intervals."),
    )
    algorithm.declare(
        choice_parameter("INTERVAL", tr("Intervals"), INTERVALS, INTERVALS[0]),
        tr(
            "wilson: within 0 to 1, right near its ends; wald: estimate ± quantile x standard error, as in Olofsson "
            "et al. 2014."
        ),
        advanced=True,
    )


def declare_bootstrap(algorithm: EngineAlgorithm) -> None:
    """Declare repeats and seed of the bootstrap."""
    tr = algorithm.tr
    algorithm.declare(
        integer_parameter("BOOTSTRAP_REPEATS", tr("Bootstrap repeats"), 0, 0, 100_000),
        tr("Repeats from which errors come. 0: by formula, and 1,000 where samples have several labels."),
        advanced=True,
    )
    algorithm.declare(seed_parameter(tr("Random seed")), tr("Seed of the bootstrap."), advanced=True)


def declare_acceptance(algorithm: EngineAlgorithm) -> None:
    """Declare whether samples that prove nothing are taken all the same."""
    tr = algorithm.tr
    algorithm.declare(
        QgsProcessingParameterBoolean("ACCEPT_NON_PROBABILITY", tr("Accept samples that prove nothing"), False),  # noqa: FBT003
        tr(
            "Training samples, representative sets and proposals are refused. Tick to see numbers all the same: every "
            "output says that they are no proof."
        ),
        advanced=True,
    )


def design_problem(algorithm: EngineAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
    """Return what is wrong with the design taken together with its fields, or ""."""
    design = algorithm.parameterAsEnumString(parameters, DESIGN, context)
    if design == "unequal" and not parameters.get("WEIGHT_FIELD"):
        return algorithm.tr("The design 'unequal' needs the weight field.")
    if design == "cluster" and not parameters.get("CLUSTER_FIELD"):
        return algorithm.tr("The design 'cluster' needs the cluster field, and the weight field.")
    return ""
