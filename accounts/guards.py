"""The rule that a role's district or commune lies in its province, held by the database itself.

A foreign key of two columns would say it, but Django has none; so both databases have triggers.
SQLite rebuilds tables to change them, and refuses to rename the new one into place while a
trigger elsewhere names the old; so triggers go before a migration and come back after it.
"""

from django.db import connections

TABLE = "accounts_membership"
FAULT = f"{TABLE}_area_in_province: the area lies in another province"

OUTSIDE = """
    (NEW.district_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM communes_district
        WHERE id = NEW.district_id AND province_id = NEW.province_id))
    OR (NEW.commune_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM communes_commune
        WHERE id = NEW.commune_id AND province_id = NEW.province_id))
"""

SQLITE_NAMES = {
    event: f"{TABLE}_area_in_province_{event.lower()}" for event in ("INSERT", "UPDATE")
}

SQLITE_TRIGGER = f"""
CREATE TRIGGER IF NOT EXISTS {{name}}
BEFORE {{event}} ON {TABLE} WHEN {OUTSIDE}
BEGIN
    SELECT RAISE(ABORT, '{FAULT}');
END
"""

POSTGRESQL_TRIGGER = f"""
CREATE OR REPLACE FUNCTION {TABLE}_area_in_province() RETURNS trigger AS $$
BEGIN
    IF {OUTSIDE} THEN
        RAISE EXCEPTION '{FAULT}' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER {TABLE}_area_in_province BEFORE INSERT OR UPDATE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION {TABLE}_area_in_province()
"""


def install_guards(using="default", **kwargs):
    """Put the guards in place if they are not there; called after `migrate`."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_TRIGGER)
        elif connection.vendor == "sqlite":
            for event, name in SQLITE_NAMES.items():
                cursor.execute(SQLITE_TRIGGER.format(event=event, name=name))


def remove_guards(using="default", **kwargs):
    """Take SQLite's away; called before `migrate`. PostgreSQL's are in nobody's way."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in SQLITE_NAMES.values():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
