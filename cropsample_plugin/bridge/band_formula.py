"""Formulas over the bands of one observation, walked node by node; nothing is ever executed as code.

The grammar is the one of the algorithm *Spectral indices*, so that a formula tried in a panel works there too.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from typing import Any, Callable, Dict, FrozenSet, Mapping, Sequence, Set, Tuple

from cropsample_plugin.bridge.engine_errors import EngineError

_MOST_CHARACTERS = 2000
_MOST_EXPONENT = 64.0
_EXAMPLE = "Write one such as (B08 - B04) / (B08 + B04)."
_PLAIN_NAME = re.compile(r"[^A-Za-z0-9_]+")

_BINARY: Dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.BitAnd: lambda left, right: int(left) & int(right),
    ast.BitOr: lambda left, right: int(left) | int(right),
}
_UNARY: Dict[type, Callable[[Any], Any]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: operator.not_,
    ast.Invert: operator.not_,
}
_COMPARE: Dict[type, Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_FUNCTIONS: Dict[str, Tuple[Callable[..., float], int]] = {
    "abs": (abs, 1),
    "sqrt": (math.sqrt, 1),
    "exp": (math.exp, 1),
    "log": (math.log, 1),
    "log10": (math.log10, 1),
    "sin": (math.sin, 1),
    "cos": (math.cos, 1),
    "tanh": (math.tanh, 1),
    "minimum": (min, 2),
    "maximum": (max, 2),
}


class BandFormula:
    """A formula.

    Attributes:
        text: as written.
        names: the names in it, without those of functions.
    """

    def __init__(self, text: str) -> None:
        """Read a formula.

        Raises:
            EngineError: kind ``input``: it cannot be read, or holds something else than numbers, names, arithmetic,
                comparisons and the functions known.
        """
        self.text = text.strip()
        if not self.text or len(self.text) > _MOST_CHARACTERS:
            raise EngineError("input", "The formula is empty or too long.", _EXAMPLE)
        try:
            self._root: ast.AST = ast.parse(self.text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise EngineError("input", f"The formula '{self.text}' cannot be read.", _EXAMPLE) from error
        found: Set[str] = set()
        for node in self._parts():
            if isinstance(node, ast.Name):
                found.add(node.id)
        self.names: FrozenSet[str] = frozenset(found)

    def evaluate(self, values: Mapping[str, float]) -> float:
        """Return the value at one observation, NaN where there is none: a missing band, a division by zero, ..."""
        if any(math.isnan(values[name]) for name in self.names):
            return math.nan
        try:
            value = float(self._value(self._root, values))
        except (ArithmeticError, ValueError, TypeError):
            return math.nan
        return value if math.isfinite(value) else math.nan

    def _parts(self) -> Sequence[ast.AST]:
        """Return all nodes that are values; raise at anything that is not arithmetic."""
        pending, parts = [self._root], []
        while pending:
            node = pending.pop()
            parts.append(node)
            pending.extend(self._children(node))
        return parts

    def _children(self, node: ast.AST) -> Sequence[ast.AST]:  # noqa: PLR0911 - one return per kind of node
        if isinstance(node, ast.Name):
            return ()
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
            return ()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
            if node.func.id in _FUNCTIONS and len(node.args) == _FUNCTIONS[node.func.id][1]:
                return node.args
        elif isinstance(node, ast.BinOp) and (type(node.op) in _BINARY or isinstance(node.op, ast.Pow)):
            return (node.left, node.right)
        elif isinstance(node, ast.UnaryOp) and type(node.op) in _UNARY:
            return (node.operand,)
        elif isinstance(node, ast.BoolOp):
            return node.values
        elif isinstance(node, ast.Compare) and all(type(each) in _COMPARE for each in node.ops):
            return (node.left, *node.comparators)
        raise EngineError(
            "input",
            f"The formula '{self.text}' holds '{ast.unparse(node)}', which is no arithmetic.",
            f"Use band names, numbers, + - * / ** ( ), comparisons, and: {', '.join(_FUNCTIONS)}.",
        )

    def _value(self, node: Any, values: Mapping[str, float]) -> Any:  # noqa: ANN401, PLR0911 - one return per kind of node
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            return values[node.id]
        parts = [self._value(part, values) for part in self._children(node)]
        if isinstance(node, ast.Call):
            return _FUNCTIONS[node.func.id][0](*parts)  # type: ignore[attr-defined]
        if isinstance(node, ast.UnaryOp):
            return _UNARY[type(node.op)](*parts)
        if isinstance(node, ast.BoolOp):
            return all(parts) if isinstance(node.op, ast.And) else any(parts)
        if isinstance(node, ast.Compare):
            return all(_COMPARE[type(each)](*pair) for each, pair in zip(node.ops, zip(parts[:-1], parts[1:])))
        if isinstance(node.op, ast.Pow):
            return _power(*parts)
        return _BINARY[type(node.op)](*parts)


def plain_name(band: str) -> str:
    """Return how a formula calls a band: ``S2 B04`` becomes ``S2_B04``, ``8A`` becomes ``_8A``."""
    name = _PLAIN_NAME.sub("_", band.strip())
    return f"_{name}" if name[:1].isdigit() else name


def _power(base: float, exponent: float) -> float:
    if abs(exponent) > _MOST_EXPONENT:
        raise ArithmeticError
    return math.pow(base, exponent)
