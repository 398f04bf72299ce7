"""What every CropSample algorithm has in common: names, help, checks, and the four paragraphs of a run."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtGui import QIcon

from cropsample_plugin.about import installation_path
from cropsample_plugin.algorithms.call_record import describe_call
from cropsample_plugin.algorithms.help_text import html_help, with_bounds
from cropsample_plugin.algorithms.input_checks import (
    missing_input_problem,
    output_problem,
    unreadable_input_problem,
    with_gdal_names_opened,
)
from cropsample_plugin.algorithms.job_inputs import InputReader
from cropsample_plugin.algorithms.job_outputs import OutputFiles
from cropsample_plugin.algorithms.translation import Translated
from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.environment import engine_problem
from cropsample_plugin.bridge.running import run_job, usable_engine
from cropsample_plugin.bridge.settings import Settings, load_settings

HELP_PAGE = "https://github.com/cropsample/cropsample/blob/main/docs/{}.md"


class CropSampleAlgorithm(Translated, QgsProcessingAlgorithm):
    """Names, help and icon of an algorithm; subclasses say the rest.

    Attributes:
        ID: the algorithm's id, never changed after release.
        GROUP_ID: one of the keys of `group_names`.
        TAGS: English search words; the translated names are found as well.
        GUIDE: page of the user guide.
    """

    ID: ClassVar[str] = ""
    GROUP_ID: ClassVar[str] = ""
    TAGS: ClassVar[tuple[str, ...]] = ()
    GUIDE: ClassVar[str] = "first_map"

    def name(self) -> str:
        """Return the id."""
        return self.ID

    def createInstance(self) -> CropSampleAlgorithm:
        """Return a fresh algorithm of the same kind."""
        return type(self)()

    def groupId(self) -> str:
        """Return the id of the toolbox group."""
        return self.GROUP_ID

    def group(self) -> str:
        """Return the name of the toolbox group."""
        return self.group_names()[self.GROUP_ID]

    def group_names(self) -> dict[str, str]:
        """Return every toolbox group, id to name."""
        return {
            "timeseries": self.tr("Time series"),
            "sampling": self.tr("Sampling"),
            "labelquality": self.tr("Label quality"),
            "labeling": self.tr("Labeling"),
            "training": self.tr("Training"),
            "mapping": self.tr("Mapping"),
            "provenance": self.tr("Provenance"),
        }

    def tags(self) -> list[str]:
        """Return the words the toolbox search finds the algorithm by."""
        return ["cropsample", "crop", *self.TAGS]

    def icon(self) -> QIcon:
        """Return the icon of the algorithm, or the plugin's."""
        own = installation_path("resources/icons") / f"{self.ID}.svg"
        return QIcon(str(own if own.is_file() else installation_path("resources/icons/cropsample.svg")))

    def helpUrl(self) -> str:
        """Return the address of the user guide's page."""
        return HELP_PAGE.format(self.GUIDE)

    def description_text(self) -> str:
        """Return what the algorithm does, in a few sentences."""
        raise NotImplementedError

    def shortHelpString(self) -> str:
        """Return the description, every parameter's help and every output, as HTML."""
        return html_help(self, self.description_text())

    def declare(self, parameter: QgsProcessingParameterDefinition, help_text: str, *, advanced: bool = False) -> None:
        """Add a parameter with its help; rare ones are advanced."""
        parameter.setHelp(with_bounds(parameter, help_text, self.tr))
        if advanced:
            parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.addParameter(parameter)

    def declare_all(
        self, declared: list[tuple[QgsProcessingParameterDefinition, str]], *, advanced: bool = False
    ) -> None:
        """Add several parameters with their help."""
        for parameter, help_text in declared:
            self.declare(parameter, help_text, advanced=advanced)

    def declare_numbers(self, description_by_name: dict[str, str]) -> None:
        """Add numeric outputs, so that models and scripts can use them."""
        for name, description in description_by_name.items():
            self.addOutput(QgsProcessingOutputNumber(name, description))

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Check what costs nothing to check: types and bounds, formats, and outputs that would replace an input."""
        missing = missing_input_problem(self, parameters)
        if missing:
            return False, missing
        accepted, message = super().checkParameterValues(with_gdal_names_opened(self, parameters), context)
        if not accepted:
            return False, unreadable_input_problem(self, parameters) or message
        problem = output_problem(self, parameters, context) or self.parameter_problem(parameters, context)
        return not problem, problem

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:  # noqa: ARG002 - for subclasses
        """Return what is wrong with the parameters taken together, or ""."""
        return ""


class EngineAlgorithm(CropSampleAlgorithm):
    """An algorithm that describes a job, runs it in the engine process and hands over what it wrote.

    Attributes:
        JOB_NAMES: parameter id to the name of the job parameter, where that is not the id in lower case; "" for
            parameters that the job does not know.
    """

    JOB_NAMES: ClassVar[dict[str, str]] = {}

    def canExecute(self) -> tuple[bool, str]:
        """Return False with what to do while there is no usable engine."""
        problem = engine_problem()
        return not problem, problem

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Run the job; cancelling ends it quietly, any other failure with what to do about it."""
        try:
            return self.run_in_engine(parameters, context, feedback)
        except EngineError as error:
            if error.is_canceled:
                return {}
            raise QgsProcessingException(self.explain(error)) from error

    def run_in_engine(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read parameters, describe the job, run it, hand over its outputs."""
        if feedback.isCanceled():
            return {}
        usable_engine()
        reader = InputReader(self, parameters, context, feedback)
        values = reader.job_parameters()

        files = OutputFiles(self, parameters, context)
        shown = self.without_secrets(parameters)
        files.call = describe_call(self, shown, context, InputReader(self, shown, context, feedback), values)
        job_parameters = self.describe_job({**values, **files.job_parameters()}, reader)

        outputs = run_job(self.ID, job_parameters, feedback, self.settings(reader), self.environment(reader))

        self.before_loading(files, outputs, context)
        return self.hand_over(files, outputs, feedback)

    def without_secrets(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """Return the parameters as files may hold them: records and commands are written from these."""
        return parameters

    def asPythonCommand(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return the call as Python, without secrets: it goes into the record."""
        return super().asPythonCommand(self.without_secrets(parameters), context)

    def describe_job(self, values: dict[str, Any], reader: InputReader) -> dict[str, Any]:  # noqa: ARG002 - for subclasses
        """Turn parameter values, by job parameter name, into the job's parameters."""
        return values

    def settings(self, reader: InputReader) -> Settings:  # noqa: ARG002 - for subclasses
        """Return the user's settings, with what this run replaces in them."""
        return load_settings()

    def environment(self, reader: InputReader) -> dict[str, str]:  # noqa: ARG002 - for subclasses
        """Return variables that the engine needs but no file may hold, such as keys."""
        return {}

    def before_loading(self, files: OutputFiles, outputs: dict[str, Any], context: QgsProcessingContext) -> None:
        """Style what was written, before it is loaded."""

    def hand_over(self, files: OutputFiles, outputs: dict[str, Any], feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Return files, sinks and declared numbers by their ids."""
        declared = [item.name() for item in self.outputDefinitions() if isinstance(item, QgsProcessingOutputNumber)]
        return {**files.hand_over(outputs, feedback), **{name: outputs.get(name.lower()) for name in declared}}

    def explain(self, error: EngineError) -> str:
        """Return what is wrong, what to do, and where the log is."""
        sentences = [error.message, error.remedy]
        if error.log_path:
            sentences.append(self.tr("The log is {}").format(error.log_path))
        return "\n".join(sentence for sentence in sentences if sentence)
