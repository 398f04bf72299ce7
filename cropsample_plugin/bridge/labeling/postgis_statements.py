"""SQL of a labeling session in PostGIS; names in braces are filled in quoted, values go as parameters.

Four relations, named after the first: samples, events (rows are only ever added), claims (one row a sample: who holds
it, who has done it), and a view of standing labels for whoever opens the session in QGIS. Triggers of the server keep
the claims in step with the events, whatever program writes them.
"""

from __future__ import annotations

from typing import Tuple

FORMAT = 1
SUFFIXES = {
    "samples": "",
    "events": "_events",
    "claims": "_claims",
    "labels": "_labels",
    "is_standing": "_is_standing",
    "on_samples": "_on_samples",
    "on_events": "_on_events",
    "order_events": "_order_events",
    "refuse_change": "_refuse_change",
}

TABLES: Tuple[str, ...] = (
    """
CREATE TABLE {samples} (
  sample_id text PRIMARY KEY, seq bigint GENERATED ALWAYS AS IDENTITY, x double precision NOT NULL,
  y double precision NOT NULL, stratum text NOT NULL, reason text NOT NULL, priority double precision NOT NULL,
  given_label text NOT NULL, assigned_to text[] NOT NULL, geom {postgis}.geometry(Geometry, {srid}))""",
    "CREATE INDEX ON {samples} USING gist (geom)",
    """
CREATE TABLE {events} (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event_id text NOT NULL UNIQUE,
  sample_id text NOT NULL REFERENCES {samples}, labeler text NOT NULL, kind text NOT NULL, class_name text NOT NULL,
  confidence integer, comment text NOT NULL, imagery text NOT NULL, imagery_date text NOT NULL,
  seconds_spent double precision NOT NULL, undoes text NOT NULL CHECK (undoes <> event_id), group_id text NOT NULL,
  created_at timestamptz NOT NULL, received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  geom {postgis}.geometry(Geometry, {srid}))""",
    "CREATE INDEX ON {events} (sample_id)",
    "CREATE INDEX ON {events} (undoes)",
    """
CREATE TABLE {claims} (
  sample_id text PRIMARY KEY REFERENCES {samples}, priority double precision NOT NULL, seq bigint NOT NULL,
  held jsonb NOT NULL DEFAULT '{{}}', done text[] NOT NULL DEFAULT '{{}}', passed text[] NOT NULL DEFAULT '{{}}',
  is_closed boolean NOT NULL DEFAULT false)""",
    "CREATE INDEX ON {claims} (priority, seq)",
    "CREATE INDEX ON {claims} (sample_id) WHERE held <> '{{}}'",
)

# The undoing events of an event, and theirs, from the last ones back: one stands unless one that stands undoes it.
IS_STANDING = """
DECLARE level record; blocked text[] := '{{}}';
BEGIN
  FOR level IN
    WITH RECURSIVE undoing AS (
      SELECT e.event_id, e.undoes, 1 AS depth FROM {events} e WHERE e.undoes = wanted
      UNION ALL
      SELECT e.event_id, e.undoes, u.depth + 1 FROM {events} e JOIN undoing u ON e.undoes = u.event_id)
    SELECT depth, array_agg(event_id) AS ids, array_agg(undoes) AS undone FROM undoing
    GROUP BY depth ORDER BY depth DESC
  LOOP
    SELECT coalesce(array_agg(u.undone), '{{}}') INTO blocked
    FROM unnest(level.ids, level.undone) AS u(id, undone) WHERE u.id <> ALL (blocked);
  END LOOP;
  RETURN wanted <> ALL (blocked);
END"""

ON_SAMPLES = """
BEGIN
  INSERT INTO {claims} (sample_id, priority, seq) SELECT sample_id, priority, seq FROM added;
  RETURN NULL;
END"""

# What stands for the samples that events were added to; a label taken back gives its labeler the sample to hold again.
ON_EVENTS = """
BEGIN
  WITH touched AS (SELECT DISTINCT sample_id FROM added),
  theirs AS (
    SELECT e.* FROM touched t CROSS JOIN LATERAL (
      SELECT e.sample_id, e.labeler, e.kind, e.event_id FROM {events} e WHERE e.sample_id = t.sample_id
        AND e.kind IN ('label', 'skip', 'remove', 'settle', 'add') OFFSET 0) e),
  standing AS (
    SELECT * FROM theirs t WHERE coalesce((SELECT false FROM {events} u WHERE u.undoes = t.event_id LIMIT 1), true)
      OR {is_standing}(t.event_id)),
  outcome AS (
    SELECT t.sample_id,
      coalesce(array_agg(DISTINCT s.labeler) FILTER (WHERE s.kind = 'label'), '{{}}') AS done,
      coalesce(array_agg(DISTINCT s.labeler) FILTER (WHERE s.kind = 'skip'), '{{}}') AS passed,
      coalesce(bool_or(s.kind IN ('remove', 'settle')), false) OR (
        NOT coalesce(bool_or(s.kind = 'add'), false)
        AND EXISTS (SELECT 1 FROM theirs a WHERE a.sample_id = t.sample_id AND a.kind = 'add')) AS is_closed
    FROM touched t LEFT JOIN standing s USING (sample_id) GROUP BY t.sample_id)
  UPDATE {claims} c SET done = o.done, passed = o.passed, is_closed = o.is_closed,
    held = (c.held - o.done - o.passed) || (
      SELECT coalesce(jsonb_object_agg(name, clock_timestamp()), '{{}}') FROM unnest(c.done || c.passed) AS name
      WHERE name <> ALL (o.done || o.passed))
  FROM outcome o WHERE c.sample_id = o.sample_id;
  RETURN NULL;
END"""

# One writer after the other, so that numbers become visible in their order and a reader misses none.
ORDER_EVENTS = """
BEGIN
  PERFORM pg_advisory_xact_lock({lock});
  RETURN NULL;
END"""

REFUSE_CHANGE = """
BEGIN
  RAISE EXCEPTION 'What labelers did is only ever added to, never changed or removed.';
END"""

FUNCTIONS: Tuple[Tuple[str, str], ...] = (
    (
        "CREATE FUNCTION {is_standing}(wanted text) RETURNS boolean LANGUAGE plpgsql STABLE AS {body}",
        IS_STANDING,
    ),
    (
        (
            "CREATE FUNCTION {on_samples}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
            "SET search_path = pg_catalog, pg_temp AS {body}"
        ),
        ON_SAMPLES,
    ),
    (
        (
            "CREATE FUNCTION {on_events}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
            "SET search_path = pg_catalog, pg_temp AS {body}"
        ),
        ON_EVENTS,
    ),
    ("CREATE FUNCTION {order_events}() RETURNS trigger LANGUAGE plpgsql AS {body}", ORDER_EVENTS),
    ("CREATE FUNCTION {refuse_change}() RETURNS trigger LANGUAGE plpgsql AS {body}", REFUSE_CHANGE),
)

TRIGGERS: Tuple[str, ...] = (
    (
        "CREATE TRIGGER claimable AFTER INSERT ON {samples} REFERENCING NEW TABLE AS added "
        "FOR EACH STATEMENT EXECUTE PROCEDURE {on_samples}()"
    ),
    "CREATE TRIGGER in_order BEFORE INSERT ON {events} FOR EACH STATEMENT EXECUTE PROCEDURE {order_events}()",
    (
        "CREATE TRIGGER claimed AFTER INSERT ON {events} REFERENCING NEW TABLE AS added "
        "FOR EACH STATEMENT EXECUTE PROCEDURE {on_events}()"
    ),
    (
        "CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON {events} "
        "FOR EACH STATEMENT EXECUTE PROCEDURE {refuse_change}()"
    ),
    """
CREATE VIEW {labels} AS
  SELECT DISTINCT ON (e.sample_id, e.labeler) e.seq, e.sample_id, e.labeler, e.class_name, e.confidence, e.comment,
    e.imagery, e.imagery_date, e.seconds_spent, e.created_at, s.stratum, s.geom
  FROM {events} e JOIN {samples} s USING (sample_id) WHERE e.kind = 'label' AND {is_standing}(e.event_id)
  ORDER BY e.sample_id, e.labeler, e.created_at DESC, e.seq DESC""",
    "COMMENT ON TABLE {samples} IS {comment}",
)

COMMENT_START = "CropSample labeling session, format "
POSTGIS_SCHEMA = (
    "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'postgis'"
)
EXISTING = "SELECT to_regclass(%(samples)s), to_regclass(%(events)s), to_regclass(%(claims)s)"
COMMENT = "SELECT obj_description(to_regclass(%(samples)s), 'pg_class')"
SRID = (
    "SELECT coalesce((SELECT (regexp_match(format_type(atttypid, atttypmod), ',([0-9]+)'))[1]::integer "
    "FROM pg_attribute WHERE attrelid = to_regclass(%(samples)s) AND attname = 'geom'), 0)"
)

ADD_SAMPLES = """
INSERT INTO {samples} (sample_id, x, y, stratum, reason, priority, given_label, assigned_to, geom)
VALUES %s ON CONFLICT (sample_id) DO NOTHING RETURNING sample_id"""
SAMPLE_ROW = "(%s, %s, %s, %s, %s, %s, %s, %s::text[], {postgis}.ST_Force2D({postgis}.ST_GeomFromWKB(%s, {srid})))"
OTHER_SAMPLES = """
SELECT s.sample_id FROM {samples} s JOIN (VALUES %s) AS n(sample_id, geom) USING (sample_id)
WHERE {postgis}.ST_AsBinary(s.geom) <> {postgis}.ST_AsBinary(n.geom)"""
OTHER_ROW = "(%s, {postgis}.ST_Force2D({postgis}.ST_GeomFromWKB(%s, {srid})))"
ADD_EVENTS = """
INSERT INTO {events} (event_id, sample_id, labeler, kind, class_name, confidence, comment, imagery, imagery_date,
  seconds_spent, undoes, group_id, created_at, geom)
VALUES %s ON CONFLICT (event_id) DO NOTHING"""
EVENT_ROW = (
    "(%s, %s, %s, %s, %s, %s::integer, %s, %s, %s, %s, %s, %s, %s::timestamptz, "
    "{postgis}.ST_Force2D({postgis}.ST_GeomFromWKB(%s, {srid})))"
)
READ_SAMPLES = "SELECT sample_id, x, y, stratum, reason, priority, given_label, assigned_to FROM {samples} ORDER BY seq"
READ_GEOMETRY = "SELECT {postgis}.ST_AsBinary(geom, 'NDR') FROM {samples} WHERE sample_id = %(sample_id)s"
READ_EVENTS = """
SELECT seq, sample_id, labeler, kind, class_name, confidence, comment, imagery, imagery_date, seconds_spent,
  {postgis}.ST_AsBinary(geom, 'NDR'), undoes, group_id, event_id,
  to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
FROM {events} WHERE seq > %(after)s ORDER BY seq"""
ASSIGN = """
UPDATE {samples} s SET assigned_to = a.assigned_to
FROM (VALUES %s) AS a(sample_id, assigned_to) WHERE s.sample_id = a.sample_id RETURNING s.sample_id"""
ASSIGN_ROW = "(%s, %s::text[])"

# What a labeler holds already is handed out again, so that asking twice after an unclear failure takes one sample.
_HOLD_AGAIN = """
UPDATE {claims} SET held = held || jsonb_build_object(%(labeler)s::text, clock_timestamp()) WHERE sample_id = (
  SELECT sample_id FROM {claims} WHERE held <> '{{}}' AND held ? %(labeler)s AND NOT is_closed
    AND (held ->> %(labeler)s)::timestamptz > clock_timestamp() - %(timeout)s
  ORDER BY priority, seq LIMIT 1 FOR UPDATE)
RETURNING sample_id"""

# All that decides stands in the locked row itself, for only that is read again when another labeler was faster.
_CLAIM = """
UPDATE {claims} SET held = held || jsonb_build_object(%(labeler)s::text, clock_timestamp()) WHERE sample_id = (
  SELECT c.sample_id FROM {claims} c
  WHERE NOT c.is_closed AND cardinality(c.done) < %(overlap)s
    AND %(labeler)s <> ALL (c.done) AND %(labeler)s <> ALL (c.passed)
    AND cardinality(c.done) + (
      SELECT count(*) FROM jsonb_each_text(c.held) h
      WHERE h.key <> %(labeler)s AND h.value::timestamptz > clock_timestamp() - %(timeout)s) < %(overlap)s
    AND (SELECT s.assigned_to = '{{}}' OR %(labeler)s = ANY (s.assigned_to) FROM {samples} s
      WHERE s.sample_id = c.sample_id)
  ORDER BY c.priority, c.seq LIMIT 1 FOR UPDATE OF c """
# What was passed over because somebody was just taking it may have room for one more, so the last one waits.
CLAIMS = (_HOLD_AGAIN, _CLAIM + "SKIP LOCKED) RETURNING sample_id", _CLAIM + ") RETURNING sample_id")
# Without figures about the rows the server would sort them all to hand out one.
ANALYZE = "ANALYZE {samples}, {claims}"
RELEASE = """
UPDATE {claims} SET held = held - %(labeler)s::text WHERE held <> '{{}}' AND held ? %(labeler)s"""
LOCK = "SELECT pg_advisory_xact_lock({lock})"
