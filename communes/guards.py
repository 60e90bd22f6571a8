"""The rule that no two units in force share a code, held by the database itself.

PostgreSQL has exclusion constraints for it, SQLite needs triggers. Both are put in place after
every migration of this app, because SQLite drops a table's triggers when it rebuilds the table.
"""

from django.db import connections

TABLES = ["communes_province", "communes_district", "communes_commune"]

SQLITE_TRIGGER = """
CREATE TRIGGER IF NOT EXISTS {table}_no_overlap_{event}
BEFORE {event} ON {table}
WHEN EXISTS (
    SELECT 1 FROM {table} AS other
    WHERE other.code = NEW.code
      AND other.id IS NOT NEW.id
      AND other.valid_from <= COALESCE(NEW.valid_to, '9999-12-31')
      AND NEW.valid_from <= COALESCE(other.valid_to, '9999-12-31')
)
BEGIN
    SELECT RAISE(ABORT, '{table}_no_overlap: two units in force share a code');
END
"""

POSTGRESQL_CONSTRAINT = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{table}_no_overlap') THEN
        ALTER TABLE {table} ADD CONSTRAINT {table}_no_overlap
        EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
        DEFERRABLE INITIALLY IMMEDIATE;
    END IF;
END $$
"""


def install_guards(using="default", **kwargs):
    """Put the guards in place if they are not there; called after `migrate`."""
    connection = connections[using]
    existing = connection.introspection.table_names()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        for table in TABLES:
            if table not in existing:
                continue
            if connection.vendor == "postgresql":
                cursor.execute(POSTGRESQL_CONSTRAINT.format(table=table))
            elif connection.vendor == "sqlite":
                for event in ("INSERT", "UPDATE"):
                    cursor.execute(SQLITE_TRIGGER.format(table=table, event=event))
