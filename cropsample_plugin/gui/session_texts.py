"""The words for what a session holds: models, choices and problems, translated."""

from __future__ import annotations

from typing import Dict, List, Tuple

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.gui.input_facts import SamplesFacts, StackFacts
from cropsample_plugin.gui.job_record import JobState
from cropsample_plugin.gui.train_and_map_session import Area, Problem, ProblemKind, TrainAndMapSession


def tr(text: str) -> str:
    """Translate in this module's context."""
    return QCoreApplication.translate("SessionTexts", text)


def model_texts() -> Dict[str, Tuple[str, str]]:
    """Return name and hint of each model, best first choice first."""
    return {
        "random_forest": (
            tr("Random forest"),
            tr("Fast, needs no tuning and little data: the right first map."),
        ),
        "gradient_boosting": (
            tr("Gradient boosting"),
            tr("Trees that correct each other; strong with thousands of samples."),
        ),
        "svm": (
            tr("Support vector machine (RBF)"),
            tr("Strong with some hundred samples; slow with more than ten thousand."),
        ),
        "lstm": (
            tr("LSTM recurrent network"),
            tr("Reads the season in order. Best with a thousand samples or more."),
        ),
        "multi_head_lstm": (
            tr("Multi-headed LSTM"),
            tr("Learns from few local samples and many from elsewhere; the domain field tells them apart."),
        ),
        "transformer": (
            tr("Transformer"),
            tr("Best of the best-practices study with many samples; slow without a graphics card."),
        ),
        "ltae": (
            tr("Lightweight attention (L-TAE)"),
            tr("Looks at the dates that matter; small and quick for a network."),
        ),
        "temp_cnn": (
            tr("Convolutional network (TempCNN)"),
            tr("Finds patterns in time; quick to train and to map."),
        ),
        "cnn_1d": (
            tr("Convolutional network (CNN-1D)"),
            tr("Small; made for dense Sentinel-1 series and for moving to another season."),
        ),
        **{name: (title, tr("A recurrent network of the best-practices study.")) for name, title in _recurrent_names()},
    }


def _recurrent_names() -> List[Tuple[str, str]]:
    return [
        ("rnn", tr("RNN, all dates")),
        ("lstm_all_dates", tr("LSTM, all dates")),
        ("gru", tr("GRU, all dates")),
        ("bi_rnn", tr("Bidirectional RNN")),
        ("bi_lstm", tr("Bidirectional LSTM")),
        ("bi_gru", tr("Bidirectional GRU")),
        ("attention_bi_rnn", tr("Bidirectional RNN with attention")),
        ("attention_bi_lstm", tr("Bidirectional LSTM with attention")),
        ("attention_bi_gru", tr("Bidirectional GRU with attention")),
    ]


def validation_texts() -> Dict[str, str]:
    """Return the words for each way to validate."""
    return {
        "holdout": tr("Hold out one fifth"),
        "k_fold": tr("Five folds"),
        "none": tr("None"),
    }


def area_texts() -> Dict[Area, str]:
    """Return the words for each area."""
    return {
        Area.WHOLE: tr("Whole stack"),
        Area.EXTENT: tr("What the map window shows"),
        Area.LAYER: tr("Polygons of a layer"),
    }


def job_text(name: str) -> str:
    """Return the readable name of a job, that of its algorithm; jobs without one go by their id."""
    algorithm = QgsApplication.processingRegistry().algorithmById(f"cropsample:{name}")
    return str(algorithm.displayName()) if algorithm is not None else name


def stack_text(stack: StackFacts) -> str:
    """Describe a dated stack in one line."""
    return tr("{dates} dates, {first} to {last} · {bands}").format(
        dates=len(stack.dates), first=stack.dates[0], last=stack.dates[-1], bands=_shortened(stack.bands)
    )


def samples_text(samples: SamplesFacts, class_field: str) -> str:
    """Describe samples and their classes in one line."""
    count = f"{samples.n_features:n}" if samples.n_features >= 0 else "?"
    field = samples.field(class_field)
    if field is None:
        return tr("{count} samples").format(count=count)
    return tr("{count} samples · {classes} classes").format(count=count, classes=field.n_distinct)


def ready_text(session: TrainAndMapSession) -> str:
    """Say what a run will do once nothing is missing."""
    model = model_texts()[session.model][0]
    return tr("Ready: {model} will be trained and the map made in the background.").format(model=model)


def problem_text(problem: Problem) -> str:
    """Say what is missing or doubtful, and what to do."""
    return _problem_texts()[problem.kind].format(problem.detail)


def _problem_texts() -> Dict[ProblemKind, str]:
    return {
        ProblemKind.ENGINE_MISSING: tr("The engine is not ready. {}"),
        ProblemKind.NO_STACK: tr("Choose the image time series, or build one from a folder of images."),
        ProblemKind.STACK_NOT_FILE: tr("'{}' is a web layer; the engine needs a file."),
        ProblemKind.STACK_NOT_DATED: tr("'{}' is not a dated stack: its bands carry no dates."),
        ProblemKind.STACK_NO_CRS: tr("'{}' has no coordinate system. Set it in the layer's properties."),
        ProblemKind.NO_SAMPLES: tr("Choose the layer with your labeled samples."),
        ProblemKind.SAMPLES_EMPTY: tr("'{}' has no features."),
        ProblemKind.SAMPLES_NO_GEOMETRY: tr("'{}' has neither points nor polygons, and no series fields."),
        ProblemKind.SAMPLES_NO_CRS: tr("'{}' has no coordinate system. Set it in the layer's properties."),
        ProblemKind.NO_OVERLAP: tr("No sample of '{}' lies on the stack. Check the coordinate systems."),
        ProblemKind.NO_CLASS_FIELD: tr("Choose the field that holds the class of each sample."),
        ProblemKind.ONE_CLASS: tr("'{}' holds fewer than two classes; a map needs at least two."),
        ProblemKind.FIELD_USED_TWICE: tr("'{}' is the class field; choose another field for the other role."),
        ProblemKind.NO_AREA_LAYER: tr("Choose the polygon layer that bounds the map."),
        ProblemKind.NO_FOLDER: tr("Choose the folder for the results."),
        ProblemKind.FOLDER_NOT_WRITABLE: tr("'{}' cannot be written to. Choose another folder."),
        ProblemKind.NO_DOMAIN_FIELD: tr("Without a domain field every sample counts as local."),
        ProblemKind.FEW_SAMPLES: tr("{} samples are few for a network; a random forest may do better."),
        ProblemKind.EMPTY_LABELS: tr("{} samples have no class and are left out."),
    }


def _shortened(names: Tuple[str, ...], limit: int = 6) -> str:
    shown = ", ".join(names[:limit])
    return (
        tr("{bands} and {count} more bands").format(bands=shown, count=len(names) - limit)
        if len(names) > limit
        else shown
    )


def state_text(state: JobState) -> str:
    """Return the words for where a job stands."""
    return {
        JobState.RUNNING: tr("Running"),
        JobState.DONE: tr("Finished"),
        JobState.FAILED: tr("Failed"),
        JobState.CANCELED: tr("Canceled"),
        JobState.INTERRUPTED: tr("Interrupted"),
    }[state]
