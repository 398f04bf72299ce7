"""The polygon tools as a state machine: what each click and key means, without widgets, maps or geometry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Callable, Dict, Optional, Tuple

Point = Tuple[float, float]


class Mode(Enum):
    """What is done with the points that are placed."""

    DRAW = "draw"
    CIRCLE = "circle"
    RECTANGLE = "rectangle"
    ROTATED_RECTANGLE = "rotated_rectangle"
    PICK = "pick"
    RESIZE = "resize"
    VERTEX = "vertex"
    RESHAPE = "reshape"
    CUT = "cut"
    MERGE = "merge"


class State(Enum):
    """Where a gesture stands.

    OFF: no session is open. IDLE: nothing is placed. PLACING: at least one point is placed and more are expected.
    DRAGGING: the same, with the button held. CHOOSING: places of objects or samples are gathered.
    """

    OFF = "off"
    IDLE = "idle"
    PLACING = "placing"
    DRAGGING = "dragging"
    CHOOSING = "choosing"


class Kind(Enum):
    """What can happen. ADD_CLICK is a click with Shift; DRAG_START is where the button went down."""

    CLICK = "click"
    ADD_CLICK = "add_click"
    DOUBLE_CLICK = "double_click"
    RIGHT_CLICK = "right_click"
    MOVE = "move"
    DRAG_START = "drag_start"
    DRAG_END = "drag_end"
    ENTER = "enter"
    BACKSPACE = "backspace"
    ESCAPE = "escape"
    MODE_CHANGED = "mode_changed"
    SESSION_OPENED = "session_opened"
    SESSION_CLOSED = "session_closed"


class Hint(Enum):
    """Why a gesture is not finished yet although that was asked for."""

    TOO_FEW_POINTS = "too_few_points"
    TOO_FEW_CHOSEN = "too_few_chosen"


@dataclass(frozen=True)
class Event:
    """Something that happened; `point` of clicks, moves and drags, `mode` of MODE_CHANGED."""

    kind: Kind
    point: Optional[Point] = None
    mode: Optional[Mode] = None


@dataclass(frozen=True)
class Gesture:
    """A gesture on its way.

    Attributes:
        mode: what it will do.
        state: where it stands.
        points: placed so far.
        cursor: where the pointer was seen last, None before it was.
    """

    mode: Mode = Mode.DRAW
    state: State = State.OFF
    points: Tuple[Point, ...] = ()
    cursor: Optional[Point] = None

    @property
    def band(self) -> Tuple[Point, ...]:
        """What the rubber band shows: the points placed and, while more are expected, the pointer."""
        is_following = self.state in (State.PLACING, State.DRAGGING) and self.cursor is not None
        return (*self.points, self.cursor) if is_following and self.points[-1] != self.cursor else self.points


@dataclass(frozen=True)
class Step:
    """A finished gesture; of VERTEX, `is_removal` says that the vertex held is to be taken out."""

    mode: Mode
    points: Tuple[Point, ...]
    is_removal: bool = False


@dataclass(frozen=True)
class Outcome:
    """What an event led to: the gesture now, the step that it finished, and why it did not finish one."""

    gesture: Gesture
    step: Optional[Step] = None
    hint: Optional[Hint] = None


# Modes whose gesture ends by itself with so many points; the others end when the user says so.
N_POINTS: Dict[Mode, int] = {
    Mode.CIRCLE: 2,
    Mode.RECTANGLE: 2,
    Mode.ROTATED_RECTANGLE: 3,
    Mode.RESIZE: 2,
    Mode.VERTEX: 2,
}
# Least number of points, or of places chosen, of the others.
LEAST_POINTS: Dict[Mode, int] = {Mode.DRAW: 3, Mode.RESHAPE: 2, Mode.CUT: 2, Mode.PICK: 1, Mode.MERGE: 2}
CHOICE_MODES = (Mode.PICK, Mode.MERGE)


def advance(gesture: Gesture, event: Event) -> Outcome:
    """Return what an event leads to; events that mean nothing in this state leave the gesture as it is."""
    if event.kind is Kind.SESSION_CLOSED:
        return Outcome(Gesture(gesture.mode, State.OFF))
    if event.kind is Kind.SESSION_OPENED:
        return Outcome(Gesture(gesture.mode, State.IDLE, cursor=gesture.cursor))
    if event.kind is Kind.MODE_CHANGED:
        state = State.OFF if gesture.state is State.OFF else State.IDLE
        return Outcome(Gesture(event.mode or gesture.mode, state, cursor=gesture.cursor))
    if gesture.state is State.OFF:
        return Outcome(gesture)
    if event.point is not None:
        gesture = replace(gesture, cursor=event.point)
    return _HANDLERS[event.kind](gesture)


def _click(gesture: Gesture) -> Outcome:
    if gesture.state is State.DRAGGING:
        return Outcome(gesture)
    if gesture.mode is Mode.PICK:
        return _finished(_with_cursor(gesture))
    return _add_click(gesture)


def _add_click(gesture: Gesture) -> Outcome:
    if gesture.state is State.DRAGGING:
        return Outcome(gesture)
    placed = _with_cursor(gesture)
    if gesture.mode in CHOICE_MODES:
        return Outcome(replace(placed, state=State.CHOOSING))
    return _finished_when_full(placed)


def _double_click(gesture: Gesture) -> Outcome:
    # The first of the two clicks has placed the point already.
    return Outcome(gesture) if gesture.mode in N_POINTS else _end(gesture)


def _end(gesture: Gesture) -> Outcome:
    """Finish what has enough points, else say that it has not."""
    if gesture.state in (State.IDLE, State.DRAGGING):
        return Outcome(gesture)
    if gesture.mode in CHOICE_MODES:
        is_enough, hint = len(gesture.points) >= LEAST_POINTS[gesture.mode], Hint.TOO_FEW_CHOSEN
    else:
        # Modes that end by themselves would have ended.
        is_enough, hint = len(gesture.points) >= LEAST_POINTS.get(gesture.mode, 4), Hint.TOO_FEW_POINTS
    return _finished(gesture) if is_enough else Outcome(gesture, hint=hint)


def _move(gesture: Gesture) -> Outcome:
    return Outcome(gesture)


def _drag_start(gesture: Gesture) -> Outcome:
    """Take the place where the button went down; for lines and choices a drag is a click where it ends."""
    if gesture.mode not in N_POINTS or gesture.state is State.DRAGGING:
        return Outcome(gesture)
    if gesture.state is State.IDLE:
        gesture = _with_cursor(gesture)
    return Outcome(replace(gesture, state=State.DRAGGING))


def _drag_end(gesture: Gesture) -> Outcome:
    if gesture.mode not in N_POINTS:
        return _click(gesture)
    if gesture.state is not State.DRAGGING:
        return Outcome(gesture)
    return _finished_when_full(_with_cursor(gesture))


def _backspace(gesture: Gesture) -> Outcome:
    if gesture.state in (State.IDLE, State.DRAGGING):
        return Outcome(gesture)
    if gesture.mode is Mode.VERTEX:
        return Outcome(_idle(gesture), Step(gesture.mode, gesture.points, is_removal=True))
    kept = gesture.points[:-1]
    return Outcome(replace(gesture, points=kept) if kept else _idle(gesture))


def _escape(gesture: Gesture) -> Outcome:
    return Outcome(_idle(gesture))


def _finished_when_full(gesture: Gesture) -> Outcome:
    if len(gesture.points) == N_POINTS.get(gesture.mode):
        return _finished(gesture)
    return Outcome(replace(gesture, state=State.PLACING))


def _finished(gesture: Gesture) -> Outcome:
    return Outcome(_idle(gesture), Step(gesture.mode, gesture.points))


def _idle(gesture: Gesture) -> Gesture:
    return replace(gesture, state=State.IDLE, points=())


def _with_cursor(gesture: Gesture) -> Gesture:
    """Return the gesture with the pointer's place among its points; a place is not taken twice in a row."""
    point = gesture.cursor
    if point is None or (gesture.mode not in CHOICE_MODES and gesture.points[-1:] == (point,)):
        return gesture
    return replace(gesture, points=(*gesture.points, point))


_HANDLERS: Dict[Kind, Callable[[Gesture], Outcome]] = {
    Kind.CLICK: _click,
    Kind.ADD_CLICK: _add_click,
    Kind.DOUBLE_CLICK: _double_click,
    Kind.RIGHT_CLICK: _end,
    Kind.ENTER: _end,
    Kind.MOVE: _move,
    Kind.DRAG_START: _drag_start,
    Kind.DRAG_END: _drag_end,
    Kind.BACKSPACE: _backspace,
    Kind.ESCAPE: _escape,
}
