"""The rule that nobody decides on scores they entered, held by the database itself.

It spans two tables, which a check constraint cannot. The triggers are put in place after every
migration of this app, because SQLite drops a table's triggers when it rebuilds the table.
"""

from django.db import connections

TABLE = "criteria_assessment"
DECIDERS = ["checked_by_id", "decided_by_id"]
NAME = "assessment_not_decided_by_who_entered"

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


def install_guards(using="default", **kwargs):
    """Put the guards in place if they are not there; called after `migrate`."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    names = {"name": NAME, "table": TABLE, "columns": ", ".join(DECIDERS)}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION.format(**names))
            cursor.execute(POSTGRESQL_TRIGGER.format(**names))
        elif connection.vendor == "sqlite":
            for column in DECIDERS:
                cursor.execute(SQLITE_TRIGGER.format(column=column, **names))
