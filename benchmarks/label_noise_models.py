"""Label errors and every model of the registry: macro F1 on clean places, with and without TISQE weights.

Usage: ``python benchmarks/label_noise_models.py [--data FOLDER] [--set mt] [--models svm,temp_cnn] [--seeds 11,12]
[--rates 0.15,0.3] [--mode uniform] [--out rows.json]``. Finished rows are kept in the file and skipped: stop and start
again as you like. Errors are planted and judged as in ``label_noise.py``. Networks are smaller than by default and
train for 60 epochs at most, so that all of them take minutes: compare the columns, not the models.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from label_noise import DATA, SILENT, Case, make_case, tisqe
from sklearn.metrics import f1_score

from cropsample_plugin.engine.labels.quality_result import CategoryWeights
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.training_set import NOT_A_CLASS, TrainingSet

SMALL = {"n_trees": 200, "n_rounds": 60, "hidden_size": 64, "n_filters": 16, "feed_forward_size": 64}
QUICK = {"max_epochs": 60, "patience_epochs": 10}
CLEAN, NOISY, WEIGHTED, IN_SEASON = "no errors", "errors", "weights", "weights, in season"


def settings_of(model: str):
    """Return the settings of a model, with the sizes above where it has them."""
    spec = MODELS[model]
    known = spec.settings_type.__dataclass_fields__
    return spec.settings_type(**{name: value for name, value in {**SMALL, **QUICK}.items() if name in known})


def samples_of(case: Case, codes, weights, steps=None) -> TrainingSet:
    """Return the training samples with some labels and weights; those of weight 0 are left out."""
    used = np.flatnonzero(weights > 0)
    n = len(used)
    return TrainingSet(
        values=case.train[used], static_values=np.zeros((n, 0), np.float32), class_indices=codes[used],
        weights=weights[used], is_local=np.ones(n, bool), global_class_indices=np.full(n, NOT_A_CLASS),
        n_classes=len(case.classes), n_global_classes=0, groups=np.arange(n), step_weights=steps,
    )  # fmt: skip


def run_case(case: Case, truth, model: str) -> dict[str, float]:
    """Return macro F1 on the clean places: trained on true labels, on wrong ones, and on these with weights."""
    found, steps = tisqe(case.series, case.noisy, case.classes)
    ones, weights = np.ones(len(case.noisy)), CategoryWeights().of(found.category, case.noisy)
    trainings = {
        CLEAN: samples_of(case, truth, ones),
        NOISY: samples_of(case, case.noisy, ones),
        WEIGHTED: samples_of(case, case.noisy, weights),
    }
    if MODELS[model].scales_inputs and np.ptp(steps) > 0:
        trainings[IN_SEASON] = samples_of(case, case.noisy, weights, steps)
    values, reference = case.test
    scores = {}
    for name, samples in trainings.items():
        fitted = MODELS[model].fit(samples, settings_of(model), FitContext(SILENT, seed=case.seed))
        given = fitted.predictor.predict_probabilities(values, np.zeros((len(values), 0), np.float32))
        scores[name] = float(f1_score(reference, given.argmax(axis=1), average="macro"))
    return scores


def true_codes(data: Path, name: str, mode: str, seed: int):
    """Return the training labels before errors were planted."""
    return make_case(data, name, 0.0, mode, seed).noisy


def print_table(found: dict[str, dict[str, float]]) -> None:
    """Print means over the seeds, and in how many of them the weights help."""
    print(
        f"| model | errors | seeds | {CLEAN} | {NOISY} | {WEIGHTED} | {IN_SEASON} | weights minus errors (better in) |"
    )
    print("|---" * 8 + "|")
    for setting in dict.fromkeys(key.rsplit("|", 1)[0] for key in found):
        rows = [row for key, row in found.items() if key.rsplit("|", 1)[0] == setting]
        model, rate = setting.split("|")[2:4]
        gains = np.array([row[WEIGHTED] - row[NOISY] for row in rows])
        cells = [f"{np.mean([row[name] for row in rows]):.3f}" if all(name in row for row in rows) else ""
                 for name in (CLEAN, NOISY, WEIGHTED, IN_SEASON)]  # fmt: skip
        told = f"{gains.mean():+.3f} ({int((gains > 0).sum())} of {len(rows)})"
        print(f"| {MODELS[model].title} | {float(rate):.0%} | {len(rows)} | {' | '.join(cells)} | {told} |")


def main() -> None:
    """Run what is missing, then print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--set", default="mt")
    parser.add_argument("--mode", default="uniform")
    parser.add_argument("--models", default=",".join(name for name in MODELS if name != "multi_head_lstm"))
    parser.add_argument("--seeds", default="11,12,13")
    parser.add_argument("--rates", default="0.15,0.3")
    parser.add_argument("--out", type=Path, default=Path("label_noise_models.json"))
    options = parser.parse_args()
    found = json.loads(options.out.read_text()) if options.out.exists() else {}
    for seed in map(int, options.seeds.split(",")):
        truth = true_codes(options.data, options.set, options.mode, seed)
        for rate in map(float, options.rates.split(",")):
            case = make_case(options.data, options.set, rate, options.mode, seed)
            for model in options.models.split(","):
                key = f"{options.set}|{options.mode}|{model}|{rate}|{seed}"
                if key not in found:
                    found[key] = run_case(case, truth, model)
                    options.out.write_text(json.dumps(found))
                    print(key, {name: round(score, 3) for name, score in found[key].items()}, flush=True)
    print_table(found)


if __name__ == "__main__":
    main()
