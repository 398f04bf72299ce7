"""Try hyperparameters on folds, learn from each trial where to look next, and check the winner on a fold kept apart."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cropsample_plugin.engine.errors import CanceledError, CropSampleError, InputError
from cropsample_plugin.engine.models.cross_validation.designs import NamedFold
from cropsample_plugin.engine.models.evaluation import evaluate_folds
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.hyperparameter_search.choice import SCORE, Trial, choose_trial
from cropsample_plugin.engine.models.hyperparameter_search.spaces import Choices, Space, search_space
from cropsample_plugin.engine.models.hyperparameter_values import read_settings
from cropsample_plugin.engine.models.registry import ModelSpec, model_spec
from cropsample_plugin.engine.models.training_set import TrainingSet
from cropsample_plugin.engine.models.validation import Fold
from cropsample_plugin.engine.progress import StepProgress, raise_if_canceled

if TYPE_CHECKING:
    import optuna

TRIALS_TABLE = "trials"
_N_RANDOM_TRIALS = 8
_SECONDS_PER_MINUTE = 60.0
_FEWEST_CLASSES = 2
_FEWEST_FOLDS_TO_CHECK = 3


@dataclass(frozen=True)
class SearchOptions:
    """How to search.

    Attributes:
        model: name of the registry.
        n_trials: settings to try, the default among them.
        choice: ``score`` or ``knee``; see `choose_trial`.
        max_minutes: no trial is begun after it; 0 for no limit.
        class_weights: ``none`` or ``balanced``.
    """

    model: str
    n_trials: int = 30
    choice: str = SCORE
    max_minutes: float = 0.0
    class_weights: str = "none"

    def __post_init__(self) -> None:
        if self.n_trials < 1:
            raise InputError(f"{self.n_trials} trials are asked for.", "Ask for one or more.")


@dataclass(frozen=True)
class Check:
    """Macro F1 on a fold that no trial saw.

    Attributes:
        fold: what it holds out.
        default, chosen: scores of the model's default and of the chosen setting.
    """

    fold: str
    default: float
    chosen: float


@dataclass(frozen=True)
class SearchOutcome:
    """What was found.

    Attributes:
        trials: in the order they were run; the first is the model's default.
        chosen: the one to recommend.
        check: None where there were too few folds to keep one apart.
        minutes: time taken.
        is_cut_short: True when the time ran out before the trials.
    """

    trials: tuple[Trial, ...]
    chosen: Trial
    check: Check | None
    minutes: float
    is_cut_short: bool


def search_hyperparameters(
    samples: TrainingSet, folds: list[NamedFold], options: SearchOptions, context: FitContext
) -> SearchOutcome:
    """Try settings by tree-structured Parzen estimators (Bergstra et al. 2011) and choose one.

    With three folds or more the last one is kept apart: its samples neither train nor test any trial, and say at the
    end what the search has gained. When the score decides, a trial that is worse than the median of the others after
    the same number of folds is stopped.

    Raises:
        SamplesError: no setting could be trained.
        CanceledError: the user cancelled.
    """
    started = time.monotonic()
    inner, outer = _split(samples, folds)
    run = _Search(samples, inner, options, replace(context, progress=StepProgress(context.progress, 0.0, 0.9)))
    is_cut_short = run.run(started)
    chosen = choose_trial(run.trials, options.choice)
    check = None
    if outer is not None:
        progress = StepProgress(context.progress, 0.9, 1.0)
        scores = [run.score(outer.fold, values, progress) for values in ({}, chosen.values)]
        check = Check(outer.name, *scores)
    minutes = (time.monotonic() - started) / _SECONDS_PER_MINUTE
    return SearchOutcome(tuple(run.trials), chosen, check, minutes, is_cut_short)


def _split(samples: TrainingSet, folds: list[NamedFold]) -> tuple[list[NamedFold], NamedFold | None]:
    """Return the folds to search on, and the one kept apart or None."""
    if len(folds) < _FEWEST_FOLDS_TO_CHECK:
        return folds, None
    outer = folds[-1]
    inner = []
    for item in folds[:-1]:
        train = item.fold.train_rows[
            ~np.isin(samples.groups[item.fold.train_rows], samples.groups[outer.fold.test_rows])
        ]
        train = train[~np.isin(train, outer.fold.test_rows)]
        if len(np.unique(samples.class_indices[train])) >= _FEWEST_CLASSES:
            inner.append(NamedFold(item.name, Fold(train, item.fold.test_rows)))
    return (inner, outer) if inner else (folds, None)


class _Search:
    """The trials of one search."""

    def __init__(
        self, samples: TrainingSet, folds: list[NamedFold], options: SearchOptions, context: FitContext
    ) -> None:
        self._samples = samples
        self._folds = folds
        self._options = options
        self._context = context
        self._spec: ModelSpec = model_spec(options.model)
        self._space: Space = search_space(options.model, samples.values.shape[1])
        self.trials: list[Trial] = []

    def run(self, started: float) -> bool:
        """Run the trials; True when the time ran out first."""
        import optuna

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        sampler = optuna.samplers.TPESampler(n_startup_trials=_N_RANDOM_TRIALS, seed=self._context.seed)
        stops_early = self._options.choice == SCORE
        pruner = optuna.pruners.MedianPruner() if stops_early else optuna.pruners.NopPruner()
        study = optuna.create_study(direction="maximize", sampler=sampler, pruner=pruner)
        limit_s = self._options.max_minutes * _SECONDS_PER_MINUTE
        for number in range(self._options.n_trials):
            raise_if_canceled(self._context.progress)
            if number and limit_s and time.monotonic() - started >= limit_s:
                return True
            self._run_one(study, number)
            self._tell(number)
        return False

    def _run_one(self, study: optuna.Study, number: int) -> None:
        # The default is looked at first, and told to the sampler where it lies within the space.
        asked = None if number == 0 else study.ask()
        values = {} if asked is None else {name: _suggest(asked, name, item) for name, item in self._space.items()}
        trial = self._attempt(number, values, asked)
        self.trials.append(trial)
        if asked is not None:
            study.tell(asked, **_verdict(trial))
        elif trial.state == "done" and _lies_within(trial.values, self._space):
            study.add_trial(_told_trial(trial.values, self._space, trial.macro_f1))

    def _attempt(self, number: int, values: dict[str, Any], asked: optuna.Trial | None) -> Trial:
        scores: list[float] = []
        state, reason, begun = "done", "", time.perf_counter()
        n_trials, n_folds = self._options.n_trials, len(self._folds)
        try:
            for position, item in enumerate(self._folds):
                at = (number + position / n_folds) / n_trials
                progress = _NoCurves(self._context.progress, at, at + 1.0 / (n_trials * n_folds))
                scores.append(self.score(item.fold, values, progress))
                if asked is not None:
                    asked.report(float(np.mean(scores)), position)
                    if position + 1 < n_folds and asked.should_prune():
                        state = "stopped"
                        break
        except CanceledError:
            raise
        except CropSampleError as error:
            state, reason = "failed", str(error)
        seconds = (time.perf_counter() - begun) / max(1, len(scores))
        return Trial(number + 1, values or self._defaults(), tuple(scores), seconds, state, reason)

    def score(self, fold: Fold, values: dict[str, Any], progress: StepProgress) -> float:
        """Return the macro F1 of a setting on one fold."""
        settings = read_settings(self._spec.settings_type, values)
        context = replace(self._context, progress=progress)
        evaluation = evaluate_folds(self._samples, [fold], (self._spec, settings), self._options.class_weights, context)
        return evaluation.macro_f1

    def _defaults(self) -> dict[str, Any]:
        everything = asdict(self._spec.settings_type())
        return {name: everything[name] for name in self._space}

    def _tell(self, number: int) -> None:
        trial = self.trials[-1]
        progress = self._context.progress
        row = {"trial": trial.number, "state": trial.state, "macro_f1": trial.macro_f1, "seconds": trial.seconds}
        progress.row(TRIALS_TABLE, {**row, **trial.values})
        finished = [item.macro_f1 for item in self.trials if item.state == "done"]
        if trial.state == "done":
            progress.metric("macro_f1", trial.number, trial.macro_f1)
            progress.metric("best_macro_f1", trial.number, max(finished))
        best = f", best macro F1 {max(finished):.3f}" if finished else ""
        progress.report(
            (number + 1) / self._options.n_trials, f"Trial {trial.number} of {self._options.n_trials}{best}"
        )
        if trial.state == "failed":
            progress.log(f"Trial {trial.number} failed: {trial.reason}", "warning")


class _NoCurves(StepProgress):
    """Keeps the learning curves of hundreds of trainings out of the panel."""

    def metric(self, name: str, step: int, value: float) -> None:
        """Ignore."""


def _verdict(trial: Trial) -> dict[str, Any]:
    from optuna.trial import TrialState

    if trial.state == "done":
        return {"values": trial.macro_f1}
    return {"state": TrialState.PRUNED if trial.state == "stopped" else TrialState.FAIL}


def _suggest(trial: optuna.Trial, name: str, item: Any) -> Any:  # noqa: ANN401 - a value of any hyperparameter
    if isinstance(item, Choices):
        return trial.suggest_categorical(name, list(item.values))
    if item.is_integer:
        return trial.suggest_int(name, int(item.low), int(item.high), log=item.is_log)
    return trial.suggest_float(name, item.low, item.high, log=item.is_log)


def _lies_within(values: dict[str, Any], space: Space) -> bool:
    for name, item in space.items():
        value = values[name]
        if isinstance(item, Choices):
            if value not in item.values:
                return False
        elif isinstance(value, str) or not item.low <= value <= item.high:
            return False
    return True


def _told_trial(values: dict[str, Any], space: Space, score: float) -> optuna.trial.FrozenTrial:
    import optuna

    distributions: dict[str, Any] = {}
    for name, item in space.items():
        if isinstance(item, Choices):
            distributions[name] = optuna.distributions.CategoricalDistribution(list(item.values))
        elif item.is_integer:
            distributions[name] = optuna.distributions.IntDistribution(int(item.low), int(item.high), log=item.is_log)
        else:
            distributions[name] = optuna.distributions.FloatDistribution(item.low, item.high, log=item.is_log)
    return optuna.trial.create_trial(params=values, distributions=distributions, value=score)
