"""Splits: nothing is on both sides, groups stay whole, classes are spread."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from sklearn.model_selection import StratifiedKFold
from training_factories import make_training_set

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.models.validation import (
    Protocol,
    calibration_folds,
    holdout_split,
    separable_rows,
    split_folds,
)


def with_classes(classes, **changes):
    samples = make_training_set(n=len(classes), n_classes=int(max(classes)) + 1)
    return dataclasses.replace(samples, class_indices=np.asarray(classes), **changes)


def test_k_fold_tests_every_sample_once_as_scikit_learn_would():
    samples = make_training_set(n=103, n_classes=4)
    folds = split_folds(samples, Protocol("k_fold", 5, seed=7))
    tested = np.concatenate([fold.test_rows for fold in folds])
    assert sorted(tested) == list(range(103))
    splitter = StratifiedKFold(5, shuffle=True, random_state=7)
    for fold, (train, test) in zip(folds, splitter.split(samples.values[:, 0, 0], samples.class_indices)):
        assert np.array_equal(fold.train_rows, train)
        assert np.array_equal(fold.test_rows, test)


@pytest.mark.parametrize("protocol", [Protocol("k_fold", 4), Protocol("holdout", validation_share=0.25)])
def test_groups_are_never_split(protocol):
    rng = np.random.default_rng(0)
    samples = make_training_set(n=120, n_classes=3, groups=rng.integers(0, 25, 120))
    for fold in split_folds(samples, protocol):
        assert not set(samples.groups[fold.train_rows]) & set(samples.groups[fold.test_rows])
        assert len(fold.test_rows) == pytest.approx(30, abs=15)
    fit, held = holdout_split(samples, 0.2, 0)
    assert not set(samples.groups[fit]) & set(samples.groups[held])


def test_holdout_holds_out_the_share_of_every_class():
    samples = with_classes([0] * 50 + [1] * 30 + [2] * 10)
    (fold,) = split_folds(samples, Protocol("holdout", validation_share=0.2))
    assert np.bincount(samples.class_indices[fold.test_rows]).tolist() == [10, 6, 2]
    assert sorted([*fold.train_rows, *fold.test_rows]) == list(range(90))


def test_a_class_with_a_single_sample_is_trained_and_never_tested():
    samples = with_classes([0] * 20 + [1] * 20 + [2])
    for protocol in (Protocol("k_fold", 5), Protocol("holdout")):
        for fold in split_folds(samples, protocol):
            assert 40 in fold.train_rows
            assert 40 not in fold.test_rows
    assert 40 in holdout_split(samples, 0.2, 0)[0]


def test_a_class_in_a_single_group_is_trained_and_never_tested():
    groups = np.arange(40) // 4
    samples = with_classes([0, 1] * 18 + [2] * 4, groups=groups)
    assert set(range(36, 40)).isdisjoint(separable_rows(samples))
    for fold in split_folds(samples, Protocol("k_fold", 3)):
        assert set(range(36, 40)) <= set(fold.train_rows)


def test_only_local_samples_are_tested_and_global_ones_of_their_group_left_out():
    samples = make_training_set(n=80, n_classes=2, share_local=0.5, groups=np.arange(80) // 2)
    folds = split_folds(samples, Protocol("k_fold", 4))
    for fold in folds:
        assert samples.is_local[fold.test_rows].all()
        assert not set(samples.groups[fold.train_rows]) & set(samples.groups[fold.test_rows])
    assert sum(len(fold.test_rows) for fold in folds) == samples.is_local.sum()


def test_too_many_folds_are_refused():
    with pytest.raises(InputError, match="only 4 samples in the largest class"):
        split_folds(with_classes([0, 1] * 4), Protocol("k_fold", 5))
    samples = make_training_set(n=60, n_classes=2, groups=np.arange(60) % 3)
    with pytest.raises(InputError, match="only 3 groups"):
        split_folds(samples, Protocol("k_fold", 5))


def test_one_group_cannot_be_validated():
    samples = make_training_set(n=30, groups=np.zeros(30))
    with pytest.raises(SamplesError, match="held out"):
        split_folds(samples, Protocol("k_fold", 2))
    assert split_folds(samples, Protocol("none")) == []
    assert len(holdout_split(samples, 0.2, 0)[1]) == 0
    assert calibration_folds(samples, 5, 0) == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": "leave"}, "no validation"),
        ({"name": "k_fold", "n_folds": 1}, "folds is 1"),
        ({"name": "holdout", "validation_share": 1.0}, "share is 1"),
    ],
)
def test_impossible_protocols_are_refused(values, words):
    with pytest.raises(InputError, match=words):
        Protocol(**values)


def test_the_seed_decides_the_split():
    samples = make_training_set(n=100)
    for name in ("k_fold", "holdout"):
        first, again, other = (split_folds(samples, Protocol(name, seed=seed))[0].test_rows for seed in (1, 1, 2))
        assert np.array_equal(first, again)
        assert not np.array_equal(first, other)
