"""Trees walked for many pixels at once, compiled; the sums are those of scikit-learn, bit for bit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled

FloatArray = npt.NDArray[np.float32]
DoubleArray = npt.NDArray[np.float64]


def _walk(
    features: FloatArray,
    nodes: tuple[npt.NDArray[np.int32], FloatArray, npt.NDArray[np.int32]],
    shares: DoubleArray,
    roots: npt.NDArray[np.int32],
    sums: DoubleArray,
) -> None:
    """Add up the class shares of the leaves that each pixel reaches, tree by tree.

    Eight pixels walk a tree together, so that the processor fetches nodes for one while it compares another. A
    leaf is its own left child and its threshold is infinite: a pixel that arrived stays.

    Args:
        features: ``(n, n_features)``; n is a multiple of 8.
        nodes: feature, threshold and left child of every node; the right child follows the left one.
        shares: ``(n_nodes, n_classes)`` class shares in each leaf.
        roots: ``(n_trees,)`` first node of each tree.
        sums: ``(n, n_classes)``, overwritten.
    """
    tested, threshold, left = nodes
    sums[:] = 0.0
    for root in roots:
        for k in range(0, features.shape[0], 8):
            n0 = n1 = n2 = n3 = n4 = n5 = n6 = n7 = root
            moved = True
            while moved:
                m0 = left[n0] + (features[k, tested[n0]] > threshold[n0])
                m1 = left[n1] + (features[k + 1, tested[n1]] > threshold[n1])
                m2 = left[n2] + (features[k + 2, tested[n2]] > threshold[n2])
                m3 = left[n3] + (features[k + 3, tested[n3]] > threshold[n3])
                m4 = left[n4] + (features[k + 4, tested[n4]] > threshold[n4])
                m5 = left[n5] + (features[k + 5, tested[n5]] > threshold[n5])
                m6 = left[n6] + (features[k + 6, tested[n6]] > threshold[n6])
                m7 = left[n7] + (features[k + 7, tested[n7]] > threshold[n7])
                moved = bool(
                    (m0 ^ n0) | (m1 ^ n1) | (m2 ^ n2) | (m3 ^ n3) | (m4 ^ n4) | (m5 ^ n5) | (m6 ^ n6) | (m7 ^ n7)
                )
                n0, n1, n2, n3, n4, n5, n6, n7 = m0, m1, m2, m3, m4, m5, m6, m7
            for c in range(shares.shape[1]):
                sums[k, c] += shares[n0, c]
                sums[k + 1, c] += shares[n1, c]
                sums[k + 2, c] += shares[n2, c]
                sums[k + 3, c] += shares[n3, c]
                sums[k + 4, c] += shares[n4, c]
                sums[k + 5, c] += shares[n5, c]
                sums[k + 6, c] += shares[n6, c]
                sums[k + 7, c] += shares[n7, c]


walk = compiled(_walk)
