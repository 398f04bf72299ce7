"""Every transition of the polygon tools: each mode in each state it can be in, with each event."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from cropsample_plugin.gui.labeling.polygon_states import (
    CHOICE_MODES,
    LEAST_POINTS,
    N_POINTS,
    Event,
    Gesture,
    Hint,
    Kind,
    Mode,
    Outcome,
    State,
    Step,
    advance,
)

NEW = (9.0, 9.0)
PLACES = ((1.0, 1.0), (2.0, 1.0), (3.0, 4.0), (0.0, 5.0))
LINES = (Mode.DRAW, Mode.RESHAPE, Mode.CUT)
POINTED = (Kind.CLICK, Kind.ADD_CLICK, Kind.DOUBLE_CLICK, Kind.RIGHT_CLICK, Kind.MOVE, Kind.DRAG_START, Kind.DRAG_END)

# What an event leads to, written as: the state, the number of points placed, then "step" or "hint".
SAME = "same"
# Whatever the mode.
OFF = dict.fromkeys(Kind, SAME) | {Kind.SESSION_OPENED: "idle 0"}
ALWAYS = {
    Kind.MOVE: SAME,
    Kind.MODE_CHANGED: "idle 0",
    Kind.SESSION_OPENED: "idle 0",
    Kind.SESSION_CLOSED: "off 0",
}
NOTHING_PLACED = ALWAYS | {
    Kind.DOUBLE_CLICK: SAME,
    Kind.RIGHT_CLICK: SAME,
    Kind.ENTER: SAME,
    Kind.BACKSPACE: SAME,
    Kind.ESCAPE: SAME,
}
LINE_IDLE = NOTHING_PLACED | {
    Kind.CLICK: "placing 1",
    Kind.ADD_CLICK: "placing 1",
    Kind.DRAG_START: SAME,
    Kind.DRAG_END: "placing 1",
}
FIXED_IDLE = LINE_IDLE | {Kind.DRAG_START: "dragging 1", Kind.DRAG_END: SAME}


def line_placing(n, *, is_enough):
    end = "idle 0 step" if is_enough else f"placing {n} hint"
    return ALWAYS | {
        Kind.CLICK: f"placing {n + 1}",
        Kind.ADD_CLICK: f"placing {n + 1}",
        Kind.DRAG_START: SAME,
        Kind.DRAG_END: f"placing {n + 1}",
        Kind.DOUBLE_CLICK: end,
        Kind.RIGHT_CLICK: end,
        Kind.ENTER: end,
        Kind.BACKSPACE: f"placing {n - 1}" if n > 1 else "idle 0",
        Kind.ESCAPE: "idle 0",
    }


def fixed_placing(n, *, is_last, backspace=""):
    placed = "idle 0 step" if is_last else f"placing {n + 1}"
    return ALWAYS | {
        Kind.CLICK: placed,
        Kind.ADD_CLICK: placed,
        Kind.DRAG_START: f"dragging {n}",
        Kind.DRAG_END: SAME,
        Kind.DOUBLE_CLICK: SAME,
        Kind.RIGHT_CLICK: f"placing {n} hint",
        Kind.ENTER: f"placing {n} hint",
        Kind.BACKSPACE: backspace or (f"placing {n - 1}" if n > 1 else "idle 0"),
        Kind.ESCAPE: "idle 0",
    }


def dragging(n, *, is_last):
    return NOTHING_PLACED | {
        Kind.CLICK: SAME,
        Kind.ADD_CLICK: SAME,
        Kind.DRAG_START: SAME,
        Kind.DRAG_END: "idle 0 step" if is_last else f"placing {n + 1}",
        Kind.ESCAPE: "idle 0",
    }


def choice_idle(click):
    return NOTHING_PLACED | {
        Kind.CLICK: click,
        Kind.ADD_CLICK: "choosing 1",
        Kind.DRAG_START: SAME,
        Kind.DRAG_END: click,
    }


def choosing(n, click, *, is_enough):
    end = "idle 0 step" if is_enough else f"choosing {n} hint"
    return choice_idle(click) | {
        Kind.ADD_CLICK: f"choosing {n + 1}",
        Kind.DOUBLE_CLICK: end,
        Kind.RIGHT_CLICK: end,
        Kind.ENTER: end,
        Kind.BACKSPACE: f"choosing {n - 1}" if n > 1 else "idle 0",
        Kind.ESCAPE: "idle 0",
    }


def expectations():
    """Return (mode, state, number of points) -> event -> what it leads to."""
    table = {(mode, State.OFF, 0): OFF for mode in Mode}
    for mode in LINES:
        table[mode, State.IDLE, 0] = LINE_IDLE
        for n in (1, 2, 3, 4):
            table[mode, State.PLACING, n] = line_placing(n, is_enough=n >= (3 if mode is Mode.DRAW else 2))
    for mode in (Mode.CIRCLE, Mode.RECTANGLE, Mode.RESIZE, Mode.VERTEX):
        table[mode, State.IDLE, 0] = FIXED_IDLE
        removes = "idle 0 step" if mode is Mode.VERTEX else ""
        table[mode, State.PLACING, 1] = fixed_placing(1, is_last=True, backspace=removes)
        table[mode, State.DRAGGING, 1] = dragging(1, is_last=True)
    mode = Mode.ROTATED_RECTANGLE
    table[mode, State.IDLE, 0] = FIXED_IDLE
    table[mode, State.PLACING, 1] = fixed_placing(1, is_last=False)
    table[mode, State.PLACING, 2] = fixed_placing(2, is_last=True)
    table[mode, State.DRAGGING, 1] = dragging(1, is_last=False)
    table[mode, State.DRAGGING, 2] = dragging(2, is_last=True)
    table[Mode.PICK, State.IDLE, 0] = choice_idle("idle 0 step")
    table[Mode.MERGE, State.IDLE, 0] = choice_idle("choosing 1")
    for n in (1, 2, 3, 4):
        table[Mode.PICK, State.CHOOSING, n] = choosing(n, "idle 0 step", is_enough=True)
        table[Mode.MERGE, State.CHOOSING, n] = choosing(n, f"choosing {n + 1}", is_enough=n >= 2)
    return table


TABLE = expectations()


def event_of(kind, mode=Mode.DRAW, point=NEW):
    return Event(kind, point if kind in POINTED else None, mode if kind is Kind.MODE_CHANGED else None)


def written(before: Gesture, outcome: Outcome) -> str:
    """Return an outcome in the table's words; "same" where nothing but the pointer changed."""
    after = outcome.gesture
    if outcome.step is None and outcome.hint is None and replace(after, cursor=before.cursor) == before:
        return SAME
    ends = (" step" if outcome.step else "") + (" hint" if outcome.hint else "")
    return f"{after.state.value} {len(after.points)}{ends}"


@pytest.mark.parametrize(("mode", "state", "n_points"), TABLE, ids=lambda value: getattr(value, "value", value))
def test_every_event_leads_where_the_table_says(mode, state, n_points):
    before = Gesture(mode, state, PLACES[:n_points], (7.0, 7.0))
    other = Mode.CUT if mode is Mode.DRAW else Mode.DRAW
    found = {kind: written(before, advance(before, event_of(kind, other))) for kind in Kind}
    expected = dict(TABLE[mode, state, n_points])
    if state is State.OFF:
        # Another tool may be chosen while none can be used.
        expected[Kind.MODE_CHANGED] = "off 0"
        expected[Kind.SESSION_CLOSED] = found[Kind.SESSION_CLOSED]
    elif state is State.IDLE:
        expected[Kind.SESSION_OPENED] = SAME
    assert found == expected


def test_the_table_is_complete():
    """Whatever can be reached, with lines and choices of up to four points, stands in the table with every event."""
    start = Gesture()
    reached, waiting, places = {start}, [start], count()
    while waiting:
        gesture = waiting.pop()
        for kind in Kind:
            for mode in Mode:
                number = float(next(places))
                event = event_of(kind, mode, (number, -number))
                after = advance(gesture, event).gesture
                seen = replace(after, points=PLACES[: len(after.points)], cursor=None)
                if len(after.points) <= len(PLACES) and seen not in reached:
                    reached.add(seen)
                    waiting.append(seen)
    assert {(gesture.mode, gesture.state, len(gesture.points)) for gesture in reached} == set(TABLE)
    assert all(set(row) == set(Kind) for row in TABLE.values())


def test_every_mode_knows_when_it_ends():
    assert set(N_POINTS) | set(LEAST_POINTS) == set(Mode)
    assert not set(N_POINTS) & set(LEAST_POINTS)


def run(mode, *events):
    """Return the outcomes of a gesture from its start."""
    gesture, outcomes = Gesture(mode, State.IDLE), []
    for kind, *point in events:
        outcomes.append(advance(gesture, Event(kind, point[0] if point else None)))
        gesture = outcomes[-1].gesture
    return outcomes


def test_steps_hold_the_points_in_order():
    a, b, c, d = PLACES
    assert run(Mode.DRAW, (Kind.CLICK, a), (Kind.CLICK, b), (Kind.CLICK, c), (Kind.DOUBLE_CLICK, c))[-1].step == Step(
        Mode.DRAW, (a, b, c)
    )
    drawn = run(Mode.DRAW, (Kind.CLICK, a), (Kind.CLICK, d), (Kind.BACKSPACE,), *((Kind.CLICK, p) for p in (b, c)))
    assert advance(drawn[-1].gesture, Event(Kind.ENTER)).step == Step(Mode.DRAW, (a, b, c))
    dragged = run(Mode.CIRCLE, (Kind.DRAG_START, a), (Kind.MOVE, b), (Kind.DRAG_END, c))
    assert dragged[1].gesture.band == (a, b)
    assert dragged[-1].step == Step(Mode.CIRCLE, (a, c))
    base = run(Mode.ROTATED_RECTANGLE, (Kind.DRAG_START, a), (Kind.DRAG_END, b), (Kind.CLICK, c))
    assert base[-1].step == Step(Mode.ROTATED_RECTANGLE, (a, b, c))
    assert run(Mode.PICK, (Kind.ADD_CLICK, a), (Kind.CLICK, b))[-1].step == Step(Mode.PICK, (a, b))
    assert run(Mode.VERTEX, (Kind.CLICK, a), (Kind.BACKSPACE,))[-1].step == Step(Mode.VERTEX, (a,), is_removal=True)


def test_the_band_follows_the_pointer_only_while_points_are_expected():
    a, b, _, _ = PLACES
    assert run(Mode.DRAW, (Kind.MOVE, a))[-1].gesture.band == ()
    assert run(Mode.DRAW, (Kind.CLICK, a), (Kind.MOVE, b))[-1].gesture.band == (a, b)
    assert run(Mode.MERGE, (Kind.CLICK, a), (Kind.MOVE, b))[-1].gesture.band == (a,)


def test_a_place_clicked_twice_is_one_vertex_but_two_choices():
    a = PLACES[0]
    assert run(Mode.DRAW, (Kind.CLICK, a), (Kind.CLICK, a))[-1].gesture.points == (a,)
    for mode in CHOICE_MODES:
        assert run(mode, (Kind.ADD_CLICK, a), (Kind.ADD_CLICK, a))[-1].gesture.points == (a, a)


def test_hints_say_what_is_missing():
    a = PLACES[0]
    assert run(Mode.DRAW, (Kind.CLICK, a), (Kind.RIGHT_CLICK, a))[-1].hint is Hint.TOO_FEW_POINTS
    assert run(Mode.MERGE, (Kind.CLICK, a), (Kind.ENTER,))[-1].hint is Hint.TOO_FEW_CHOSEN
