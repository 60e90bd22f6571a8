"""Rules that check constraints cannot hold, held by the database itself.

Nobody decides on scores they entered, which spans two tables; what the history says stays as it
was written; and an assessment knows when it or one of its scores last changed
(`criteria.moments`). The triggers are put in place after every migration of this app, because
SQLite drops a table's triggers when it rebuilds the table.
"""

from django.db import connections

from criteria import moments

TABLE = "criteria_assessment"
DECIDERS = ["checked_by_id", "decided_by_id"]
NAME = "assessment_not_decided_by_who_entered"
# What may not be done to the rows of a history. Steps go with an assessment that is deleted; a
# score's history outlives it.
UNCHANGED = {
    "criteria_historicalscore": ["UPDATE", "DELETE"],
    "criteria_historicalverification": ["UPDATE", "DELETE"],
    "criteria_historicalrecognition": ["UPDATE", "DELETE"],
    "criteria_assessmentstep": ["UPDATE"],
}
UNCHANGED_NAME = "history_stays_as_written"

SQLITE_TRIGGER = """
CREATE TRIGGER IF NOT EXISTS {name}_{column}
BEFORE UPDATE OF {column} ON {table}
WHEN NEW.{column} IS NOT NULL AND EXISTS (
    SELECT 1 FROM criteria_score
    WHERE assessment_id = NEW.id AND entered_by_id = NEW.{column}
)
BEGIN
    SELECT RAISE(ABORT, '{name}: decided by somebody who entered scores of it');
END
"""

SQLITE_UNCHANGED = """
CREATE TRIGGER IF NOT EXISTS {trigger} BEFORE {event} ON {table}
BEGIN
    SELECT RAISE(ABORT, '{name}: a row of {table} is never changed');
END
"""

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM criteria_score
        WHERE assessment_id = NEW.id
          AND entered_by_id IN (NEW.checked_by_id, NEW.decided_by_id)
    ) THEN
        RAISE EXCEPTION '{name}: decided by somebody who entered scores of it'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""

POSTGRESQL_TRIGGER = """
CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE OF {columns} ON {table}
FOR EACH ROW EXECUTE FUNCTION {name}()
"""

POSTGRESQL_REFUSAL = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{name}: a row of % is never changed', TG_TABLE_NAME
        USING ERRCODE = 'check_violation';
END $$
"""

POSTGRESQL_UNCHANGED = """
CREATE OR REPLACE TRIGGER {trigger} BEFORE {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION {name}()
"""


def unchanged_triggers() -> dict[str, dict[str, str]]:
    """The triggers that keep histories: their names, and the words of each."""
    return {
        f"{table}_no_{event.lower()}": {"table": table, "event": event}
        for table, events in UNCHANGED.items()
        for event in events
    }


def install_guards(using="default", **kwargs):
    """Put the guards in place if they are not there; called after `migrate`."""
    connection = connections[using]
    if not {TABLE, moments.SCORES, *UNCHANGED} <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _install_on_postgresql(cursor)
            moments.install_on_postgresql(cursor)
        elif connection.vendor == "sqlite":
            _install_on_sqlite(cursor)
            moments.install_on_sqlite(cursor)


def remove_guards(using="default", **kwargs):
    """Take away SQLite's triggers that name another table; called before `migrate`.

    SQLite refuses to rename a rebuilt table into place while they are there.
    """
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            moments.remove_from_sqlite(cursor)


def _install_on_postgresql(cursor):
    names = {"name": NAME, "table": TABLE, "columns": ", ".join(DECIDERS)}
    cursor.execute(POSTGRESQL_FUNCTION.format(**names))
    cursor.execute(POSTGRESQL_TRIGGER.format(**names))
    cursor.execute(POSTGRESQL_REFUSAL.format(name=UNCHANGED_NAME))
    for trigger, words in unchanged_triggers().items():
        cursor.execute(POSTGRESQL_UNCHANGED.format(trigger=trigger, name=UNCHANGED_NAME, **words))


def _install_on_sqlite(cursor):
    for column in DECIDERS:
        cursor.execute(SQLITE_TRIGGER.format(name=NAME, table=TABLE, column=column))
    for trigger, words in unchanged_triggers().items():
        cursor.execute(SQLITE_UNCHANGED.format(trigger=trigger, name=UNCHANGED_NAME, **words))
