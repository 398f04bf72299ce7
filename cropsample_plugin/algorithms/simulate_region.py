"""Simulate region: a synthetic farming region to try everything on."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessingOutputFile,
    QgsProcessingOutputFolder,
    QgsProcessingOutputRasterLayer,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterFolderDestination,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.job_outputs import OutputFiles
from cropsample_plugin.algorithms.parameters import DEFAULT_SEED, SEED, integer_parameter, real_parameter

SMALLEST_REGION_PX = 60
LARGEST_REGION_PX = 5000
