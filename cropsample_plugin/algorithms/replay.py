"""Replay: make an output again from its record, say whether it is the same, and show where it comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
)

from cropsample_plugin.algorithms.base import CropSampleAlgorithm
from cropsample_plugin.algorithms.call_record import CALL_KEY, value_of
from cropsample_plugin.algorithms.chain_page import chain_page
from cropsample_plugin.algorithms.file_hash import output_digest
from cropsample_plugin.algorithms.provenance import DIGEST_KEY
from cropsample_plugin.algorithms.record_chain import CHANGED, MISSING, ChainLink, follow_chain, read_record
from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.environment import engine_problem
from cropsample_plugin.bridge.running import usable_engine
from cropsample_plugin.jobs.protocol import RECORD_SUFFIX

IDENTICAL_TEXT, NOT_COMPARED_TEXT = "identical", "not compared"


class ReplayAlgorithm(CropSampleAlgorithm):
    """Rerun what a record describes."""

    ID = "replay"
    GROUP_ID = "provenance"
    GUIDE = "map_a_country"
    TAGS = ("provenance", "reproduce", "record", "audit", "lineage", "rerun", "verify")

    RECORD = "RECORD"
    RERUN = "RERUN"
    FOLDER = "FOLDER"
    PAGE = "PAGE"
    IDENTICAL = "IDENTICAL"
    N_DIFFERENT = "N_DIFFERENT"
    N_INPUTS_CHANGED = "N_INPUTS_CHANGED"

    def canExecute(self) -> tuple[bool, str]:
        """Return False with what to do while there is no usable engine."""
        problem = engine_problem()
        return not problem, problem

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Replay")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Makes an output again from its record and says whether it is the same.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Beside each output lies a record of what made it. This runs it again into another folder and says of each "
            "output whether it is identical, and of each input whether it has changed since or is missing.\n\n"
            "The page shows the whole way back: from a map to the model, the samples, the labels and the imagery, as "
            "far as records reach."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self.declare(
            QgsProcessingParameterFile(
                self.RECORD, self.tr("Record"), fileFilter=self.tr("Records (*{})").format(RECORD_SUFFIX)
            ),
            self.tr("The file that ends in .cropsample.json beside an output."),
        )
        self.declare(
            QgsProcessingParameterBoolean(self.RERUN, self.tr("Make the outputs again"), defaultValue=True),
            self.tr("Without it, only the inputs are checked and the page is written."),
        )
        self.declare(
            QgsProcessingParameterFolderDestination(self.FOLDER, self.tr("Folder for the new outputs")),
            self.tr("Where the outputs are made again; the old ones are not touched."),
        )
        self.declare(
            QgsProcessingParameterFileDestination(
                self.PAGE, self.tr("Page"), self.tr("HTML files (*.html)"), optional=True
            ),
            self.tr("The way from imagery and labels to the output as a readable page."),
        )
        self.declare_numbers(
            {
                self.IDENTICAL: self.tr("1 when all outputs are identical, 0 when not, -1 when nothing was compared"),
                self.N_DIFFERENT: self.tr("number of outputs that differ"),
                self.N_INPUTS_CHANGED: self.tr("number of input files that have changed or are missing"),
            }
        )

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Check the inputs, run again, compare, write the page."""
        if feedback.isCanceled():
            return {}
        chain = follow_chain(self.parameterAsFile(parameters, self.RECORD, context))
        folder = Path(self.parameterAsString(parameters, self.FOLDER, context))
        page = self.parameterAsFileOutput(parameters, self.PAGE, context)
        n_changed = self._tell_inputs(chain, feedback)

        compared: dict[str, str] = {}
        if self.parameterAsBoolean(parameters, self.RERUN, context):
            try:
                compared = self._run_again(chain, folder, context, feedback)
            except EngineError as error:
                raise QgsProcessingException(error.message) from error
            if feedback.isCanceled():
                return {}

        differing = [name for name, said in compared.items() if said not in (IDENTICAL_TEXT, NOT_COMPARED_TEXT)]
        for name, said in compared.items():
            (feedback.pushWarning if name in differing else feedback.pushInfo)(f"{name}: {said}")
        results: dict[str, Any] = {self.FOLDER: str(folder), self.N_INPUTS_CHANGED: n_changed}
        results[self.N_DIFFERENT] = len(differing)
        results[self.IDENTICAL] = 0 if differing else 1 if IDENTICAL_TEXT in compared.values() else -1
        if page:
            Path(page).parent.mkdir(parents=True, exist_ok=True)
            Path(page).write_text(chain_page(chain, list(compared.items())), encoding="utf-8")
            results[self.PAGE] = page
        return results

    def _tell_inputs(self, chain: ChainLink, feedback: QgsProcessingFeedback) -> int:
        states = [state for link in chain.walk() for state in link.inputs]
        for state in states:
            if state.state == CHANGED:
                feedback.pushWarning(
                    self.tr("{} has changed: SHA-256 was {}, is {}.").format(state.path, state.recorded, state.found)
                )
            elif state.state == MISSING:
                feedback.pushWarning(self.tr("{} is missing; its SHA-256 was {}.").format(state.path, state.recorded))
        return sum(state.state in (CHANGED, MISSING) for state in states)

    def _run_again(
        self, chain: ChainLink, folder: Path, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, str]:
        """Run the call of a record into a folder and compare; returns what came of each output."""
        from qgis import processing

        usable_engine()
        call = chain.record.get(CALL_KEY)
        if not call:
            raise QgsProcessingException(
                self.tr("The record {} was written without the call that made it; it can be read, but not replayed.")
                .format(chain.path.name + RECORD_SUFFIX)
            )  # fmt: skip
        if QgsApplication.processingRegistry().algorithmById(call["algorithm"]) is None:
            raise QgsProcessingException(self.tr("There is no algorithm {} here.").format(call["algorithm"]))
        missing = [state for state in chain.inputs if state.state == MISSING]
        if missing:
            listed = "\n".join(f"{state.path} (SHA-256 {state.recorded})" for state in missing)
            raise QgsProcessingException(
                self.tr("These inputs are missing; put them back where they were:\n{}").format(listed)
            )
        folder.mkdir(parents=True, exist_ok=True)
        if folder.resolve() == chain.path.parent.resolve():
            raise QgsProcessingException(self.tr("Choose another folder than that of the outputs themselves."))
        inputs = {name: value_of(described) for name, described in call["parameters"].items()}
        targets = {name: str(folder / (Path(old).name or f"{name}.gpkg")) for name, old in call["outputs"].items()}
        processing.run(
            call["algorithm"], {**inputs, **targets}, context=context, feedback=feedback, is_child_algorithm=True
        )
        return {Path(new).name: self._compare(call["outputs"][name], new) for name, new in targets.items()}

    def _compare(self, old: str, new: str) -> str:
        """Return what became of an output."""
        if not Path(new).is_file():
            return self.tr("was not made again")
        record = old + RECORD_SUFFIX
        if not old or not Path(record).is_file():
            return NOT_COMPARED_TEXT
        recorded = read_record(record).get(DIGEST_KEY)
        if not recorded:
            return NOT_COMPARED_TEXT
        found = output_digest(new)
        if found["sha256"] == recorded["sha256"]:
            return IDENTICAL_TEXT
        return self.tr("differs in its {}: SHA-256 was {}, is {}").format(
            recorded["of"], recorded["sha256"], found["sha256"]
        )
