"""Formulas over bands, read by Python's own parser and walked node by node; nothing is ever executed as code."""

from __future__ import annotations

import ast
import operator
from typing import Any, Callable, Mapping

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError

Value = Any
_MOST_CHARACTERS = 2000
_MOST_EXPONENT = 64.0

_BINARY: dict[type[ast.operator], Callable[[Value, Value], Value]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: np.divide,
    ast.BitAnd: np.bitwise_and,
    ast.BitOr: np.bitwise_or,
}
_UNARY: dict[type[ast.unaryop], Callable[[Value], Value]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: np.logical_not,
    ast.Invert: np.logical_not,
}
_COMPARE: dict[type[ast.cmpop], Callable[[Value, Value], Value]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_FUNCTIONS: dict[str, tuple[Callable[..., Value], int]] = {
    "abs": (np.abs, 1),
    "sqrt": (np.sqrt, 1),
    "exp": (np.exp, 1),
    "log": (np.log, 1),
    "log10": (np.log10, 1),
    "sin": (np.sin, 1),
    "cos": (np.cos, 1),
    "tanh": (np.tanh, 1),
    "minimum": (np.minimum, 2),
    "maximum": (np.maximum, 2),
    "where": (np.where, 3),
}


class Formula:
    """A formula such as ``(B08 - B04) / (B08 + B04)`` or ``value < 20``.

    Attributes:
        text: the formula as given.
        names: the names in it, without those of functions.
    """

    def __init__(self, text: str) -> None:
        """Read a formula.

        Raises:
            InputError: it cannot be read, or holds something else than numbers, names, arithmetic, comparisons and
                the functions known; the message says what.
        """
        self.text = text.strip()
        if not self.text or len(self.text) > _MOST_CHARACTERS:
            raise InputError("The formula is empty or too long.", "Write one such as (B08 - B04) / (B08 + B04).")
        try:
            self._root = ast.parse(self.text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise InputError(
                f"The formula '{self.text}' cannot be read: {error}", "Write one such as (B08 - B04) / (B08 + B04)."
            ) from error
        self.names: set[str] = set()
        self._check(self._root)

    def evaluate(self, values: Mapping[str, Value]) -> Value:
        """Return the formula's value; division by zero and roots of negative numbers give NaN.

        Args:
            values: name to number or array; all arrays of one shape.
        """
        with np.errstate(all="ignore"):
            return self._value(self._root, values)

    def _check(self, node: ast.AST) -> None:  # noqa: C901 - one case per kind of node
        """Walk the tree once and raise `InputError` at anything that is not arithmetic."""
        if isinstance(node, ast.Name):
            self.names.add(node.id)
            return
        if isinstance(node, ast.Constant):
            if isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
                raise self._refusal(node)
            return
        if isinstance(node, ast.Call):
            if not isinstance(node.func, ast.Name) or node.func.id not in _FUNCTIONS or node.keywords:
                raise self._refusal(node)
            if len(node.args) != _FUNCTIONS[node.func.id][1]:
                raise InputError(f"'{node.func.id}' takes {_FUNCTIONS[node.func.id][1]} values in '{self.text}'.")
            parts: list[ast.expr] = node.args
        elif isinstance(node, ast.BinOp) and (type(node.op) in _BINARY or isinstance(node.op, ast.Pow)):
            parts = [node.left, node.right]
        elif isinstance(node, ast.UnaryOp) and type(node.op) in _UNARY:
            parts = [node.operand]
        elif isinstance(node, ast.BoolOp):
            parts = node.values
        elif isinstance(node, ast.Compare) and all(type(each) in _COMPARE for each in node.ops):
            parts = [node.left, *node.comparators]
        else:
            raise self._refusal(node)
        for part in parts:
            self._check(part)

    def _refusal(self, node: ast.AST) -> InputError:
        known = ", ".join(_FUNCTIONS)
        what = ast.unparse(node)
        return InputError(
            f"The formula '{self.text}' holds '{what}', which is no arithmetic.",
            f"Use band names, numbers, + - * / ** ( ), comparisons, and: {known}.",
        )

    def _value(self, node: ast.AST, values: Mapping[str, Value]) -> Value:  # noqa: PLR0911 - one return per node
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            return values[node.id]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return _FUNCTIONS[node.func.id][0](*(self._value(part, values) for part in node.args))
        if isinstance(node, ast.UnaryOp):
            return _UNARY[type(node.op)](self._value(node.operand, values))
        if isinstance(node, ast.BinOp):
            left, right = self._value(node.left, values), self._value(node.right, values)
            return self._power(left, right) if isinstance(node.op, ast.Pow) else _BINARY[type(node.op)](left, right)
        if isinstance(node, ast.BoolOp):
            combine = np.logical_and if isinstance(node.op, ast.And) else np.logical_or
            parts = [self._value(part, values) for part in node.values]
            found = parts[0]
            for part in parts[1:]:
                found = combine(found, part)
            return found
        return self._comparison(node, values)

    def _comparison(self, node: ast.AST, values: Mapping[str, Value]) -> Value:
        if not isinstance(node, ast.Compare):
            raise self._refusal(node)
        sides = [self._value(part, values) for part in (node.left, *node.comparators)]
        found: Value = True
        for each, left, right in zip(node.ops, sides[:-1], sides[1:]):
            found = np.logical_and(found, _COMPARE[type(each)](left, right))
        return found

    def _power(self, base: Value, exponent: Value) -> Value:
        if np.ndim(exponent) == 0 and abs(float(exponent)) > _MOST_EXPONENT:
            raise InputError(f"The formula '{self.text}' has a power above {_MOST_EXPONENT:g}.")
        if np.ndim(base) == 0 and np.ndim(exponent) == 0:
            return float(np.float_power(base, exponent))
        if np.ndim(exponent) == 0 and float(exponent) == 2.0:  # noqa: PLR2004 - a square is a product
            return base * base
        if np.ndim(exponent) == 0 and float(exponent) == 0.5:  # noqa: PLR2004 - a root is cheaper than a power
            return np.sqrt(base)
        return np.power(base, exponent)


def evaluate_float(formula: Formula, values: Mapping[str, npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    """Return a formula's value as float32 of the bands' shape; infinite becomes NaN."""
    shape = np.broadcast_shapes(*(np.shape(value) for value in values.values())) if values else ()
    found = np.array(np.broadcast_to(formula.evaluate(values), shape), dtype=np.float32)
    found[~np.isfinite(found)] = np.nan
    return found
