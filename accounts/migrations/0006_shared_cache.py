from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    """The table of the cache that all processes share; nothing where the settings name none."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_steps_in_history")]

    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
