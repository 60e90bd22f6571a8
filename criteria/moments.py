"""When an assessment or one of its scores last changed: kept by the database itself.

Whatever writes scores moves `changed_at` of their assessment, so that nothing can forget to.
Programs that pull what is new hang on it. PostgreSQL moves it once a statement and assessment;
SQLite has only triggers of rows, which pass over what has just been moved.
"""

ASSESSMENTS, SCORES = "criteria_assessment", "criteria_score"
MOVES = "assessment_moves_when_it_changes"
MOVED = "assessment_moves_with_its_scores"
EVENTS = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}
# As Django writes a moment there, whose texts are compared.
NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'"

ON_POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION {MOVES}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER {MOVES} BEFORE UPDATE ON {ASSESSMENTS}
FOR EACH ROW EXECUTE FUNCTION {MOVES}();
CREATE OR REPLACE FUNCTION {MOVED}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE {ASSESSMENTS} SET changed_at = clock_timestamp()
    WHERE id IN (SELECT DISTINCT assessment_id FROM touched);
    RETURN NULL;
END $$;
"""
OF_EVENT_ON_POSTGRESQL = """
CREATE OR REPLACE TRIGGER {name}_{event} AFTER {event} ON {scores}
REFERENCING {row} TABLE AS touched
FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""

ON_SQLITE = f"""
CREATE TRIGGER IF NOT EXISTS {MOVES} AFTER UPDATE ON {ASSESSMENTS}
WHEN NEW.changed_at IS NOT {NOW}
BEGIN
    UPDATE {ASSESSMENTS} SET changed_at = {NOW} WHERE id = NEW.id;
END
"""
OF_EVENT_ON_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {name}_{event} AFTER {event} ON {scores}
BEGIN
    UPDATE {assessments} SET changed_at = {now}
    WHERE id = {row}.assessment_id AND changed_at IS NOT {now};
END
"""


def _of_each_event(statement: str) -> list[str]:
    names = {"name": MOVED, "scores": SCORES, "assessments": ASSESSMENTS, "now": NOW}
    return [statement.format(event=event, row=row, **names) for event, row in EVENTS.items()]


def install_on_postgresql(cursor):
    cursor.execute(ON_POSTGRESQL)
    for statement in _of_each_event(OF_EVENT_ON_POSTGRESQL):
        cursor.execute(statement)


def install_on_sqlite(cursor):
    for statement in [ON_SQLITE, *_of_each_event(OF_EVENT_ON_SQLITE)]:
        cursor.execute(statement)


def remove_from_sqlite(cursor):
    for name in [MOVES, *(f"{MOVED}_{event}" for event in EVENTS)]:
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
